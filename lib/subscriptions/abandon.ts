import { and, eq, isNull } from "drizzle-orm";
import type { Ctx } from "@/lib/ctx";
import { inTx } from "@/lib/ctx";
import { subscriptions } from "@/lib/db/schema";
import { stripeRead, stripeWrite } from "@/lib/stripe/client";
import { isStripeRefused } from "@/lib/stripe/refusals";
import { change, lockSubscription, type SubscriptionRow } from "./internal";
import { lookAtSubscription } from "./look-at";

/** Gives up a subscription that was begun and never paid, there and here. What was paid at the last moment stays. */
export async function abandon(ctx: Ctx, row: SubscriptionRow): Promise<void> {
  const stripeId = row.stripeId ?? (await findAtStripe(row)) ?? (await closeCheckout(row));
  if (stripeId === undefined) {
    await inTx(ctx, async (ctx) => {
      const still = await lockSubscription(ctx, and(eq(subscriptions.id, row.id), isNull(subscriptions.stripeId)));
      if (still?.state === "new") await change(ctx, row.id, { state: "refused", lookAt: null });
    });
    return;
  }
  const { status } = await stripeRead((stripe) => stripe.subscriptions.retrieve(stripeId));
  if (status === "incomplete") await endUnpaid(row, stripeId);
  await lookAtSubscription(ctx, stripeId);
}

async function endUnpaid(row: SubscriptionRow, stripeId: string): Promise<void> {
  try {
    await stripeWrite(`subscription:${row.id}:abandoned`, (stripe, options) =>
      stripe.subscriptions.cancel(stripeId, {}, options),
    );
  } catch (error) {
    // It was paid or has ended meanwhile; whoever looks at it next sees which.
    if (!isStripeRefused(error)) throw error;
  }
}

/** Nobody told us of it; Stripe may have made it all the same. */
export async function findAtStripe({ id }: SubscriptionRow): Promise<string | undefined> {
  const { data } = await stripeRead((stripe) =>
    stripe.subscriptions.search({ query: `metadata['subscription']:'${id}'` }),
  );
  return data[0]?.id;
}

/** Closes the page on which it could still be paid. Answers what it became, where somebody was faster. */
async function closeCheckout({ id, checkoutId }: SubscriptionRow): Promise<string | undefined> {
  if (checkoutId === null) return undefined;
  try {
    await stripeWrite(`subscription:${id}:checkout:closed`, (stripe, options) =>
      stripe.checkout.sessions.expire(checkoutId, {}, options),
    );
  } catch (error) {
    if (!isStripeRefused(error)) throw error;
  }
  const { subscription } = await stripeRead((stripe) => stripe.checkout.sessions.retrieve(checkoutId));
  return typeof subscription === "string" ? subscription : (subscription?.id ?? undefined);
}
