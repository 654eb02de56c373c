import { and, eq, isNotNull, sql } from "drizzle-orm";
import type { Ctx, TxCtx } from "@/lib/ctx";
import { accounts, subscriptions } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import { stripeWrite } from "@/lib/stripe/client";
import { isStripeRefused } from "@/lib/stripe/refusals";
import { abandon } from "./abandon";
import { finishEnd } from "./finish-end";
import { isLive, type SubscriptionRow } from "./internal";
import { lookAtSubscription } from "./look-at";
import { billsPastUse } from "./rules";

/** An account that closes pays for nothing more: each of its plans is ended at Stripe as soon as this transaction is through. */
export async function endPlansWith({ db }: TxCtx, accountId: Id<"account">): Promise<void> {
  await db
    .update(subscriptions)
    .set({ lookAt: sql`clock_timestamp()` })
    .where(and(eq(subscriptions.accountId, accountId), isLive));
}

export async function isOfClosedAccount({ db }: Ctx, { accountId }: SubscriptionRow): Promise<boolean> {
  const [closed] = await db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.id, accountId), isNotNull(accounts.closedAt)));
  return closed !== undefined;
}

/** Doing it again changes nothing. */
export async function endForClosed(ctx: Ctx, row: SubscriptionRow): Promise<void> {
  const { id, stripeId, state } = row;
  if (stripeId === null || state === "incomplete") return abandon(ctx, row);
  try {
    await stripeWrite(`subscription:${id}:closed`, (stripe, options) =>
      stripe.subscriptions.cancel(stripeId, { ...(billsPastUse(row) && { invoice_now: true }) }, options),
    );
  } catch (error) {
    // It ended by itself.
    if (!isStripeRefused(error)) throw error;
  }
  await lookAtSubscription(ctx, stripeId);
  await finishEnd(ctx, id);
}
