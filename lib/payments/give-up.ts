import type { Id } from "@/lib/ids";
import { stripeWrite } from "@/lib/stripe/client";
import { isStripeRefused } from "@/lib/stripe/refusals";

/** Has Stripe take nothing more for a payment. Where it was paid or canceled this very moment, asking says which. */
export async function giveUp({ id }: { id: Id<"payment"> }, intentId: string): Promise<void> {
  try {
    await stripeWrite(`payment:${id}:given_up`, (stripe, options) =>
      stripe.paymentIntents.cancel(intentId, { cancellation_reason: "abandoned" }, options),
    );
  } catch (error) {
    if (!isStripeRefused(error, "payment_intent_unexpected_state")) throw error;
  }
}
