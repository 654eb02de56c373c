import { and, asc, count, eq, gte, inArray, isNull, lte, sql } from "drizzle-orm";
import { type Ctx, type MemberActor, requireScope } from "@/lib/ctx";
import { chatMessages, meetings, participants, presence, roomEvents, roomLinks } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import type { DurableName } from "@/lib/protocol/room-events";
import { asMeeting, meetingColumns, meetingTotals } from "./internal";
import type { MeetingEvent, MeetingPerson, MeetingRef, MeetingStory } from "./schema";

const MOST_SHOWN = 500;

/** Joining and leaving are told by the presence, which is kept; these are not. */
const TOLD: DurableName[] = [
  "user-reconnecting",
  "user-resumed",
  "user-media-toggled",
  "room-updated",
  "limit-warning",
  "room-ended",
];

/** One meeting from the first to the last, as far as the house still knows it. */
export async function getMeeting(ctx: Ctx<MemberActor>, { id, meetingId }: MeetingRef): Promise<MeetingStory> {
  requireScope(ctx, "rooms:read");
  const [row] = await ctx.db
    .select(meetingColumns)
    .from(meetings)
    .innerJoin(meetingTotals, sql`true`)
    .where(and(eq(meetings.id, meetingId), eq(meetings.roomId, id), eq(meetings.accountId, ctx.actor.accountId)));
  if (!row) throw notFound("Call");
  const meeting = asMeeting(row);
  const [people, events, [written]] = await Promise.all([
    peopleOf(ctx, meetingId),
    eventsOf(ctx, { roomId: id, ...meeting }),
    ctx.db
      .select({ messages: count() })
      .from(chatMessages)
      .where(and(eq(chatMessages.meetingId, meetingId), isNull(chatMessages.deletedAt))),
  ]);
  return {
    ...meeting,
    messages: written?.messages ?? 0,
    people,
    events,
  };
}

async function peopleOf(ctx: Ctx, meetingId: Id<"meeting">): Promise<MeetingPerson[]> {
  const rows = await ctx.db
    .select({
      person: {
        id: participants.id,
        name: participants.name,
        role: participants.role,
        link: roomLinks.label,
        arrivedAt: participants.createdAt,
        leftAt: participants.leftAt,
        leftReason: participants.leftReason,
      },
      stretch: { fromAt: presence.fromAt, untilAt: presence.untilAt, returns: presence.returns },
    })
    .from(presence)
    .innerJoin(participants, eq(participants.id, presence.participantId))
    .leftJoin(roomLinks, eq(roomLinks.id, participants.linkId))
    .where(eq(presence.meetingId, meetingId))
    .orderBy(asc(presence.id))
    .limit(MOST_SHOWN);
  const people = new Map<string, MeetingPerson>();
  for (const { person, stretch } of rows) {
    const known = people.get(person.id);
    if (known) known.stretches.push(stretch);
    else people.set(person.id, { ...person, stretches: [stretch] });
  }
  return [...people.values()];
}

async function eventsOf(
  ctx: Ctx,
  { roomId, startedAt, endedAt }: { roomId: Id<"room">; startedAt: Date; endedAt: Date | null },
): Promise<MeetingEvent[]> {
  const rows = await ctx.db
    .select({ at: roomEvents.at, name: roomEvents.name, body: roomEvents.body })
    .from(roomEvents)
    .where(
      and(
        eq(roomEvents.roomId, roomId),
        inArray(roomEvents.name, TOLD),
        gte(roomEvents.at, startedAt),
        endedAt ? lte(roomEvents.at, endedAt) : undefined,
      ),
    )
    .orderBy(asc(roomEvents.id))
    .limit(MOST_SHOWN);
  return rows.map(({ body, ...event }) => ({
    ...event,
    body,
    participantId: typeof body.participantId === "string" ? body.participantId : null,
  }));
}
