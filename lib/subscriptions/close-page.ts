import { stripeRead, stripeWrite } from "@/lib/stripe/client";
import { isStripeRefused } from "@/lib/stripe/refusals";
import type { SubscriptionRow } from "./internal";

/** Closes the page on which a subscription could still be paid. Answers what it became, where somebody was faster. */
export async function closePage({
  id,
  checkoutId,
}: Pick<SubscriptionRow, "id" | "checkoutId">): Promise<string | undefined> {
  if (checkoutId === null) return undefined;
  try {
    await stripeWrite(`subscription:${id}:checkout:${checkoutId}:closed`, (stripe, options) =>
      stripe.checkout.sessions.expire(checkoutId, {}, options),
    );
  } catch (error) {
    if (!isStripeRefused(error)) throw error;
  }
  const { subscription } = await stripeRead((stripe) => stripe.checkout.sessions.retrieve(checkoutId));
  return typeof subscription === "string" ? subscription : (subscription?.id ?? undefined);
}
