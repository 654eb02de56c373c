import { z } from "zod";
import type { Ack } from "./ack";
import { moderationCalls } from "./moderation";
import { relayCalls } from "./relay";
import { durableEvents, passingEvents } from "./room-events";
import {
  ChatMessage,
  DeviceId,
  Grants,
  IceServer,
  Knock,
  Media,
  Participant,
  ParticipantId,
  PersonName,
  ROOM_KINDS,
  ROOM_ROLES,
  RoomFacts,
  RoomId,
  Secret,
} from "./room-parts";
import { talkCalls } from "./talk";

/** Both spellings of the documented clients are read; what comes out has one. */
const JoinRoom = z
  .object({
    roomId: RoomId,
    name: PersonName.optional(),
    userName: PersonName.optional(),
    type: z.enum(ROOM_KINDS).optional(),
    mediaType: z.enum(ROOM_KINDS).optional(),
    /** Names the device, so that a reload takes its own place again. */
    deviceId: DeviceId.optional(),
    media: Media.partial().optional(),
    /** Take the place over from another device of the same person. */
    move: z.boolean().default(false),
  })
  .transform(({ userName, name, type, mediaType, media, ...rest }) => ({
    ...rest,
    name: name ?? userName,
    type: type ?? mediaType,
    media: { audio: media?.audio ?? true, video: media?.video ?? (type ?? mediaType) !== "voice", screen: false },
  }));
export type JoinRoom = z.output<typeof JoinRoom>;

const ResumeRoom = z.object({
  roomId: RoomId,
  participantId: ParticipantId,
  resumeToken: Secret,
  lastSeq: z.number().int().min(0).default(0),
});
export type ResumeRoom = z.output<typeof ResumeRoom>;

/** All that somebody needs on coming in: who is here as of `seq`; later events carry `seq + 1` and so on. */
export const JoinedRoom = z.object({
  roomId: RoomId,
  room: RoomFacts,
  participantId: ParticipantId,
  userId: ParticipantId,
  name: z.string(),
  role: z.enum(ROOM_ROLES),
  grants: Grants,
  media: Media,
  /** Good for one return; each answer brings the next one. */
  resumeToken: z.string(),
  /** For a guest: what to open the next socket with, once the token that was used to come in has run out. */
  token: z.string().optional(),
  epoch: z.number(),
  iceServers: z.array(IceServer),
  iceTtlMs: z.number(),
  users: z.array(Participant),
  participants: z.array(Participant),
  knocks: z.array(Knock),
  chat: z.array(ChatMessage),
  seq: z.number(),
  ts: z.number(),
});
export type JoinedRoom = z.output<typeof JoinedRoom>;

export const RoomState = JoinedRoom.pick({
  room: true,
  participants: true,
  users: true,
  knocks: true,
  chat: true,
  seq: true,
  ts: true,
});
export type RoomState = z.output<typeof RoomState>;

export const nothing = z.object({});

/** What a browser may ask, and what it hears back. A client that sends no acknowledgement hears refusals as `error`. */
export const roomCalls = {
  "join-room": { input: JoinRoom, output: JoinedRoom },
  "resume-room": { input: ResumeRoom, output: JoinedRoom },
  "leave-room": { input: z.object({ reason: z.string().max(64).optional() }).default({}), output: nothing },
  "room-state": { input: nothing.default({}), output: RoomState },
  "turn-refresh": {
    input: nothing.default({}),
    output: z.object({ iceServers: z.array(IceServer), iceTtlMs: z.number() }),
  },
  "time-sync": { input: z.object({ t0: z.number() }), output: z.object({ t0: z.number(), t1: z.number() }) },
  ...relayCalls,
  ...talkCalls,
  ...moderationCalls,
} as const;

export type RoomCalls = typeof roomCalls;
export type RoomCallName = keyof RoomCalls;
export type RoomInput<K extends RoomCallName> = z.output<RoomCalls[K]["input"]>;
export type RoomOutput<K extends RoomCallName> = z.output<RoomCalls[K]["output"]>;

/** For `socket.io-client`: `Socket<RoomServerEvents, RoomClientEvents>`. */
export type RoomClientEvents = {
  [K in RoomCallName]: (input: z.input<RoomCalls[K]["input"]>, ack: (reply: Ack<RoomOutput<K>>) => void) => void;
};

/** What the server says unasked. Durable events carry `seq` and can be had again; the others pass. */
export const roomServerEvents = { "joined-room": JoinedRoom, ...durableEvents, ...passingEvents } as const;

export type RoomServerEvents = {
  [K in keyof typeof roomServerEvents]: (body: z.output<(typeof roomServerEvents)[K]>) => void;
};
