import { and, asc, desc, eq, inArray, isNull } from "drizzle-orm";
import { brandOf } from "@/lib/branding/queries";
import type { Ctx } from "@/lib/ctx";
import { chatMessages, meetings, participants, rooms } from "@/lib/db/schema";
import { entitlementsOf } from "@/lib/entitlements/queries";
import { AppError } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { carry } from "@/lib/media/mesh";
import type { ChatMessage, Participant, RoomFacts } from "@/lib/protocol/room-parts";
import type { RoomState } from "@/lib/protocol/rooms";
import { introduced, type ParticipantRow } from "./internal";
import { moderates } from "./rules";

const CHAT_SHOWN = 50;

/** Somebody as another one sees them: who was there first answers offers and insists on its own. */
export function seenBy(
  viewer: { joinedSeq: number },
  { joinedSeq, ...person }: ReturnType<typeof introduced>,
): Participant {
  const isOlder = joinedSeq < viewer.joinedSeq;
  return { ...person, polite: isOlder, offerer: isOlder };
}

export type Viewer = { roomId: Id<"room">; participantId: Id<"participant">; joinedSeq: number };
export type Snapshot = RoomState & { own: ParticipantRow };

/** A room as it is to somebody in it, all read at one instant; `seq` says which events it takes into account. */
export async function snapshotFor(ctx: Ctx, { roomId, participantId, joinedSeq }: Viewer): Promise<Snapshot> {
  const db = ctx.db;
  return db.transaction(
    async (tx) => {
      const [room] = await tx.select().from(rooms).where(eq(rooms.id, roomId));
      const there = await tx
        .select()
        .from(participants)
        .where(and(eq(participants.roomId, roomId), inArray(participants.state, ["inside", "waiting"])))
        .orderBy(asc(participants.joinedSeq));
      const own = there.find(({ id, state }) => id === participantId && state === "inside");
      if (!room || !own) throw new AppError("not_in_room", "You are not in this room.");
      const facts = await factsOf({ ...ctx, db: tx }, room);
      const people = there
        .filter(({ id, state }) => state === "inside" && id !== participantId)
        .map((row) => seenBy({ joinedSeq }, introduced(row)));
      const knocks = moderates(own.role)
        ? there
            .filter(({ state }) => state === "waiting")
            .map(({ id, name }) => ({ knockId: id, name, userName: name }))
        : [];
      const chat = await recentChat({ ...ctx, db: tx }, roomId);
      return { own, room: facts, participants: people, users: people, knocks, chat, seq: room.seq, ts: Date.now() };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

export async function factsOf(ctx: Ctx, room: typeof rooms.$inferSelect): Promise<RoomFacts> {
  const entitlement = await entitlementsOf(ctx, room.accountId);
  const { seats, topology } = carry(room, entitlement?.maxParticipants ?? Number.POSITIVE_INFINITY);
  return {
    id: room.id,
    name: room.name,
    type: room.kind,
    maxParticipants: seats,
    topology,
    locked: room.isLocked,
    waitingRoom: room.hasWaitingRoom,
    branding: entitlement?.branding ?? "parley",
    brand: await brandOf(ctx, room.accountId, entitlement),
  };
}

/** What was written in the meeting that runs, oldest first. */
async function recentChat(ctx: Ctx, roomId: Id<"room">): Promise<ChatMessage[]> {
  const rows = await ctx.db
    .select({ message: chatMessages, name: participants.name })
    .from(chatMessages)
    .innerJoin(meetings, and(eq(meetings.id, chatMessages.meetingId), isNull(meetings.endedAt)))
    .innerJoin(participants, eq(participants.id, chatMessages.participantId))
    .where(and(eq(chatMessages.roomId, roomId), isNull(chatMessages.deletedAt)))
    .orderBy(desc(chatMessages.id))
    .limit(CHAT_SHOWN);
  return rows.reverse().map(({ message, name }) => written(message, name));
}

export const written = (row: typeof chatMessages.$inferSelect, name: string): ChatMessage => ({
  id: row.id,
  from: row.participantId,
  userId: row.participantId,
  userName: name,
  text: row.text,
  clientId: row.clientId,
  ts: row.sentAt.getTime(),
});
