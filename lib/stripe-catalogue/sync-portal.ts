import { type Stripe, stripeRead } from "@/lib/stripe/client";
import { ALL, type Run } from "./internal";
import { differing } from "./rules";

/** By this we know our own configuration among those that somebody made by hand. */
const OURS = { parley: "portal" };

/** Cards, invoices and leaving. Plans are changed on our own pages, which know what a change costs. */
const FEATURES = {
  customer_update: { enabled: true, allowed_updates: ["address", "email", "name", "phone", "tax_id"] },
  invoice_history: { enabled: true },
  payment_method_update: { enabled: true },
  subscription_cancel: {
    enabled: true,
    mode: "at_period_end",
    proration_behavior: "none",
    cancellation_reason: {
      enabled: true,
      options: ["too_expensive", "missing_features", "switched_service", "unused", "customer_service", "other"],
    },
  },
  subscription_update: { enabled: false },
} satisfies Stripe.BillingPortal.ConfigurationCreateParams.Features;

export async function syncPortal(run: Run, returnUrl: string): Promise<void> {
  const wanted = {
    name: "Parley",
    business_profile: { headline: "Your plans, cards and invoices with Parley" },
    default_return_url: returnUrl,
    features: FEATURES,
  };
  const found = await findPortal();
  if (!found) {
    run.note("portal configuration", "missing");
    await run.write((stripe, options) =>
      stripe.billingPortal.configurations.create({ ...wanted, metadata: OURS }, options),
    );
    return;
  }
  const fields = differing({ ...wanted, active: true }, found);
  if (fields.length === 0) return;
  run.note("portal configuration", `another ${fields.join(", ")}`);
  await run.write((stripe, options) =>
    stripe.billingPortal.configurations.update(found.id, { ...wanted, active: true }, options),
  );
}

export async function findPortal(): Promise<Stripe.BillingPortal.Configuration | undefined> {
  const all = await stripeRead((stripe) =>
    stripe.billingPortal.configurations.list({ limit: 100 }).autoPagingToArray(ALL),
  );
  return all.find(({ metadata }) => metadata?.parley === OURS.parley);
}
