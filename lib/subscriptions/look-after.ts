import { eq, sql } from "drizzle-orm";
import type { Ctx, SystemActor } from "@/lib/ctx";
import { subscriptions } from "@/lib/db/schema";
import { log } from "@/lib/log";
import { stripeRead } from "@/lib/stripe/client";
import { isStripeUnknown } from "@/lib/stripe/refusals";
import { stripeMode } from "@/lib/stripe/target";
import { abandon, findAtStripe } from "./abandon";
import { askForSubscription } from "./ask";
import { endForClosed, isOfClosedAccount } from "./end-with-account";
import { finishEnd } from "./finish-end";
import { change, type SubscriptionRow } from "./internal";
import { lookAtSubscription } from "./look-at";
import { isOver } from "./rules";

const BATCH = 50;

/** Asks Stripe about every subscription of which nobody has told us what came of the last request. Nothing is guessed. */
export async function lookAfterSubscriptions(ctx: Ctx<SystemActor>): Promise<number> {
  const due = await takeDue(ctx);
  for (const row of due) {
    try {
      await lookAfter(ctx, row);
    } catch (error) {
      log().warn({ err: error, subscription: row.id }, "a subscription could not be looked up");
    }
  }
  return due.length;
}

/** The next look is set before this one, so that whoever dies on it is followed by another. */
async function takeDue({ db }: Ctx): Promise<SubscriptionRow[]> {
  const due = sql`(select id from ${subscriptions} where look_at <= clock_timestamp() and stripe = ${stripeMode()}
    order by look_at limit ${BATCH} for update skip locked)`;
  return db
    .update(subscriptions)
    .set({ lookAt: sql`clock_timestamp() + interval '1 minute'` })
    .where(sql`${subscriptions.id} in ${due}`)
    .returning();
}

async function lookAfter(ctx: Ctx<SystemActor>, row: SubscriptionRow): Promise<void> {
  if (row.state === "canceled") return finishEnd(ctx, row.id);
  if (isOver(row.state)) return change(ctx, row.id, { lookAt: null });
  if (await isOfClosedAccount(ctx, row)) return endForClosed(ctx, row);
  if (row.checkoutId !== null && row.stripeId === null) return lookAtCheckout(ctx, row.checkoutId);
  const stripeId = row.stripeId ?? (await madeFor(ctx, row));
  if (stripeId !== undefined) await lookAtSubscription(ctx, stripeId);
}

/** Whoever asked may have died before the answer. Within a day the same cause brings the same subscription. */
async function madeFor(ctx: Ctx, row: SubscriptionRow): Promise<string | undefined> {
  const [fresh] = await ctx.db
    .select({ isFresh: sql<boolean>`${subscriptions.askedAt} > clock_timestamp() - interval '23 hours'` })
    .from(subscriptions)
    .where(eq(subscriptions.id, row.id));
  if (!fresh?.isFresh) {
    await abandon(ctx, row);
    return undefined;
  }
  try {
    return (await askForSubscription(ctx, row)).id;
  } catch (error) {
    const found = isStripeUnknown(error) ? await findAtStripe(row) : undefined;
    if (found === undefined) throw error;
    return found;
  }
}

/** A page that was left unpaid until it closed leaves no subscription behind. */
export async function lookAtCheckout(ctx: Ctx, checkoutId: string): Promise<void> {
  const session = await stripeRead((stripe) => stripe.checkout.sessions.retrieve(checkoutId));
  const { subscription, status } = session;
  const stripeId = typeof subscription === "string" ? subscription : subscription?.id;
  if (stripeId) await lookAtSubscription(ctx, stripeId);
  const [row] = await ctx.db.select().from(subscriptions).where(eq(subscriptions.checkoutId, checkoutId));
  if (row?.state === "new" && status === "expired") await abandon(ctx, row);
}
