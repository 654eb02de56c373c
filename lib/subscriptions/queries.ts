import { desc, eq } from "drizzle-orm";
import { type Ctx, type MemberActor, requireScope } from "@/lib/ctx";
import { subscriptions } from "@/lib/db/schema";
import { isAppError } from "@/lib/errors";
import { micros, toWire } from "@/lib/money";
import type { BillingInterval, PlanId } from "@/lib/plans/catalogue";
import { planTitle, priceOf } from "@/lib/plans/rules";
import { planOf, readOwn, type SubscriptionRow } from "./internal";
import { actionsOn, graceOf, standingOf } from "./rules";
import type { OneSubscription, Subscription, Subscriptions, WhichSubscription } from "./schema";

const MOST = 100;

/** Every subscription that the caller's account has or had, the latest first. */
export async function listSubscriptions(ctx: Ctx<MemberActor>): Promise<Subscriptions> {
  requireScope(ctx, "billing:read");
  const rows = await ctx.db
    .select()
    .from(subscriptions)
    .where(eq(subscriptions.accountId, ctx.actor.accountId))
    .orderBy(desc(subscriptions.id))
    .limit(MOST);
  return { subscriptions: rows.map((row) => asSubscription(row, ctx.now)) };
}

/** The subscription to one family: the live one, or the last there was; none where there never was one. */
export async function findSubscription(ctx: Ctx<MemberActor>, which: WhichSubscription): Promise<OneSubscription> {
  requireScope(ctx, "billing:read");
  try {
    return { subscription: asSubscription(await readOwn(ctx, which), ctx.now) };
  } catch (error) {
    if (which.subscriptionId === undefined && isAppError(error) && error.code === "not_found")
      return { subscription: null };
    throw error;
  }
}

export function asSubscription(row: SubscriptionRow, now: Date): Subscription {
  const plan = planOf(row.planId);
  const { nextPlanId, nextInterval, periodEnd } = row;
  return {
    id: row.id,
    family: row.family,
    plan: { id: plan.id, name: plan.name, title: planTitle(plan), version: row.planVersion },
    interval: row.interval,
    price: priceFor(row.planId, row.interval),
    status: row.state,
    standing: standingOf(row, now),
    can: [...actionsOn(row)],
    currentPeriodStart: row.periodStart,
    currentPeriodEnd: periodEnd,
    trialEndsAt: row.trialEndsAt,
    cancelAt: row.cancelAt,
    endedAt: row.endedAt,
    pastDueAt: row.pastDueAt,
    graceEndsAt: graceOf(row.pastDueAt),
    next:
      nextPlanId && nextInterval && periodEnd
        ? {
            plan: { id: nextPlanId, title: planTitle(planOf(nextPlanId)) },
            interval: nextInterval,
            startsAt: periodEnd,
            price: priceFor(nextPlanId, nextInterval),
          }
        : null,
    createdAt: row.createdAt,
  };
}

export const priceFor = (planId: PlanId, interval: BillingInterval) =>
  toWire(priceOf(planOf(planId), interval) ?? micros(0));
