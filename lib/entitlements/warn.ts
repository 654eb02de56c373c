import { mailMembers } from "@/lib/accounts/mail-members";
import type { TxCtx } from "@/lib/ctx";
import { limitWarnings } from "@/lib/db/schema";
import { emitEvent } from "@/lib/events/emit";
import type { Id } from "@/lib/ids";
import { announceChange } from "@/lib/outbox/announce";

const WARNED_AT = [80, 100] as const;
type Percent = (typeof WARNED_AT)[number];

/** What is counted against a plan, as tables, events and people call it. */
export const METERS = {
  rooms: { meter: "rooms", what: "rooms" },
  "room-minutes": { meter: "minutes", what: "minutes" },
} as const;
export type MeterKind = keyof typeof METERS;

export type Reading = {
  kind: MeterKind;
  used: number;
  limit: number;
  period: { start: Date; end: Date };
};

/**
 * Says that 80 or 100 percent of a limit are used: to the account's endpoints, its people and its open pages, each once
 * in a period. Answers which was said now. The row is what keeps it from being said twice.
 */
export async function warnOfLimit(
  ctx: TxCtx,
  accountId: Id<"account">,
  { kind, used, limit, period }: Reading,
): Promise<Percent | undefined> {
  const reached = WARNED_AT.filter((percent) => used * 100 >= limit * percent);
  if (limit === 0 || reached.length === 0) return undefined;
  const said = await ctx.db
    .insert(limitWarnings)
    .values(reached.map((percent) => ({ accountId, kind, periodStart: period.start, percent })))
    .onConflictDoNothing()
    .returning({ percent: limitWarnings.percent });
  const [highest] = WARNED_AT.filter((percent) => said.some((one) => one.percent === percent)).slice(-1);
  if (highest === undefined) return undefined;
  await tell(ctx, accountId, { kind, used, limit, period, percent: highest });
  return highest;
}

async function tell(ctx: TxCtx, accountId: Id<"account">, reading: Reading & { percent: Percent }): Promise<void> {
  const { kind, used, limit, percent } = reading;
  const { meter, what } = METERS[kind];
  const resetsAt = reading.period.end.toISOString();
  const isFull = percent === 100;
  await emitEvent(ctx, accountId, isFull ? "billing.quota.exceeded" : "billing.quota.warning", {
    ...{ meter, used, limit, percent: Math.floor((used * 100) / limit), resetsAt },
  });
  await mailMembers(ctx, {
    ...{ accountId, scope: "billing:write" as const },
    mail: { template: isFull ? "quota_reached" : "quota_warning", facts: { what, used, limit, resetsAt } },
  });
  await announceChange(ctx, accountId, "usage");
}
