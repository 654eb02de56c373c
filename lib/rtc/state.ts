import type {
  ChatMessage,
  EndReason,
  Grants,
  Knock,
  LeaveReason,
  Media,
  Participant,
  RoomFacts,
  RoomKind,
  RoomRole,
} from "@/lib/protocol/room-parts";
import type { MultimediaError } from "./error";

export type ParticipantRef = Participant["id"];

/** How the media between you and one other person stands. */
export type PeerLink = "connecting" | "connected" | "reconnecting" | "failed";

/** A room as a page shows it. Replaced as a whole whenever one fact changes; figures that change by the second stand elsewhere. */
export type CallState = {
  phase: "idle" | "connecting" | "waiting" | "connected" | "reconnecting" | "ended";
  room: RoomFacts | null;
  self: Self | null;
  /** The others, in the order in which they came. */
  people: readonly Person[];
  chat: readonly ChatEntry[];
  /** Who stands before the door, for those who may open it. */
  knocks: readonly Knock[];
  /** Which attempt at the server this is, and when it is made, by `Date.now()`. */
  reconnect: { attempt: number; nextAtMs: number; sinceMs: number } | null;
  /** Why the call is over. */
  ended: Ended | null;
  /** Why the last attempt to come in was refused. */
  refused: MultimediaError | null;
  /** The plan's minutes run out. */
  warning: { percent: number; remainingMinutes: number; endsAtMs: number | null } | null;
};

export type Ended = { reason: LeaveReason | EndReason | "flood" | "unreachable"; message: string };

export type Self = {
  id: ParticipantRef;
  name: string;
  role: RoomRole;
  grants: Grants;
  hand: boolean;
  media: Media;
};

export type Person = {
  id: ParticipantRef;
  name: string;
  role: RoomRole;
  hand: boolean;
  /** What they say that they send. */
  media: Media;
  /** The server waits for their line. */
  isAway: boolean;
  link: PeerLink;
  /** Microphone and camera. The same object for as long as they are here. */
  stream: MediaStream | null;
  /** What they share, while they do. */
  screen: MediaStream | null;
  quality: QualityLevel;
};

export type QualityLevel = "unknown" | "good" | "fair" | "poor" | "lost";

export type ChatEntry = Omit<ChatMessage, "id"> & {
  id: ChatMessage["id"] | null;
  /** `sending`: not with the server yet. */
  state: "sending" | "sent" | "failed";
};

/** What a page asks for on coming in. */
export type JoinRequest = {
  roomId: string;
  name: string;
  type?: RoomKind;
  /** Take the place over from another device. */
  move?: boolean;
};

/** One event for each fact, after the state has it. */
export type CallEvents = {
  joined: { roomId: string; participantId: ParticipantRef };
  waiting: { roomId: string };
  /** What opens the next line, for a page that has to come back by itself. The one that was shown first runs out. */
  "token-renewed": { token: string };
  "person-joined": Person;
  "person-left": { id: ParticipantRef; name: string; reason: LeaveReason };
  "person-away": Person;
  "person-back": Person;
  "person-updated": Person;
  /** Their picture and sound are at `person.stream`. */
  "stream-added": { person: Person; stream: MediaStream };
  "screen-added": { person: Person; stream: MediaStream };
  "screen-removed": { person: Person };
  "media-toggled": {
    id: ParticipantRef;
    name: string;
    kind: "audio" | "video" | "screen";
    enabled: boolean;
    by: ParticipantRef;
  };
  "muted-by": { kind: "audio" | "video" | "screen"; by: ParticipantRef };
  "chat-message": ChatEntry;
  "chat-deleted": { id: string };
  reaction: { id: ParticipantRef; name: string; emoji: string };
  caption: { id: ParticipantRef; name: string; text: string; final: boolean; lang?: string };
  knock: Knock;
  "room-updated": RoomFacts;
  "minutes-warning": NonNullable<CallState["warning"]>;
  reconnecting: { attempt: number };
  reconnected: { roomId: string };
  ended: Ended;
};

export const nobodyYet: CallState = {
  phase: "idle",
  room: null,
  self: null,
  people: [],
  chat: [],
  knocks: [],
  reconnect: null,
  ended: null,
  refused: null,
  warning: null,
};
