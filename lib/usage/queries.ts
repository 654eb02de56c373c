import { and, count, eq, gte, lt } from "drizzle-orm";
import { type Ctx, type MemberActor, requireScope } from "@/lib/ctx";
import { rooms } from "@/lib/db/schema";
import { entitlementsOf } from "@/lib/entitlements/queries";
import type { RoomsEntitlement } from "@/lib/entitlements/schema";
import { minutesUsed, wholeMinutes } from "@/lib/meetings/minutes";
import { addMonths } from "@/lib/time";
import type { Usage } from "./schema";

/** True at any moment, also while people talk: it is read from where they are and were. */
export async function getUsage(ctx: Ctx<MemberActor>): Promise<Usage> {
  requireScope(ctx, "usage:read");
  const { accountId } = ctx.actor;
  const entitlement = await entitlementsOf(ctx, accountId);
  const period = entitlement?.period ?? monthOf(ctx.now);
  const [{ roomMs, participantMs, running }, [counted]] = await Promise.all([
    minutesUsed(ctx, accountId, period),
    ctx.db
      .select({ opened: count() })
      .from(rooms)
      .where(and(eq(rooms.accountId, accountId), gte(rooms.createdAt, period.start), lt(rooms.createdAt, period.end))),
  ]);
  const used = { rooms: counted?.opened ?? 0, minutes: wholeMinutes(roomMs) };
  return {
    period,
    notices: noticesOf(used, entitlement),
    usage: {
      currentMonthMinutes: used.minutes,
      currentMonthRooms: used.rooms,
      participantMinutes: wholeMinutes(participantMs),
      runningCalls: running,
    },
    limits: {
      maxMinutes: entitlement?.maxMinutes ?? 0,
      maxRooms: entitlement?.maxRooms ?? 0,
      maxParticipants: entitlement?.maxParticipants ?? 0,
    },
  };
}

/** Judged from what is used now, so a larger plan takes a notice away. */
function noticesOf(
  used: { rooms: number; minutes: number },
  entitlement: RoomsEntitlement | undefined,
): Usage["notices"] {
  if (!entitlement) return [];
  const { maxRooms, maxMinutes, period } = entitlement;
  const readings = [
    { meter: "rooms" as const, used: used.rooms, limit: maxRooms },
    { meter: "minutes" as const, used: used.minutes, limit: maxMinutes },
  ];
  return readings.flatMap((reading) => {
    const share = reading.limit === 0 ? 0 : (reading.used * 100) / reading.limit;
    return share < 80
      ? []
      : [{ ...reading, percent: share < 100 ? (80 as const) : (100 as const), resetsAt: period.end }];
  });
}

function monthOf(now: Date): Usage["period"] {
  const start = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
  return { start, end: addMonths(start, 1) };
}
