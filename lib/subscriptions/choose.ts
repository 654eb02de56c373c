import type { Ctx, MemberActor } from "@/lib/ctx";
import { AppError } from "@/lib/errors";
import type { BillingInterval, Plan } from "@/lib/plans/catalogue";
import { changeTakesEffect, planNamed, planTitle } from "@/lib/plans/rules";
import { planOf, readOwn, requireAction, type SubscriptionRow } from "./internal";
import { requireRoomFor } from "./present-use";
import { choosePlan } from "./prices";
import type { PreviewChange } from "./schema";

export type Choice = { row: SubscriptionRow; plan: Plan; interval: BillingInterval; effect: "now" | "at_period_end" };

/** What somebody wants their subscription to become. The preview and the change judge it alike. */
export async function chooseChange(
  ctx: Ctx<MemberActor>,
  { planId, interval: wanted, family = "rooms" }: PreviewChange,
): Promise<Choice> {
  // Without such a plan it does not matter whether there is a subscription.
  const named = planNamed(planId, family) ?? choosePlan(planId, family, "month");
  const row = await readOwn(ctx, { family });
  const interval = wanted ?? (named.yearlyPrice === null ? "month" : row.interval);
  const plan = choosePlan(planId, family, interval);
  if (plan.id === row.planId && interval === row.interval)
    throw new AppError("same_plan", `This account has ${planTitle(plan)} already.`, {
      details: { subscriptionId: row.id, planId: row.planId, status: row.state },
    });
  const effect = changeTakesEffect({ plan: planOf(row.planId), interval: row.interval }, { plan, interval });
  requireAction(row, effect === "now" ? "upgrade" : "downgrade");
  await requireRoomFor(ctx, row.accountId, plan);
  return { row, plan, interval, effect };
}
