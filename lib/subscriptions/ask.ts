import type { Ctx } from "@/lib/ctx";
import { env } from "@/lib/env";
import { AppError, invalid } from "@/lib/errors";
import { priceOf } from "@/lib/plans/rules";
import { type Stripe, stripeRead, stripeWrite } from "@/lib/stripe/client";
import { isStripeRefused } from "@/lib/stripe/refusals";
import { ensureCustomer, forgetCustomer } from "@/lib/stripe-customers/ensure";
import { change, planOf, type SubscriptionRow } from "./internal";
import { promotion, stripePrice } from "./prices";
import type { ToConfirm } from "./schema";

const TO_PAY = ["latest_invoice.confirmation_secret", "pending_setup_intent"];

/** The subscription that Stripe has for a row of ours, or makes now. There is never a second. */
export async function askForSubscription(ctx: Ctx, row: SubscriptionRow): Promise<Stripe.Subscription> {
  const { stripeId } = row;
  if (stripeId !== null) return stripeRead((stripe) => stripe.subscriptions.retrieve(stripeId, { expand: TO_PAY }));
  const customer = await ensureCustomer(ctx, row.accountId);
  try {
    return await create(row, customer, "begun");
  } catch (error) {
    if (isStripeRefused(error, "resource_missing") && error.param === "customer") {
      await forgetCustomer(ctx, row.accountId, customer);
      return create(row, await ensureCustomer(ctx, row.accountId), "begun:again");
    }
    if (!isStripeRefused(error)) throw error;
    await change(ctx, row.id, { state: "refused", lookAt: null });
    throw row.promotionCode === null
      ? new AppError("conflict", "This subscription could not be set up.", { cause: error })
      : invalid({ promotionCode: "This code cannot be used for this plan." });
  }
}

async function create(row: SubscriptionRow, customer: string, what: string): Promise<Stripe.Subscription> {
  const plan = planOf(row.planId);
  const [price, discounts] = await Promise.all([stripePrice(plan, row.interval), promotion(row.promotionCode)]);
  return stripeWrite(`subscription:${row.id}:${what}`, (stripe, options) =>
    stripe.subscriptions.create(
      {
        customer,
        items: [{ price }],
        payment_behavior: "default_incomplete",
        payment_settings: { save_default_payment_method: "on_subscription" },
        ...discounts,
        ...trialOf(row),
        metadata: metadataOf(row),
        expand: TO_PAY,
      },
      options,
    ),
  );
}

export const metadataOf = ({ id, accountId, family }: SubscriptionRow) => ({
  ...{ subscription: id, account: accountId, family },
});

/** Who has given no card when a trial ends is not charged and not thrown out: it pauses. */
export const trialOf = ({ trialDays }: SubscriptionRow) =>
  trialDays === 0
    ? {}
    : {
        trial_period_days: trialDays,
        trial_settings: { end_behavior: { missing_payment_method: "pause" as const } },
      };

/** What the browser confirms: the first payment, or a card for later ones. What costs nothing needs neither. */
export function toConfirm(
  { latest_invoice, pending_setup_intent }: Stripe.Subscription,
  row: SubscriptionRow,
): ToConfirm {
  const publishableKey = env().STRIPE_PUBLISHABLE_KEY ?? null;
  const invoice = typeof latest_invoice === "string" ? null : latest_invoice;
  const payment = invoice?.status === "open" ? invoice.confirmation_secret?.client_secret : undefined;
  if (payment) return { kind: "payment", clientSecret: payment, publishableKey };
  const setup = typeof pending_setup_intent === "string" ? null : pending_setup_intent;
  const isFree = priceOf(planOf(row.planId), row.interval) === 0 && row.family !== "gateway";
  if (!setup?.client_secret || isFree) return null;
  return { kind: "setup", clientSecret: setup.client_secret, publishableKey };
}
