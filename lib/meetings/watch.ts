import { and, asc, eq, isNotNull, isNull, lt, type SQL, sql } from "drizzle-orm";
import { type Ctx, inTx, type SystemActor } from "@/lib/ctx";
import { meetings } from "@/lib/db/schema";
import { entitlementsOf } from "@/lib/entitlements/queries";
import { warnOfLimit } from "@/lib/entitlements/warn";
import type { Id } from "@/lib/ids";
import { announceChange } from "@/lib/outbox/announce";
import { minutes } from "@/lib/time";
import { endMeeting } from "./end";
import { lockRoom } from "./lock";
import { minutesUsed, wholeMinutes } from "./minutes";
import { tellRoom } from "./tell";

/** So long a call may go on once the minutes of its plan are used up. */
export const GRACE_MS = minutes(10);
const MOST = 500;

/**
 * Looks at what the calls that run have used: says so at 80 and at 100 percent, once in a period each, gives them a
 * last while at the limit, and ends those whose while is over.
 */
export async function watchMinutes(ctx: Ctx<SystemActor>): Promise<void> {
  for (const accountId of await accountsThatTalk(ctx)) await watchAccount(ctx, accountId);
  for (const roomId of await roomsOverTime(ctx)) {
    await inTx(ctx, async (ctx) => endMeeting(ctx, await lockRoom(ctx, roomId), "plan_limit"));
  }
}

async function watchAccount(ctx: Ctx<SystemActor>, accountId: Id<"account">): Promise<void> {
  const entitlement = await entitlementsOf(ctx, accountId);
  if (!entitlement) return giveGrace(ctx, accountId, 0);
  const { period, maxMinutes } = entitlement;
  const { roomMs } = await minutesUsed(ctx, accountId, period);
  const used = wholeMinutes(roomMs);
  if (used >= maxMinutes) await giveGrace(ctx, accountId, 0);
  else await takeGraceBack(ctx, accountId);
  if (used * 100 >= maxMinutes * 80) await warnOnce(ctx, accountId, { used, limit: maxMinutes, period });
}

type Minutes = { used: number; limit: number; period: { start: Date; end: Date } };

/** The people in a call hear of it as those who look after the account do. */
async function warnOnce(ctx: Ctx, accountId: Id<"account">, { used, limit, period }: Minutes): Promise<void> {
  await inTx(ctx, async (ctx) => {
    const percent = await warnOfLimit(ctx, accountId, { kind: "room-minutes", used, limit, period });
    if (percent === undefined) return;
    await announceChange(ctx, accountId, "rooms");
    if (percent === 100) return;
    const body = { kind: "minutes", percent, remainingMinutes: Math.max(0, limit - used) };
    for (const roomId of await roomsThatTalk(ctx, accountId)) await tellRoom(ctx, roomId, "limit-warning", body);
  });
}

/** Each call that runs at the limit hears once when it ends. The room is locked first, as wherever a meeting changes. */
async function giveGrace(ctx: Ctx<SystemActor>, accountId: Id<"account">, remaining: number): Promise<void> {
  const body = { kind: "minutes", percent: 100, remainingMinutes: remaining, endsInMs: GRACE_MS };
  for (const roomId of await roomsThatTalk(ctx, accountId, isNull(meetings.graceUntil))) {
    await inTx(ctx, async (ctx) => {
      await lockRoom(ctx, roomId);
      const given = await ctx.db
        .update(meetings)
        .set({ graceUntil: sql`clock_timestamp() + make_interval(secs => ${GRACE_MS / 1_000})` })
        .where(and(eq(meetings.roomId, roomId), isNull(meetings.endedAt), isNull(meetings.graceUntil)))
        .returning({ id: meetings.id });
      if (given.length > 0) await tellRoom(ctx, roomId, "limit-warning", body);
    });
  }
}

/** A plan that has minutes again, by another period or a larger one, lets its calls go on. */
async function takeGraceBack(ctx: Ctx, accountId: Id<"account">): Promise<void> {
  await ctx.db
    .update(meetings)
    .set({ graceUntil: null })
    .where(and(eq(meetings.accountId, accountId), isNull(meetings.endedAt), isNotNull(meetings.graceUntil)));
}

const roomsThatTalk = async (ctx: Ctx, accountId: Id<"account">, also?: SQL): Promise<Id<"room">[]> => {
  const rows = await ctx.db
    .select({ roomId: meetings.roomId })
    .from(meetings)
    .where(and(eq(meetings.accountId, accountId), isNull(meetings.endedAt), also))
    .orderBy(asc(meetings.roomId));
  return rows.map(({ roomId }) => roomId);
};

async function accountsThatTalk(ctx: Ctx): Promise<Id<"account">[]> {
  const rows = await ctx.db
    .selectDistinct({ accountId: meetings.accountId })
    .from(meetings)
    .where(isNull(meetings.endedAt));
  return rows.map(({ accountId }) => accountId);
}

async function roomsOverTime(ctx: Ctx): Promise<Id<"room">[]> {
  const rows = await ctx.db
    .select({ roomId: meetings.roomId })
    .from(meetings)
    .where(and(isNull(meetings.endedAt), lt(meetings.graceUntil, sql`clock_timestamp()`)))
    .limit(MOST);
  return rows.map(({ roomId }) => roomId);
}
