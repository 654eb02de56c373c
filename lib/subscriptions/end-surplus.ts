import { stripeWrite } from "@/lib/stripe/client";
import { isStripeRefused } from "@/lib/stripe/refusals";
import { paidFor, payBack } from "./pay-back";
import { voidUnpaid } from "./void-unpaid";

/** Ends a subscription that was begun here and given up, or is one too many. What was paid for it is paid back. */
export async function endSurplus(stripeId: string): Promise<void> {
  await end(stripeId);
  await voidUnpaid(stripeId);
  await payBack(stripeId);
}

/** One too many that somebody made at Stripe itself ends where nothing was paid for it. Says whether it ended; else staff decide. */
export async function endUnlessPaid(stripeId: string): Promise<boolean> {
  if ((await paidFor(stripeId)).length > 0) return false;
  await endSurplus(stripeId);
  return true;
}

async function end(stripeId: string): Promise<void> {
  try {
    await stripeWrite(`surplus:${stripeId}:ended`, (stripe, options) =>
      stripe.subscriptions.cancel(stripeId, {}, options),
    );
  } catch (error) {
    // It has ended already.
    if (!isStripeRefused(error)) throw error;
  }
}
