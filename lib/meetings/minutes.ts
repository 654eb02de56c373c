import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/ctx";
import { meetings } from "@/lib/db/schema";
import type { RoomsEntitlement } from "@/lib/entitlements/schema";
import { AppError } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { minutes } from "@/lib/time";

/** What was used in a period: room time is while two or more were connected, participant time is each one's, summed. */
export type MinutesUsed = { roomMs: number; participantMs: number; running: number };

/** Read from what is written down of ended meetings and from the presence in those that run, so it is true at any moment. */
export async function minutesUsed(
  ctx: Ctx,
  accountId: Id<"account">,
  { start, end }: RoomsEntitlement["period"],
): Promise<MinutesUsed> {
  const [used] = await ctx.db.execute<{ room_ms: string; participant_ms: string; running: string }>(sql`
    select coalesce(sum(coalesce(live.room_ms, m.room_ms)), 0)::bigint as room_ms,
      coalesce(sum(coalesce(live.participant_ms, m.participant_ms)), 0)::bigint as participant_ms,
      count(*) filter (where m.ended_at is null) as running
    from ${meetings} as m
    left join lateral (select * from meeting_totals(m.id) where m.ended_at is null) as live on true
    where m.account_id = ${accountId} and m.began_at >= ${start.toISOString()} and m.began_at < ${end.toISOString()}`);
  return {
    roomMs: Number(used?.room_ms ?? 0),
    participantMs: Number(used?.participant_ms ?? 0),
    running: Number(used?.running ?? 0),
  };
}

/** Whole minutes count, of all the time together. */
export const wholeMinutes = (durationMs: number): number => Math.floor(durationMs / minutes(1));

/** No new call without a subscription, and none once its minutes are used up. */
export async function requireMinutesLeft(
  ctx: Ctx,
  accountId: Id<"account">,
  entitlement: RoomsEntitlement | undefined,
): Promise<void> {
  if (!entitlement) throw notSubscribed();
  const { roomMs } = await minutesUsed(ctx, accountId, entitlement.period);
  if (roomMs < minutes(entitlement.maxMinutes)) return;
  throw new AppError("plan_limit", "The minutes of this plan are used up", {
    flat: { limit: entitlement.maxMinutes, current: wholeMinutes(roomMs) },
    details: { kind: "minutes", periodEnd: entitlement.period.end },
  });
}

export const notSubscribed = (): AppError =>
  new AppError("subscription_required", "Active subscription required", {
    flat: { message: "Please subscribe to use the multimedia API features." },
  });
