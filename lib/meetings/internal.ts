import { createHash, randomBytes } from "node:crypto";
import { and, count, desc, eq, gt, inArray, isNull, ne, or, sql } from "drizzle-orm";
import type { TxCtx } from "@/lib/ctx";
import { elapsedNow } from "@/lib/db/client";
import { meetings, participants, presence } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { newId } from "@/lib/ids";
import { announceChange } from "@/lib/outbox/announce";
import { TIMES } from "@/lib/protocol/limits";
import type { LeaveReason, Media } from "@/lib/protocol/room-parts";
import type { RoomRow } from "./lock";
import { tellRoom } from "./tell";

export type ParticipantRow = typeof participants.$inferSelect;
export type MeetingRow = typeof meetings.$inferSelect;

const SECRET_BYTES = 32;

/** So many seconds ago, by the clock that nothing moves. */
export const ago = (durationMs: number) => sql`clock_timestamp() - make_interval(secs => ${durationMs / 1_000})`;

/** A secret that brings somebody back once; only its hash is kept. */
export function newResumeSecret(): { resumeToken: string; resumeHash: string } {
  const resumeToken = randomBytes(SECRET_BYTES).toString("base64url");
  return { resumeToken, resumeHash: hashOf(resumeToken) };
}

export const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("base64url");

type Known = {
  there: ParticipantRow | undefined;
  isBanned: boolean;
  /** They left a moment ago, as a page that is loaded again does. */
  leftJustNow: ParticipantRow | undefined;
};

/** Whoever has this identity in a room: their place, the one they had just before, and whether they were banned. */
export async function findPresent(ctx: TxCtx, roomId: Id<"room">, identity: string): Promise<Known> {
  const rows = await ctx.db
    .select()
    .from(participants)
    .where(
      and(
        eq(participants.roomId, roomId),
        eq(participants.identity, identity),
        or(
          ne(participants.state, "left"),
          eq(participants.leftReason, "banned"),
          gt(participants.leftAt, ago(TIMES.seatMs)),
        ),
      ),
    )
    .orderBy(desc(participants.leftAt));
  const last = rows.find(({ state }) => state === "left");
  return {
    leftJustNow: last?.leftReason === "left" && last.joinedSeq > 0 ? last : undefined,
    there: rows.find(({ state }) => state !== "left"),
    isBanned: rows.some(({ leftReason }) => leftReason === "banned"),
  };
}

/** Somebody in a room that is locked already. */
export async function findIn(
  ctx: TxCtx,
  roomId: Id<"room">,
  id: Id<"participant">,
): Promise<ParticipantRow | undefined> {
  const [row] = await ctx.db
    .select()
    .from(participants)
    .where(and(eq(participants.id, id), eq(participants.roomId, roomId)));
  return row;
}

export async function requireInside(ctx: TxCtx, roomId: Id<"room">, id: Id<"participant">): Promise<ParticipantRow> {
  const row = await findIn(ctx, roomId, id);
  if (row?.state !== "inside") throw new AppError("not_in_room", "You are not in this room.");
  return row;
}

export async function countInside(ctx: TxCtx, roomId: Id<"room">): Promise<number> {
  const [counted] = await ctx.db
    .select({ inside: count() })
    .from(participants)
    .where(and(eq(participants.roomId, roomId), eq(participants.state, "inside")));
  return counted?.inside ?? 0;
}

/** Those who stand before the door, let in already or not. */
export const findWaiting = (ctx: TxCtx, roomId: Id<"room">): Promise<ParticipantRow[]> =>
  ctx.db
    .select()
    .from(participants)
    .where(and(eq(participants.roomId, roomId), inArray(participants.state, ["waiting", "admitted"])));

export async function runningMeeting(ctx: TxCtx, roomId: Id<"room">): Promise<MeetingRow | undefined> {
  const [row] = await ctx.db
    .select()
    .from(meetings)
    .where(and(eq(meetings.roomId, roomId), isNull(meetings.endedAt)));
  return row;
}

export async function beginMeeting(ctx: TxCtx, room: RoomRow): Promise<Id<"meeting">> {
  const id = newId("meeting");
  const { accountId } = room;
  await ctx.db.insert(meetings).values({ id, roomId: room.id, accountId, beganAt: ctx.now, startedAt: elapsedNow });
  await announceChange(ctx, accountId, "rooms");
  return id;
}

/** Writes down what a meeting came to. Everybody has left it by now. */
export async function closeMeeting(ctx: TxCtx, { id, accountId }: Pick<MeetingRow, "id" | "accountId">): Promise<void> {
  await ctx.db.execute(sql`
    update ${meetings} set ended_at = clock_timestamp(), room_ms = t.room_ms, participant_ms = t.participant_ms,
      most_at_once = t.most
    from meeting_totals(${id}) as t where ${meetings.id} = ${id} and ${meetings.endedAt} is null`);
  await announceChange(ctx, accountId, "rooms");
}

/** Begins to count somebody as connected. */
export async function beginPresence(
  ctx: TxCtx,
  participantId: Id<"participant">,
  meetingId: Id<"meeting">,
): Promise<void> {
  await ctx.db.insert(presence).values({ meetingId, participantId, fromAt: elapsedNow });
}

/** The same for somebody who was connected before; after a short gap they go on with the stretch they were in. */
export async function connectAgain(
  ctx: TxCtx,
  participantId: Id<"participant">,
  meetingId: Id<"meeting">,
): Promise<void> {
  await closePresence(ctx, participantId, "stale");
  const goesOn = await ctx.db
    .update(presence)
    .set({ untilAt: null, returns: sql`${presence.returns} + 1` })
    .where(
      and(
        eq(presence.participantId, participantId),
        eq(presence.meetingId, meetingId),
        sql`(${presence.untilAt} is null or ${presence.untilAt} > ${ago(TIMES.seatMs)})`,
        sql`${presence.id} = (select max(last.id) from ${presence} as last where last.participant_id = ${participantId})`,
      ),
    )
    .returning({ id: presence.id });
  if (goesOn.length === 0) await beginPresence(ctx, participantId, meetingId);
  await ctx.db.update(participants).set({ seenAt: elapsedNow }).where(eq(participants.id, participantId));
}

/**
 * Stops counting somebody as connected: now, at their last sign of life, or only where that sign is older than a
 * place is kept.
 */
export async function closePresence(
  ctx: TxCtx,
  participantId: Id<"participant">,
  when: "now" | "last seen" | "stale",
): Promise<void> {
  const until = when === "now" ? sql`greatest(${presence.fromAt}, clock_timestamp())` : lastSeen;
  await ctx.db
    .update(presence)
    .set({ untilAt: until })
    .from(participants)
    .where(
      and(
        eq(participants.id, presence.participantId),
        eq(presence.participantId, participantId),
        isNull(presence.untilAt),
        when === "stale" ? sql`${participants.seenAt} < ${ago(TIMES.seatMs)}` : undefined,
      ),
    );
}

export const lastSeen = sql`greatest(${presence.fromAt}, ${participants.seenAt})`;

export async function isConnected(ctx: TxCtx, participantId: Id<"participant">): Promise<boolean> {
  const [row] = await ctx.db
    .select({ id: presence.id })
    .from(presence)
    .innerJoin(participants, eq(participants.id, presence.participantId))
    .where(
      and(
        eq(presence.participantId, participantId),
        isNull(presence.untilAt),
        gt(participants.seenAt, ago(TIMES.seatMs)),
      ),
    );
  return row !== undefined;
}

/** Takes somebody out of a locked room; whoever was the last ends the meeting. */
export async function takeOut(ctx: TxCtx, row: ParticipantRow, reason: LeaveReason): Promise<void> {
  const wasInside = row.state === "inside";
  await closePresence(ctx, row.id, reason === "lost" ? "last seen" : "now");
  await ctx.db
    .update(participants)
    .set({ state: "left", leftReason: reason, leftAt: elapsedNow, isReconnecting: false, hasHandUp: false })
    .where(eq(participants.id, row.id));
  if (!wasInside) return;
  await tellRoom(ctx, row.roomId, "user-left", { participantId: row.id, userId: row.id, reason });
  const meeting = await runningMeeting(ctx, row.roomId);
  if (!meeting) return;
  if ((await countInside(ctx, row.roomId)) > 0) return announceChange(ctx, meeting.accountId, "rooms");
  await closeMeeting(ctx, meeting);
}

export const mediaColumns = ({ audio, video, screen }: Media) => ({
  hasAudio: audio,
  hasVideo: video,
  hasScreen: screen,
});

/** What is said of somebody; how they stand to each listener is added where it is said. */
export const introduced = (row: ParticipantRow) => ({
  id: row.id,
  participantId: row.id,
  userId: row.id,
  name: row.name,
  userName: row.name,
  role: row.role,
  media: { audio: row.hasAudio, video: row.hasVideo, screen: row.hasScreen },
  hand: row.hasHandUp,
  reconnecting: row.isReconnecting,
  epoch: row.epoch,
  joinedSeq: row.joinedSeq,
});
