import { eq } from "drizzle-orm";
import type { TxCtx } from "@/lib/ctx";
import { elapsedNow } from "@/lib/db/client";
import { participants } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import { newId } from "@/lib/ids";
import { announceChange } from "@/lib/outbox/announce";
import type { Media } from "@/lib/protocol/room-parts";
import {
  beginMeeting,
  beginPresence,
  connectAgain,
  introduced,
  mediaColumns,
  newResumeSecret,
  type ParticipantRow,
  runningMeeting,
} from "./internal";
import type { RoomRow } from "./lock";
import type { Place } from "./schema";
import { tellRoom } from "./tell";

export type Comer = {
  identity: string;
  role: ParticipantRow["role"];
  /** The row of their waiting at the door, where they had to. */
  there: ParticipantRow | undefined;
  name: string;
  deviceId: string | undefined;
  linkId: Id<"link"> | null;
  media: Media;
  /** The meeting that runs, if one does. */
  meetingId: Id<"meeting"> | undefined;
};

/** Seats somebody in a locked room that has a seat for them. */
export async function settleIn(ctx: TxCtx, room: RoomRow, comer: Comer): Promise<Place> {
  const { there, media, identity, role, name, linkId } = comer;
  const { resumeToken, resumeHash } = newResumeSecret();
  const seat = {
    state: "inside" as const,
    epoch: (there?.epoch ?? 0) + 1,
    resumeHash,
    seenAt: elapsedNow,
    // The room is locked, so this is the number that the event will get.
    joinedSeq: room.seq + 1,
    ...mediaColumns(media),
  };
  const newcomer = { id: newId("participant"), roomId: room.id, identity, deviceId: comer.deviceId ?? null };
  const [row] = there
    ? await ctx.db.update(participants).set(seat).where(eq(participants.id, there.id)).returning()
    : await ctx.db
        .insert(participants)
        .values({ ...newcomer, linkId, name, role, ...seat })
        .returning();
  if (!row) throw new Error("Nobody was seated");

  await beginPresence(ctx, row.id, comer.meetingId ?? (await beginMeeting(ctx, room)));
  await tellRoom(ctx, room.id, "user-joined", introduced(row));
  await announceChange(ctx, room.accountId, "rooms");
  return placeOf(room, row, resumeToken);
}

/** Somebody who has a place goes on with it over another line; the line before ends. */
export async function takeOver(
  ctx: TxCtx,
  room: RoomRow,
  there: ParticipantRow,
  media: Media | undefined,
): Promise<Place> {
  const { resumeToken, resumeHash } = newResumeSecret();
  const [row] = await ctx.db
    .update(participants)
    .set({ epoch: there.epoch + 1, resumeHash, isReconnecting: false, ...(media && mediaColumns(media)) })
    .where(eq(participants.id, there.id))
    .returning();
  if (!row) throw new Error("Nobody was there");
  const meetingId = (await runningMeeting(ctx, room.id))?.id ?? (await beginMeeting(ctx, room));
  await connectAgain(ctx, row.id, meetingId);
  await tellRoom(ctx, room.id, "user-resumed", introduced(row));
  return placeOf(room, row, resumeToken);
}

const placeOf = (room: RoomRow, row: ParticipantRow, resumeToken: string): Place => ({
  outcome: "inside",
  roomId: room.id,
  accountId: room.accountId,
  participantId: row.id,
  epoch: row.epoch,
  role: row.role,
  name: row.name,
  joinedSeq: row.joinedSeq,
  resumeToken,
});
