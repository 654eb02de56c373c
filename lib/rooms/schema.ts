import { z } from "zod";
import { BRANDINGS } from "@/lib/entitlements/schema";
import { idSchema, line, Page } from "@/lib/input";
import {
  type LeaveReason,
  ParticipantId,
  PersonName,
  ROOM_KINDS,
  ROOM_ROLES,
  RoomBrand,
  RoomId,
  type RoomRole,
  Secret,
} from "@/lib/protocol/room-parts";

const MOST_TOKEN_SECONDS = 24 * 60 * 60;
const USUAL_TOKEN_SECONDS = 10 * 60;
const MOST_LINK_HOURS = 24 * 365;
const GIVEN_ROLES = ["moderator", "speaker", "listener"] as const;

const RoomName = line(80, "name");
const Kind = z.enum(ROOM_KINDS);

export const OpenRoom = z.strictObject({
  name: RoomName.default("Room").describe("What people read above the call"),
  type: Kind.default("video"),
  maxParticipants: z.number().int().min(2).max(1_000).optional().describe("Fewer seats than the plan has"),
  waitingRoom: z.boolean().default(false).describe("Guests wait until somebody inside lets them in"),
  locked: z.boolean().default(false).describe("Nobody but hosts and moderators comes in"),
});
export type OpenRoom = z.output<typeof OpenRoom>;

export const RoomRef = z.strictObject({ id: RoomId });
export type RoomRef = z.output<typeof RoomRef>;

export const RoomChanges = z
  .strictObject({ name: RoomName.optional(), waitingRoom: z.boolean().optional(), locked: z.boolean().optional() })
  .refine(
    (changes) => Object.values(changes).some((value) => value !== undefined),
    "Name at least one field to change.",
  );
export type RoomChanges = z.output<typeof RoomChanges>;

export const ListRooms = Page.extend({
  state: z.enum(["open", "closed"]).default("open"),
  cursor: RoomId.optional().describe("`nextCursor` of the page before"),
});
export type ListRooms = z.output<typeof ListRooms>;

export const Room = z.object({
  id: RoomId,
  name: z.string(),
  type: Kind,
  state: z.enum(["open", "closed"]),
  maxParticipants: z.number().describe("How many the room holds now"),
  participants: z.number().describe("How many are inside"),
  locked: z.boolean(),
  waitingRoom: z.boolean(),
  branding: z.enum(BRANDINGS),
  createdAt: z.date(),
  closedAt: z.date().nullable(),
});
export type Room = z.output<typeof Room>;

export const PersonInside = z.object({
  id: ParticipantId,
  name: z.string(),
  role: z.enum(ROOM_ROLES),
  since: z.date(),
  reconnecting: z.boolean(),
});

export type Inside = Pick<z.output<typeof PersonInside>, "id" | "name" | "role"> & { roomId: Room["id"] };

export const RoomWithPeople = Room.extend({ brand: RoomBrand.nullable(), people: z.array(PersonInside) });
export type RoomWithPeople = z.output<typeof RoomWithPeople>;

export const RoomPage = z.object({ rooms: z.array(Room), nextCursor: RoomId.nullable() });
export type RoomPage = z.output<typeof RoomPage>;

export const MintToken = z.strictObject({
  name: PersonName.optional().describe("What the others read. Left out, its holder chooses"),
  subject: line(100, "subject").optional().describe("Whom you mean: the same subject is one person in the room"),
  role: z.enum(ROOM_ROLES).default("speaker"),
  expiresInSeconds: z.number().int().min(30).max(MOST_TOKEN_SECONDS).default(USUAL_TOKEN_SECONDS),
});
export type MintToken = z.output<typeof MintToken>;

export const JoinToken = z.object({
  token: z.string().describe("What the browser opens its socket with"),
  roomId: RoomId,
  role: z.enum(ROOM_ROLES),
  expiresAt: z.date(),
});
export type JoinToken = z.output<typeof JoinToken>;

export const MakeLink = z.strictObject({
  label: line(60, "label").default("Guest link"),
  role: z.enum(GIVEN_ROLES).default("speaker").describe("`listener` sends neither sound nor picture"),
  oneTime: z.boolean().default(false).describe("Spent by the first person who comes in"),
  expiresInHours: z.number().positive().max(MOST_LINK_HOURS).nullable().default(24),
});
export type MakeLink = z.output<typeof MakeLink>;

export const Link = z.object({
  id: idSchema("link"),
  label: z.string(),
  role: z.enum(ROOM_ROLES),
  oneTime: z.boolean(),
  state: z.enum(["live", "spent", "expired", "revoked"]),
  createdAt: z.date(),
  expiresAt: z.date().nullable(),
  usedAt: z.date().nullable(),
});
export type Link = z.output<typeof Link>;

export const MadeLink = Link.extend({ url: z.url().describe("Shown once: only a hash of its secret is kept") });
export type MadeLink = z.output<typeof MadeLink>;

export const LinkList = z.object({ links: z.array(Link) });
export const LinkRef = z.strictObject({ id: RoomId, linkId: idSchema("link") });
export type LinkRef = z.output<typeof LinkRef>;

export const EnterByLink = z.strictObject({ link: Secret, name: PersonName.optional() });
export type EnterByLink = z.output<typeof EnterByLink>;

/** What a guest learns before the door: enough to know where they are. */
export const Entry = JoinToken.extend({
  room: z.object({
    id: RoomId,
    name: z.string(),
    type: Kind,
    branding: z.enum(BRANDINGS),
    brand: RoomBrand.nullable(),
    waitingRoom: z.boolean(),
  }),
});
export type Entry = z.output<typeof Entry>;

export const AskIce = z.strictObject({ participantId: ParticipantId });
export const Ice = z.object({
  iceServers: z.array(
    z.object({ urls: z.array(z.string()), username: z.string().optional(), credential: z.string().optional() }),
  ),
  ttlSeconds: z.number(),
});
export type Ice = z.output<typeof Ice>;

export const LeaveByPage = z.strictObject({ participantId: ParticipantId, resumeToken: Secret });
export type LeaveByPage = z.output<typeof LeaveByPage>;
export const Left = z.object({ left: z.literal(true) });

/** Who calls whom where one person tries a call out alone. */
export const TRIAL_PEOPLE = ["Noor", "Dana"] as const;
export type TrialPerson = (typeof TRIAL_PEOPLE)[number];

/** Whose room it is tried out in, or what the visitor lacks. */
export type TrialDoor = "plan" | "sandbox" | "sign-in" | "no-plan";

/** A token for each of the two, in their order; `endsAt` where the room ends by itself. */
export type Trial = { roomId: Room["id"]; tokens: string[]; endsAt: Date | null };

export const ListMeetings = Page.extend({ cursor: idSchema("meeting").optional() });
export type ListMeetings = z.output<typeof ListMeetings>;

export const Meeting = z.object({
  id: idSchema("meeting"),
  startedAt: z.date(),
  endedAt: z.date().nullable(),
  roomSeconds: z.number().describe("While two or more were connected"),
  participantSeconds: z.number().describe("Each one's, summed"),
  mostAtOnce: z.number(),
});
export type Meeting = z.output<typeof Meeting>;

export const MeetingRef = z.strictObject({ id: RoomId, meetingId: idSchema("meeting") });
export type MeetingRef = z.output<typeof MeetingRef>;

/** One stretch of presence; `returns` counts the lines that were lost and came back within it. */
export type Stretch = { fromAt: Date; untilAt: Date | null; returns: number };

export type MeetingPerson = {
  id: z.output<typeof ParticipantId>;
  name: string;
  role: RoomRole;
  /** The guest link that they came by. */
  link: string | null;
  /** At the door, which in a room that has people wait is before they came in. */
  arrivedAt: Date;
  leftAt: Date | null;
  leftReason: LeaveReason | null;
  stretches: Stretch[];
};

/** What was said to the room meanwhile; kept for a day. */
export type MeetingEvent = { at: Date; name: string; participantId: string | null; body: Record<string, unknown> };

/** One meeting with all that the house still knows of it. */
export type MeetingStory = Meeting & { messages: number; people: MeetingPerson[]; events: MeetingEvent[] };

export const MeetingPage = z.object({ meetings: z.array(Meeting), nextCursor: idSchema("meeting").nullable() });
export type MeetingPage = z.output<typeof MeetingPage>;
