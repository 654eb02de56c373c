import { and, eq } from "drizzle-orm";
import type { TxCtx } from "@/lib/ctx";
import { participants } from "@/lib/db/schema";
import type { EndReason } from "@/lib/protocol/room-parts";
import { closeMeeting, findWaiting, runningMeeting, takeOut } from "./internal";
import type { RoomRow } from "./lock";
import { tellRoom, tellSome } from "./tell";

const WORDS: Record<EndReason, string> = {
  deleted: "This room was closed.",
  ended: "The host ended the call.",
  plan_limit: "The minutes of this plan are used up, so the call has ended.",
};

/** Ends the call in a locked room for everybody, and says why. A room in which nobody is stays as it is. */
export async function endMeeting(ctx: TxCtx, room: RoomRow, reason: EndReason): Promise<void> {
  await tellRoom(ctx, room.id, "room-ended", { roomId: room.id, reason, message: WORDS[reason] });
  const there = await ctx.db
    .select()
    .from(participants)
    .where(and(eq(participants.roomId, room.id), eq(participants.state, "inside")));
  for (const row of there) await takeOut(ctx, row, "ended");
  for (const row of await findWaiting(ctx, room.id)) {
    await takeOut(ctx, row, "ended");
    const told = { roomId: room.id, audience: row.id, name: "knock-result" as const };
    await tellSome(ctx, told, { roomId: room.id, knockId: row.id, admitted: false });
  }
  const meeting = await runningMeeting(ctx, room.id);
  if (meeting) await closeMeeting(ctx, meeting);
}
