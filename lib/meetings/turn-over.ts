import { and, eq, isNull } from "drizzle-orm";
import { type Ctx, inTx, type SystemActor, type TxCtx } from "@/lib/ctx";
import { meetings, participants, presence } from "@/lib/db/schema";
import { entitlementsOf } from "@/lib/entitlements/queries";
import type { Id } from "@/lib/ids";
import { beginMeeting, beginPresence, closeMeeting, closePresence, runningMeeting } from "./internal";
import { lockRoom } from "./lock";

/** Where a period ended under a running meeting, what follows is another meeting and counts in the next period. Nobody notices. */
export async function turnMeetingsOver(ctx: Ctx<SystemActor>): Promise<void> {
  for (const roomId of await roomsOfAnotherPeriod(ctx)) {
    await inTx(ctx, async (ctx) => {
      const room = await lockRoom(ctx, roomId);
      const before = await runningMeeting(ctx, roomId);
      if (!before || before.beganAt >= ctx.now) return;
      const connected = await connectedIn(ctx, before.id);
      for (const id of connected) await closePresence(ctx, id, "now");
      await closeMeeting(ctx, before);
      const next = await beginMeeting(ctx, room);
      for (const id of connected) await beginPresence(ctx, id, next);
    });
  }
}

async function roomsOfAnotherPeriod(ctx: Ctx): Promise<Id<"room">[]> {
  const running = await ctx.db
    .select({ roomId: meetings.roomId, accountId: meetings.accountId, beganAt: meetings.beganAt })
    .from(meetings)
    .where(isNull(meetings.endedAt));
  const begins = new Map<Id<"account">, Date | undefined>();
  for (const accountId of new Set(running.map((meeting) => meeting.accountId)))
    begins.set(accountId, (await entitlementsOf(ctx, accountId))?.period.start);
  return running.flatMap(({ roomId, accountId, beganAt }) => {
    const start = begins.get(accountId);
    return start !== undefined && start > beganAt ? [roomId] : [];
  });
}

async function connectedIn(ctx: TxCtx, meetingId: Id<"meeting">): Promise<Id<"participant">[]> {
  const rows = await ctx.db
    .select({ id: participants.id })
    .from(participants)
    .innerJoin(presence, and(eq(presence.participantId, participants.id), isNull(presence.untilAt)))
    .where(and(eq(presence.meetingId, meetingId), eq(participants.state, "inside")));
  return rows.map(({ id }) => id);
}
