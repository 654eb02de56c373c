import { mailMembers } from "@/lib/accounts/mail-members";
import type { TxCtx } from "@/lib/ctx";
import { graceEnds } from "@/lib/entitlements/rules";
import { emitEvent } from "@/lib/events/emit";
import { micros } from "@/lib/money";
import { planTitle, priceOf } from "@/lib/plans/rules";
import { days, earlier } from "@/lib/time";
import { planOf, type SubscriptionRow } from "./internal";

type Turn = { before: SubscriptionRow; after: SubscriptionRow };

const TRIAL_NOTICE_MS = days(3);
const gives = ({ state }: SubscriptionRow): boolean => state === "active" || state === "trialing";
const owes = ({ state }: SubscriptionRow): boolean => state === "past_due" || state === "unpaid";

/** Says what became of a subscription: to those who look after its payments, and to the account's own endpoints. */
export async function tellOfTurn(ctx: TxCtx, turn: Turn): Promise<void> {
  await tellOfStart(ctx, turn);
  await tellOfPlan(ctx, turn);
  await tellOfDebt(ctx, turn);
  await tellOfEnd(ctx, turn);
}

const factsOf = ({ id, family, planId, interval }: SubscriptionRow) => ({
  ...{ subscriptionId: id, family, plan: planId, interval },
});

async function tellOfStart(ctx: TxCtx, { before, after }: Turn): Promise<void> {
  const isNew = before.state === "new" || before.state === "incomplete";
  if (!isNew || !gives(after)) return;
  await emitEvent(ctx, after.accountId, "billing.subscription.started", {
    ...factsOf(after),
    trialEndsAt: after.state === "trialing" && after.trialEndsAt ? after.trialEndsAt.toISOString() : null,
  });
}

async function tellOfPlan(ctx: TxCtx, { before, after }: Turn): Promise<void> {
  const changed = before.planId !== after.planId || before.interval !== after.interval;
  const isBegun = before.state !== "new" && before.state !== "incomplete";
  if (changed && isBegun) {
    await emitEvent(ctx, after.accountId, "billing.subscription.changed", {
      ...factsOf(after),
      previousPlan: before.planId,
    });
    const wasAnnounced = before.nextPlanId === after.planId && before.nextInterval === after.interval;
    if (!wasAnnounced) await mailOfPlan(ctx, { from: before, to: after, startsAt: ctx.now });
  }
  const { nextPlanId, nextInterval, periodEnd } = after;
  if (nextPlanId === null || nextInterval === null || periodEnd === null || nextPlanId === before.nextPlanId) return;
  const to = { accountId: after.accountId, planId: nextPlanId, interval: nextInterval };
  await mailOfPlan(ctx, { from: after, to, startsAt: periodEnd });
}

type Named = Pick<SubscriptionRow, "accountId" | "planId" | "interval">;

async function mailOfPlan(
  ctx: TxCtx,
  { from, to, startsAt }: { from: Named; to: Named; startsAt: Date },
): Promise<void> {
  const facts = {
    from: titleOf(from),
    to: titleOf(to),
    startsAt: startsAt.toISOString(),
    micros: priceOf(planOf(to.planId), to.interval) ?? micros(0),
    interval: to.interval,
  };
  await mailMembers(ctx, {
    accountId: to.accountId,
    scope: "billing:write",
    mail: { template: "plan_changed", facts },
  });
}

const titleOf = ({ planId }: Pick<SubscriptionRow, "planId">): string => planTitle(planOf(planId));

async function tellOfDebt(ctx: TxCtx, { before, after }: Turn): Promise<void> {
  const { pastDueAt: since } = after;
  if (owes(after) && !owes(before) && since)
    await emitEvent(ctx, after.accountId, "billing.subscription.past_due", {
      ...factsOf(after),
      ...{ since: since.toISOString(), graceEndsAt: graceEnds(since).toISOString() },
    });
  if (owes(before) && gives(after))
    await emitEvent(ctx, after.accountId, "billing.subscription.recovered", factsOf(after));
}

async function tellOfEnd(ctx: TxCtx, { before, after }: Turn): Promise<void> {
  const wasUsed = before.state !== "new" && before.state !== "incomplete";
  const endsAt = after.state === "canceled" && wasUsed ? (after.endedAt ?? ctx.now) : after.cancelAt;
  const isKnown = before.cancelAt !== null || before.state === "canceled";
  if (endsAt && !isKnown) {
    await emitEvent(ctx, after.accountId, "billing.subscription.cancelled", {
      ...factsOf(after),
      endsAt: endsAt.toISOString(),
    });
    await mailMembers(ctx, {
      ...{ accountId: after.accountId, scope: "billing:write" as const },
      mail: { template: "subscription_cancelled", facts: { plan: titleOf(after), endsAt: endsAt.toISOString() } },
    });
  }
  if (after.state !== "canceled" || before.state === "canceled" || !wasUsed) return;
  await emitEvent(ctx, after.accountId, "billing.subscription.ended", {
    ...factsOf(after),
    endedAt: (after.endedAt ?? ctx.now).toISOString(),
  });
}

/** Three days before a trial ends, once. Says whether it was told now. */
export async function tellOfTrial(ctx: TxCtx, row: SubscriptionRow): Promise<boolean> {
  const { state, trialEndsAt, wasTrialTold, cancelAt, accountId, interval } = row;
  const isDue = state === "trialing" && trialEndsAt !== null && ctx.now >= earlier(trialEndsAt, TRIAL_NOTICE_MS);
  if (!isDue || wasTrialTold || cancelAt !== null) return false;
  const facts = {
    plan: titleOf(row),
    endsAt: trialEndsAt.toISOString(),
    micros: priceOf(planOf(row.planId), interval) ?? micros(0),
    interval,
  };
  await mailMembers(ctx, { accountId, scope: "billing:write", mail: { template: "trial_ending", facts } });
  return true;
}
