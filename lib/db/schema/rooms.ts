import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import type { Id } from "@/lib/ids";
import type { LeaveReason, RoomKind, RoomRole } from "@/lib/protocol/room-parts";
import { accounts } from "./accounts";
import { instant, stampedNow, transactionId } from "./columns";

const roomId = () =>
  text()
    .$type<Id<"room">>()
    .notNull()
    .references(() => rooms.id);

/** One row is a place where people meet. Its lock is the lock of everybody who is in it. */
export const rooms = pgTable(
  "rooms",
  {
    id: text().$type<Id<"room">>().primaryKey(),
    accountId: text()
      .$type<Id<"account">>()
      .notNull()
      .references(() => accounts.id),
    name: text().notNull(),
    kind: text().$type<RoomKind>().notNull(),
    /** Fewer seats than the plan has, where whoever opened it wanted that. */
    seats: integer(),
    isLocked: boolean().notNull().default(false),
    hasWaitingRoom: boolean().notNull().default(false),
    /** The number of its last event. */
    seq: bigint({ mode: "number" }).notNull().default(0),
    /** The account itself, where the house opened it. */
    createdBy: text().$type<Id<"user"> | Id<"key"> | Id<"account">>().notNull(),
    /** Business time: it counts against the plan's period. */
    createdAt: instant().notNull(),
    closedAt: instant(),
  },
  (table) => [
    index("rooms_account").on(table.accountId, table.id),
    index("rooms_period").on(table.accountId, table.createdAt),
    check("rooms_kind", sql`${table.kind} in ('video', 'voice')`),
    check("rooms_seats", sql`${table.seats} >= 2`),
  ],
);

/** One row is an address by which guests come in without a login. Only the hash of its secret is kept. */
export const roomLinks = pgTable(
  "room_links",
  {
    id: text().$type<Id<"link">>().primaryKey(),
    roomId: roomId(),
    label: text().notNull(),
    role: text().$type<RoomRole>().notNull(),
    secretHash: text().notNull().unique("room_links_secret"),
    isOneTime: boolean().notNull(),
    createdBy: text().$type<Id<"user"> | Id<"key">>().notNull(),
    createdAt: stampedNow(),
    expiresAt: instant(),
    /** When somebody first came in by it; a one-time link is spent then. */
    usedAt: instant(),
    revokedAt: instant(),
  },
  (table) => [
    index("room_links_room").on(table.roomId, table.id),
    check("room_links_role", sql`${table.role} in ('moderator', 'speaker', 'listener')`),
  ],
);

/**
 * One row is a meeting: from the first one who comes into an empty room to the last one who leaves it. While it runs,
 * its minutes follow from the presence below; once it has ended they are written here. They belong to the period in
 * which it began, and a meeting ends and goes on as another where a period ends.
 */
export const meetings = pgTable(
  "meetings",
  {
    id: text().$type<Id<"meeting">>().primaryKey(),
    roomId: roomId(),
    accountId: text()
      .$type<Id<"account">>()
      .notNull()
      .references(() => accounts.id),
    /** Business time. */
    beganAt: instant().notNull(),
    /** Elapsed time, as everything below. */
    startedAt: instant().notNull(),
    endedAt: instant(),
    /** So long two or more were connected. */
    roomMs: bigint({ mode: "number" }).notNull().default(0),
    /** So long each was connected, summed. */
    participantMs: bigint({ mode: "number" }).notNull().default(0),
    mostAtOnce: integer().notNull().default(0),
    /** Set at the plan's limit: until then it may finish. */
    graceUntil: instant(),
  },
  (table) => [
    uniqueIndex("meetings_running").on(table.roomId).where(sql`${table.endedAt} is null`),
    index("meetings_period").on(table.accountId, table.beganAt),
    index("meetings_room").on(table.roomId, table.id),
  ],
);

/** One row is one person's place in a room, whatever lines they come over. */
export const participants = pgTable(
  "participants",
  {
    id: text().$type<Id<"participant">>().primaryKey(),
    roomId: roomId(),
    /** Who it is: a user, a device of a key, or the holder of a pass. One place for each. */
    identity: text().notNull(),
    deviceId: text(),
    linkId: text()
      .$type<Id<"link">>()
      .references(() => roomLinks.id),
    name: text().notNull(),
    role: text().$type<RoomRole>().notNull(),
    state: text().$type<"waiting" | "admitted" | "inside" | "left">().notNull(),
    leftReason: text().$type<LeaveReason>(),
    hasAudio: boolean().notNull().default(false),
    hasVideo: boolean().notNull().default(false),
    hasScreen: boolean().notNull().default(false),
    hasHandUp: boolean().notNull().default(false),
    /** Told to the others, because the line has been gone for a while. */
    isReconnecting: boolean().notNull().default(false),
    /** Counts the lines that it came over. */
    epoch: integer().notNull().default(0),
    /** The event with which it came in; who has the lower one was there first. */
    joinedSeq: bigint({ mode: "number" }).notNull().default(0),
    /** The hash of the one secret that brings it back over another line. */
    resumeHash: text(),
    /** The last sign of life, by the database's clock. */
    seenAt: instant().notNull().default(sql`clock_timestamp()`),
    createdAt: stampedNow(),
    leftAt: instant(),
  },
  (table) => [
    uniqueIndex("participants_present").on(table.roomId, table.identity).where(sql`${table.state} <> 'left'`),
    index("participants_room").on(table.roomId, table.id),
    check("participants_state", sql`${table.state} in ('waiting', 'admitted', 'inside', 'left')`),
    check("participants_role", sql`${table.role} in ('host', 'moderator', 'speaker', 'listener')`),
    check("participants_left", sql`(${table.state} = 'left') = (${table.leftAt} is not null)`),
  ],
);

/**
 * One row is a stretch for which somebody was connected. While it is open it reaches to their last sign of life;
 * who comes back within twenty seconds goes on with it.
 */
export const presence = pgTable(
  "presence",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    meetingId: text()
      .$type<Id<"meeting">>()
      .notNull()
      .references(() => meetings.id),
    participantId: text()
      .$type<Id<"participant">>()
      .notNull()
      .references(() => participants.id),
    fromAt: instant().notNull(),
    untilAt: instant(),
    /** How often the line was lost and came back within it. */
    returns: integer().notNull().default(0),
  },
  (table) => [
    uniqueIndex("presence_open").on(table.participantId).where(sql`${table.untilAt} is null`),
    index("presence_meeting").on(table.meetingId),
    index("presence_participant").on(table.participantId, table.id),
    check("presence_order", sql`${table.untilAt} >= ${table.fromAt}`),
  ],
);

/** One row is something that the people in a room are told, in commit order, by every process that holds one of their lines. */
export const roomEvents = pgTable(
  "room_events",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    transactionId: transactionId().notNull().default(sql`pg_current_xact_id()`),
    roomId: roomId(),
    /** Its place in the room; null for what is for one person or of the moment. */
    seq: bigint({ mode: "number" }),
    name: text().notNull(),
    body: jsonb().$type<Record<string, unknown>>().notNull(),
    /** Everybody where this is null, else one person or all who moderate. */
    audience: text().$type<Id<"participant"> | "moderators">(),
    at: instant().notNull().default(sql`clock_timestamp()`),
  },
  (table) => [
    uniqueIndex("room_events_place").on(table.roomId, table.seq).where(sql`${table.seq} is not null`),
    index("room_events_cursor").on(table.transactionId, table.id),
    index("room_events_at").on(table.at),
  ],
);

/** One row is one message that somebody wrote to a room. */
export const chatMessages = pgTable(
  "chat_messages",
  {
    id: text().$type<Id<"chat">>().primaryKey(),
    roomId: roomId(),
    meetingId: text()
      .$type<Id<"meeting">>()
      .notNull()
      .references(() => meetings.id),
    participantId: text()
      .$type<Id<"participant">>()
      .notNull()
      .references(() => participants.id),
    /** The sender's own name for it, so that a repeat says nothing twice. */
    clientId: text().notNull(),
    text: text().notNull(),
    sentAt: instant().notNull().default(sql`clock_timestamp()`),
    deletedAt: instant(),
  },
  (table) => [
    uniqueIndex("chat_messages_once").on(table.participantId, table.clientId),
    index("chat_messages_meeting").on(table.meetingId, table.id),
  ],
);
