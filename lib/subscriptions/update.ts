import { and, eq, sql } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type MemberActor, requireScope } from "@/lib/ctx";
import { planQuotes, subscriptions } from "@/lib/db/schema";
import { AppError, notFound } from "@/lib/errors";
import { planTitle } from "@/lib/plans/rules";
import { type Choice, chooseChange } from "./choose";
import { attemptOf, planOf, watchOver } from "./internal";
import { secondOfChange, wholeSecond } from "./preview";
import { asSubscription } from "./queries";
import { schedulePlan } from "./schedule";
import type { PlanChanged, ToConfirm, UpdateSubscription } from "./schema";
import { upgrade } from "./upgrade";

const QUOTE_MINUTES = 30;

/**
 * Changes a plan: to more at once, for what the quote said, and to less at the end of the period. Where the payment
 * fails nothing changes; where the bank asks the payer first, it changes once they have answered.
 */
export async function updateSubscription(
  ctx: Ctx<MemberActor>,
  { quoteId, idempotencyKey, ...wanted }: UpdateSubscription & { idempotencyKey?: string | undefined },
): Promise<PlanChanged> {
  requireScope(ctx, "billing:write");
  const choice = await chooseChange(ctx, wanted);
  const attempt = attemptOf(idempotencyKey);
  await watchOver(ctx, choice.row.id);
  if (choice.effect === "at_period_end") {
    await schedulePlan(ctx, choice, attempt);
    return changed(ctx, choice, "scheduled", null);
  }
  const terms = quoteId
    ? await quoted(ctx, choice, quoteId)
    : { prorationAt: secondOfChange(ctx, choice.row), code: wanted.promotionCode };
  const confirm = await upgrade(ctx, choice, { ...terms, attempt });
  return changed(ctx, choice, confirm ? "confirm" : "changed", confirm);
}

/** Just what somebody saw: for the same change of the same plan, within the half hour and the period. */
async function quoted(ctx: Ctx, { row, plan, interval }: Choice, id: `quote_${string}`) {
  const [found] = await ctx.db
    .select({
      ...{ prorationAt: planQuotes.prorationAt, promotionCode: planQuotes.promotionCode },
      ...{ planId: planQuotes.planId, interval: planQuotes.interval, fromPlanId: planQuotes.fromPlanId },
      isFresh: sql<boolean>`${planQuotes.createdAt} > clock_timestamp() - make_interval(mins => ${QUOTE_MINUTES})`,
    })
    .from(planQuotes)
    .where(and(eq(planQuotes.id, id), eq(planQuotes.subscriptionId, row.id)));
  if (!found) throw notFound("Quote");
  const isFor = found.planId === plan.id && found.interval === interval && found.fromPlanId === row.planId;
  const isInPeriod = row.periodStart !== null && found.prorationAt >= wholeSecond(row.periodStart);
  if (!isFor || !isInPeriod || !found.isFresh)
    throw new AppError("quote_expired", "What this costs has changed meanwhile. Look at it again.");
  return { prorationAt: found.prorationAt, code: found.promotionCode ?? undefined };
}

async function changed(
  ctx: Ctx<MemberActor>,
  { row, plan, interval }: Choice,
  outcome: PlanChanged["outcome"],
  confirm: ToConfirm,
): Promise<PlanChanged> {
  const detail = { from: planTitle(planOf(row.planId)), to: planTitle(plan), interval };
  const after = await inTx(ctx, async (ctx) => {
    await recordAudit(ctx, { action: `subscription.change_${outcome}`, target: row.id, detail });
    return ctx.db.select().from(subscriptions).where(eq(subscriptions.id, row.id));
  });
  return { outcome, subscription: asSubscription(after[0] ?? row, ctx.now), confirm };
}
