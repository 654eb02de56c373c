import { z } from "zod";
import { relayEvents } from "./relay";
import {
  ChatId,
  ChatMessage,
  END_REASONS,
  Knock,
  LEAVE_REASONS,
  MEDIA_KINDS,
  Participant,
  ParticipantId,
  ROOM_ROLES,
  RoomFacts,
  RoomId,
} from "./room-parts";

/** The place of an event in its room. A gap means that one was missed: ask `room-state`. */
const placed = { seq: z.number(), ts: z.number() };
const someone = { participantId: ParticipantId, userId: ParticipantId };

/** Written down before they are said, and said in their order. */
export const durableEvents = {
  "user-joined": Participant.extend(placed),
  "user-left": z.object({ ...someone, reason: z.enum(LEAVE_REASONS), ...placed }),
  "user-reconnecting": z.object({ ...someone, ...placed }),
  /** Back on another line: the peer connection of before is of the `epoch` before. */
  "user-resumed": Participant.extend(placed),
  "user-media-toggled": z.object({
    ...someone,
    type: z.enum(MEDIA_KINDS),
    mediaType: z.enum(MEDIA_KINDS),
    enabled: z.boolean(),
    by: ParticipantId,
    ...placed,
  }),
  "user-updated": z.object({
    ...someone,
    name: z.string(),
    userName: z.string(),
    hand: z.boolean(),
    role: z.enum(ROOM_ROLES),
    by: ParticipantId,
    ...placed,
  }),
  "chat-message": ChatMessage.extend(placed),
  "chat-deleted": z.object({ id: ChatId, by: ParticipantId, ...placed }),
  "room-updated": RoomFacts.pick({ locked: true, waitingRoom: true, name: true }).extend(placed),
  "limit-warning": z.object({
    kind: z.literal("minutes"),
    /** 80 or 100 percent of the plan's minutes. */
    percent: z.number(),
    remainingMinutes: z.number(),
    /** At the limit: so long this call may still finish. */
    endsInMs: z.number().optional(),
    ...placed,
  }),
  "room-ended": z.object({ roomId: RoomId, reason: z.enum(END_REASONS), message: z.string(), ...placed }),
} as const;

/** To one person, or of the moment. */
export const passingEvents = {
  ...relayEvents,
  /** The line is closed on you; `reason` says why, and `replaced` that you are here on another one. */
  kicked: z.object({ roomId: RoomId, reason: z.enum([...LEAVE_REASONS, "flood"]), message: z.string() }),
  /** Turn it off; you may turn it on again. */
  "force-mute": z.object({ type: z.enum(MEDIA_KINDS), by: ParticipantId }),
  /** Heard by those alone who may open the door. `knocks` of the room's state has those that were missed. */
  "knock-request": Knock,
  "knock-gone": z.object({ knockId: ParticipantId }),
  /** Once you are let in, ask `join-room` again. */
  "knock-result": z.object({ roomId: RoomId, knockId: ParticipantId, admitted: z.boolean() }),
  /** Come back after so long, each at another moment. */
  "server-shutdown": z.object({ reconnectInMs: z.number() }),
  error: z.object({
    code: z.string(),
    message: z.string(),
    event: z.string(),
    retryAfterMs: z.number().optional(),
  }),
} as const;

export type DurableName = keyof typeof durableEvents;
export type PassingName = keyof typeof passingEvents;
