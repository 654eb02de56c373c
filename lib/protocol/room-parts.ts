import { z } from "zod";
import { idSchema, line, prose } from "@/lib/input";
import { LIMITS } from "./limits";

export const ROOM_KINDS = ["video", "voice"] as const;
export type RoomKind = (typeof ROOM_KINDS)[number];

/** From the one who may do most to the one who may do least. */
export const ROOM_ROLES = ["host", "moderator", "speaker", "listener"] as const;
export type RoomRole = (typeof ROOM_ROLES)[number];

export const MEDIA_KINDS = ["audio", "video", "screen"] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];

export const LEAVE_REASONS = ["left", "lost", "kicked", "banned", "replaced", "ended", "refused"] as const;
export type LeaveReason = (typeof LEAVE_REASONS)[number];

export const END_REASONS = ["deleted", "ended", "plan_limit"] as const;
export type EndReason = (typeof END_REASONS)[number];

export const RoomId = idSchema("room");
export const ParticipantId = idSchema("participant");
export const ChatId = idSchema("chat");
export const PersonName = line(LIMITS.nameCharacters, "name");
export const ChatText = prose(LIMITS.chatCharacters, "text");
export const DeviceId = z.string().min(8).max(64);
export const Secret = z.string().min(16).max(128);

export const Media = z.object({ audio: z.boolean(), video: z.boolean(), screen: z.boolean() });
export type Media = z.output<typeof Media>;

/** What a role lets somebody do; the server decides it, never the page. */
export const Grants = z.object({ publish: z.boolean(), chat: z.boolean(), moderate: z.boolean() });
export type Grants = z.output<typeof Grants>;

export const Sdp = z.string().startsWith("v=0", "A description begins with v=0.").max(LIMITS.sdpCharacters);

/** A description as a browser makes it, or its bare text. */
export const Description = z.union([Sdp, z.object({ type: z.string().max(16).optional(), sdp: Sdp })]);

export const Candidate = z.object({
  candidate: z.string().max(LIMITS.candidateCharacters),
  sdpMid: z.string().max(64).nullish(),
  sdpMLineIndex: z.number().int().min(0).max(64).nullish(),
  usernameFragment: z.string().max(256).nullish(),
});
export type Candidate = z.output<typeof Candidate>;

/** How a description or candidate belongs to a negotiation; carried unchanged from one end to the other. */
export const negotiation = {
  negId: z.union([z.string().max(64), z.number()]).optional(),
  epoch: z.number().int().min(0).optional(),
  ufrag: z.string().max(256).optional(),
  iceRestart: z.boolean().optional(),
  tracks: z
    .array(
      z.object({
        mid: z.string().max(64),
        kind: z.enum(["audio", "video"]),
        source: z.enum(["microphone", "camera", "screen", "screen-audio"]),
        trackId: z.string().max(128).optional(),
      }),
    )
    .max(16)
    .optional(),
};

export const IceServer = z.object({
  urls: z.array(z.string()),
  username: z.string().optional(),
  credential: z.string().optional(),
});
export type IceServer = z.output<typeof IceServer>;

/**
 * Somebody in a room, as one other person sees them. `offerer`: you make the first offer to them. `polite`: where two
 * offers meet, you give way to them. Both are the server's word and follow who was there first.
 */
export const Participant = z.object({
  id: ParticipantId,
  participantId: ParticipantId,
  userId: ParticipantId,
  name: z.string(),
  userName: z.string(),
  role: z.enum(ROOM_ROLES),
  media: Media,
  hand: z.boolean(),
  reconnecting: z.boolean(),
  epoch: z.number(),
  polite: z.boolean(),
  offerer: z.boolean(),
});
export type Participant = z.output<typeof Participant>;

export const ChatMessage = z.object({
  id: ChatId,
  from: ParticipantId,
  userId: ParticipantId,
  userName: z.string(),
  text: z.string(),
  clientId: z.string(),
  ts: z.number(),
});
export type ChatMessage = z.output<typeof ChatMessage>;

/** How the account that owns a room looks to the people in it. A colour is `#rrggbb`, a logo the path of a PNG here. */
export const RoomBrand = z.object({
  name: z.string(),
  accent: z.string().nullable(),
  ground: z.string().nullable(),
  logo: z.string().nullable(),
});
export type RoomBrand = z.output<typeof RoomBrand>;

export const RoomFacts = z.object({
  id: RoomId,
  name: z.string(),
  type: z.enum(ROOM_KINDS),
  maxParticipants: z.number(),
  topology: z.literal("mesh"),
  locked: z.boolean(),
  waitingRoom: z.boolean(),
  /** With `white-label` nothing of Parley's is shown. */
  branding: z.enum(["parley", "custom", "white-label"]),
  /** Nothing where the account's plan has no branding of its own. */
  brand: RoomBrand.nullable(),
});
export type RoomFacts = z.output<typeof RoomFacts>;

/** Somebody who stands before the door, as a moderator sees them. */
export const Knock = z.object({ knockId: ParticipantId, name: z.string(), userName: z.string() });
export type Knock = z.output<typeof Knock>;
