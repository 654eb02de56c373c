import { and, eq, inArray, sql } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import type { Ctx, MemberActor, TxCtx } from "@/lib/ctx";
import { inTx } from "@/lib/ctx";
import { subscriptions } from "@/lib/db/schema";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import type { BillingInterval, Plan } from "@/lib/plans/catalogue";
import { planTitle, priceOf } from "@/lib/plans/rules";
import { stripeMode } from "@/lib/stripe/target";
import { abandon } from "./abandon";
import { requireNoDebt } from "./debt";
import { digest, LOOK_AFTER_MS, liveOf, planOf, type SubscriptionRow } from "./internal";
import { currentVersion } from "./versions";

export type Wanted = { plan: Plan; interval: BillingInterval; promotionCode: string | null; requestKey: string | null };

const MOST_TRIES = 3;

/**
 * The row of a subscription that somebody begins. One that was begun for the same and never paid goes on; one that was
 * begun for something else gives way; and where there is one already there is no second.
 */
export async function claimRow(ctx: Ctx<MemberActor>, wanted: Wanted): Promise<SubscriptionRow> {
  await requireNoDebt(ctx, wanted.plan.family);
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const row = await inTx(ctx, (ctx) => claim(ctx, wanted));
    if (isFor(row, wanted)) return row;
    await abandon(ctx, row);
  }
  throw new AppError("conflict", "Somebody else sets up a subscription at this moment. Try again.");
}

async function claim(ctx: TxCtx<MemberActor>, wanted: Wanted): Promise<SubscriptionRow> {
  const { plan, interval, promotionCode, requestKey } = wanted;
  const again = requestKey === null ? undefined : await begunBefore(ctx, wanted, requestKey);
  if (again) return again;
  const { accountId } = ctx.actor;
  const [made] = await ctx.db
    .insert(subscriptions)
    .values({
      ...{ id: newId("subscription"), accountId, family: plan.family, planId: plan.id, interval, promotionCode },
      ...{ planVersion: await currentVersion(ctx, plan), trialDays: await trialFor(ctx, plan), requestKey },
      ...{ state: "new" as const, stripe: stripeMode(), createdAt: ctx.now },
      lookAt: sql`clock_timestamp() + make_interval(secs => ${LOOK_AFTER_MS / 1_000})`,
    })
    .onConflictDoNothing()
    .returning();
  if (!made) return theOneThere(ctx, wanted);
  await recordAudit(ctx, {
    action: "subscription.begun",
    target: made.id,
    detail: { plan: planTitle(plan), interval },
  });
  return made;
}

async function begunBefore(
  { db, actor }: TxCtx<MemberActor>,
  wanted: Wanted,
  requestKey: string,
): Promise<SubscriptionRow | undefined> {
  const [row] = await db
    .select()
    .from(subscriptions)
    .where(and(eq(subscriptions.accountId, actor.accountId), eq(subscriptions.requestKey, requestKey)));
  if (row && !isFor(row, wanted))
    throw new AppError("idempotency_mismatch", "This Idempotency-Key was already used with another request.");
  if (row?.state === "refused")
    throw new AppError("conflict", "What was begun with this Idempotency-Key was given up. Begin again with another.", {
      details: { subscriptionId: row.id },
    });
  return row;
}

const isFor = (row: SubscriptionRow, { plan, interval, promotionCode }: Wanted): boolean =>
  row.planId === plan.id && row.interval === interval && row.promotionCode === promotionCode;

async function theOneThere(ctx: TxCtx<MemberActor>, { plan, interval }: Wanted): Promise<SubscriptionRow> {
  const [row] = await liveOf(ctx, ctx.actor.accountId, plan.family);
  if (!row) throw new AppError("conflict", "Another subscription was begun at this moment. Try again.");
  if (row.state === "new" || row.state === "incomplete") return row;
  const details = { subscriptionId: row.id, planId: row.planId, status: row.state };
  const title = planTitle(planOf(row.planId));
  if (row.planId === plan.id && row.interval === interval)
    throw new AppError("same_plan", `This account has ${title} already.`, { details });
  throw new AppError("already_subscribed", `This account has ${title}. Change that plan instead.`, { details });
}

/** A trial is for whoever never had a plan of this family, and where there is something to pay afterwards. */
async function trialFor({ db, actor }: TxCtx<MemberActor>, plan: Plan): Promise<number> {
  const { TRIAL_DAYS } = env();
  if (TRIAL_DAYS === 0 || priceOf(plan, "month") === 0) return 0;
  const [had] = await db
    .select({ id: subscriptions.id })
    .from(subscriptions)
    .where(
      and(
        eq(subscriptions.accountId, actor.accountId),
        eq(subscriptions.family, plan.family),
        inArray(subscriptions.state, ["trialing", "active", "past_due", "unpaid", "paused", "canceled"]),
      ),
    )
    .limit(1);
  return had ? 0 : TRIAL_DAYS;
}

export const keyOf = (idempotencyKey: string | undefined): string | null =>
  idempotencyKey === undefined ? null : digest(idempotencyKey);
