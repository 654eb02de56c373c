import { z } from "zod";
import { ParticipantId } from "./room-parts";

const participantId = ParticipantId;

/** What a host or moderator may do, never against a higher role. */
export const Moderate = z.discriminatedUnion("action", [
  z.object({ action: z.literal("mute"), participantId }),
  z.object({ action: z.literal("stop-video"), participantId }),
  z.object({ action: z.literal("lower-hand"), participantId }),
  z.object({ action: z.literal("kick"), participantId }),
  z.object({ action: z.literal("ban"), participantId }),
  z.object({ action: z.literal("set-role"), participantId, value: z.enum(["moderator", "speaker", "listener"]) }),
  z.object({ action: z.enum(["lock", "unlock", "open-waiting-room", "close-waiting-room", "end"]) }),
]);
export type Moderate = z.output<typeof Moderate>;

const knocked = z.object({ knockId: ParticipantId });

export const moderationCalls = {
  moderate: { input: Moderate, output: z.object({}) },
  admit: { input: knocked, output: z.object({}) },
  reject: { input: knocked, output: z.object({}) },
} as const;
