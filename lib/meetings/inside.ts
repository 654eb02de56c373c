import type { RoomActor, TxCtx } from "@/lib/ctx";
import { AppError } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { type ParticipantRow, requireInside, runningMeeting } from "./internal";
import { lockRoom } from "./lock";
import type { Line } from "./schema";

/** Somebody who is in the room, which stays locked, and the meeting that runs in it. */
export async function insideWithMeeting(
  ctx: TxCtx<RoomActor>,
  line: Line,
): Promise<{ row: ParticipantRow; meetingId: Id<"meeting"> }> {
  const room = await lockRoom(ctx, line.roomId);
  const row = await requireInside(ctx, room.id, line.participantId);
  const meeting = await runningMeeting(ctx, room.id);
  if (!meeting) throw new AppError("not_in_room", "You are not in this room.");
  return { row, meetingId: meeting.id };
}
