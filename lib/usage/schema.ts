import { z } from "zod";

/** What an account has used, and may use, in its period. Each system adds what it documents. */
export const Usage = z.object({
  period: z.object({ start: z.date(), end: z.date() }).describe("Of the subscription to rooms; without one, the month"),
  usage: z.object({
    currentMonthMinutes: z.number().describe("Whole minutes in which two or more were connected in a room"),
    currentMonthRooms: z.number().describe("Rooms opened, deleted ones included"),
    participantMinutes: z.number().describe("The minutes of each person, summed"),
    runningCalls: z.number(),
  }),
  limits: z.object({
    maxMinutes: z.number(),
    maxRooms: z.number(),
    maxParticipants: z.number(),
  }),
  notices: z
    .array(
      z.object({
        meter: z.enum(["rooms", "minutes"]),
        percent: z.union([z.literal(80), z.literal(100)]),
        used: z.number(),
        limit: z.number(),
        resetsAt: z.date(),
      }),
    )
    .describe("Limits of which 80 % or all are used; what screens warn of"),
});
export type Usage = z.output<typeof Usage>;
