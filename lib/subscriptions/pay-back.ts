import { type Stripe, stripeRead, stripeWrite } from "@/lib/stripe/client";
import { isStripeRefused } from "@/lib/stripe/refusals";

/** Has Stripe pay back all that was paid for a subscription which gives nothing. Doing it again changes nothing. */
export async function payBack(subscription: string): Promise<void> {
  for (const intent of (await paidFor(subscription)).flatMap(intentsOf)) {
    await stripeWrite(`intent:${intent}:paid-back`, (stripe, options) =>
      stripe.refunds.create({ payment_intent: intent, reason: "duplicate" }, options),
    ).catch((error: unknown) => {
      if (!isStripeRefused(error, "charge_already_refunded")) throw error;
    });
  }
}

/** The invoices of a subscription on which money came in. */
export async function paidFor(subscription: string): Promise<Stripe.Invoice[]> {
  const { data } = await stripeRead((stripe) =>
    stripe.invoices.list({ subscription, status: "paid", limit: 100, expand: ["data.payments"] }),
  );
  return data.filter(({ amount_paid }) => amount_paid > 0);
}

const intentsOf = ({ payments }: Stripe.Invoice): string[] =>
  (payments?.data ?? []).flatMap(({ status, payment: { payment_intent: intent } }) =>
    status !== "paid" || !intent ? [] : [typeof intent === "string" ? intent : intent.id],
  );
