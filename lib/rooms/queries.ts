import { and, asc, count, desc, eq, isNotNull, isNull, lt, sql } from "drizzle-orm";
import { brandOf } from "@/lib/branding/queries";
import { type Ctx, type MemberActor, requireScope } from "@/lib/ctx";
import { meetings, participants, presence, rooms } from "@/lib/db/schema";
import { entitlementsOf } from "@/lib/entitlements/queries";
import { notFound } from "@/lib/errors";
import { asMeeting, asRoom, meetingColumns, meetingTotals } from "./internal";
import type { Inside, ListMeetings, ListRooms, MeetingPage, RoomPage, RoomRef, RoomWithPeople } from "./schema";

/** The account's rooms, newest first, and how many are in each. */
export async function listRooms(ctx: Ctx<MemberActor>, { state, limit, cursor }: ListRooms): Promise<RoomPage> {
  requireScope(ctx, "rooms:read");
  const { accountId } = ctx.actor;
  const inside = ctx.db
    .select({ roomId: participants.roomId, people: count().as("people") })
    .from(participants)
    .where(eq(participants.state, "inside"))
    .groupBy(participants.roomId)
    .as("inside");
  const rows = await ctx.db
    .select({ room: rooms, people: inside.people })
    .from(rooms)
    .leftJoin(inside, eq(inside.roomId, rooms.id))
    .where(
      and(
        eq(rooms.accountId, accountId),
        state === "open" ? isNull(rooms.closedAt) : isNotNull(rooms.closedAt),
        cursor && lt(rooms.id, cursor),
      ),
    )
    .orderBy(desc(rooms.id))
    .limit(limit + 1);
  const entitlement = await entitlementsOf(ctx, accountId);
  const page = rows.slice(0, limit).map(({ room, people }) => asRoom(room, people ?? 0, entitlement));
  return { rooms: page, nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

/** One room and who is in it. */
export async function getRoom(ctx: Ctx<MemberActor>, { id }: RoomRef): Promise<RoomWithPeople> {
  requireScope(ctx, "rooms:read");
  const { accountId } = ctx.actor;
  const [room] = await ctx.db
    .select()
    .from(rooms)
    .where(and(eq(rooms.id, id), eq(rooms.accountId, accountId)));
  if (!room) throw notFound("Room");
  const people = await ctx.db
    .select({
      id: participants.id,
      name: participants.name,
      role: participants.role,
      reconnecting: participants.isReconnecting,
      since: sql<Date>`min(${presence.fromAt})`.mapWith(presence.fromAt),
    })
    .from(participants)
    .innerJoin(presence, eq(presence.participantId, participants.id))
    .where(and(eq(participants.roomId, id), eq(participants.state, "inside")))
    .groupBy(participants.id)
    .orderBy(asc(participants.joinedSeq));
  const entitlement = await entitlementsOf(ctx, accountId);
  return { ...asRoom(room, people.length, entitlement), brand: await brandOf(ctx, accountId, entitlement), people };
}

const MOST_INSIDE = 1_000;

/** Everybody who is in a room of the account now, those who came first before the others. */
export async function listInside(ctx: Ctx<MemberActor>): Promise<Inside[]> {
  requireScope(ctx, "rooms:read");
  return ctx.db
    .select({ roomId: participants.roomId, id: participants.id, name: participants.name, role: participants.role })
    .from(participants)
    .innerJoin(rooms, eq(rooms.id, participants.roomId))
    .where(and(eq(rooms.accountId, ctx.actor.accountId), eq(participants.state, "inside")))
    .orderBy(asc(participants.joinedSeq))
    .limit(MOST_INSIDE);
}

/** What took place in a room, newest first. A meeting that runs is as long as it is by now. */
export async function listMeetings(
  ctx: Ctx<MemberActor>,
  { id, limit, cursor }: RoomRef & ListMeetings,
): Promise<MeetingPage> {
  requireScope(ctx, "rooms:read");
  await getRoom(ctx, { id });
  const rows = await ctx.db
    .select(meetingColumns)
    .from(meetings)
    .innerJoin(meetingTotals, sql`true`)
    .where(and(eq(meetings.roomId, id), eq(meetings.accountId, ctx.actor.accountId), cursor && lt(meetings.id, cursor)))
    .orderBy(desc(meetings.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit).map(asMeeting);
  return { meetings: page, nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}
