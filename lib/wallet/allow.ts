import type { TxCtx } from "@/lib/ctx";
import { AppError } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { formatMoney, type Micros } from "@/lib/money";
import { formatInstant } from "@/lib/time";
import { lockKept, spentBy } from "./internal";
import { brokenLimit, limitsAt } from "./rules";

/**
 * Refuses what an account's own limits forbid to be spent now. The limits stay locked until the transaction ends, so
 * that two at once do not both find room for themselves. No pot is: those are locked in an order of their own, later.
 */
export async function allowSpending(ctx: TxCtx, accountId: Id<"account">, amount: Micros): Promise<void> {
  const kept = await lockKept(ctx, accountId);
  if (!kept) return;
  if (kept.coolOffUntil && kept.coolOffUntil > ctx.now)
    throw new AppError(
      "cooling_off",
      `You asked for a rest until ${formatInstant(kept.coolOffUntil)}. Nothing was taken.`,
      {
        details: { until: kept.coolOffUntil.toISOString() },
      },
    );
  const limits = limitsAt(kept, ctx.now);
  if (limits.daily === null && limits.weekly === null) return;
  const spent = await spentBy(ctx, accountId);
  const broken = brokenLimit(limits, spent, amount);
  if (!broken) return;
  throw new AppError(
    "spending_limit",
    `This would go over your own limit of ${formatMoney(broken.limit)} a ${broken.period}. Nothing was taken.`,
    { details: { period: broken.period, limit: broken.limit, spent: spent[broken.period] } },
  );
}
