import { eq } from "drizzle-orm";
import { type Ctx, inTx, type TxCtx } from "@/lib/ctx";
import { subscriptions } from "@/lib/db/schema";
import { stripeRead, stripeWrite } from "@/lib/stripe/client";
import { isStripeRefused } from "@/lib/stripe/refusals";
import { closePage } from "./close-page";
import { finishEnd } from "./finish-end";
import { change, lockSubscription, type SubscriptionRow } from "./internal";
import { lookAtSubscription } from "./look-at";
import { voidUnpaid } from "./void-unpaid";

/** Gives up a subscription that was begun and never paid, there and here. What was paid at the last moment stays. */
export async function abandon(ctx: Ctx, row: SubscriptionRow): Promise<void> {
  const stripeId = row.stripeId ?? (await findAtStripe(row)) ?? (await closePage(row));
  if (stripeId === undefined) {
    const meanwhile = await inTx(ctx, (ctx) => giveUp(ctx, row));
    return meanwhile && abandon(ctx, meanwhile);
  }
  if (await isUnpaid(stripeId)) await endUnpaid(row, stripeId);
  await lookAtSubscription(ctx, stripeId);
  await finishEnd(ctx, row.id);
}

/** What Stripe makes of it from now on is ended there. Answers what it became, where somebody went on with it meanwhile. */
async function giveUp(ctx: TxCtx, { id, checkoutId }: SubscriptionRow): Promise<SubscriptionRow | undefined> {
  const still = await lockSubscription(ctx, eq(subscriptions.id, id));
  if (still?.state !== "new") return undefined;
  if (still.stripeId !== null || still.checkoutId !== checkoutId) return still;
  await change(ctx, id, { state: "refused", lookAt: null });
  return undefined;
}

const isUnpaid = async (stripeId: string): Promise<boolean> =>
  (await stripeRead((stripe) => stripe.subscriptions.retrieve(stripeId))).status === "incomplete";

/** Its invoice is void before it ends, so nobody pays for what is given up. What was paid before that goes on. */
async function endUnpaid(row: SubscriptionRow, stripeId: string): Promise<void> {
  await voidUnpaid(stripeId);
  if (!(await isUnpaid(stripeId))) return;
  try {
    await stripeWrite(`subscription:${row.id}:abandoned`, (stripe, options) =>
      stripe.subscriptions.cancel(stripeId, {}, options),
    );
  } catch (error) {
    // It has ended meanwhile.
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
