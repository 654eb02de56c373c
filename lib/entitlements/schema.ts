import { z } from "zod";
import { idSchema } from "@/lib/input";

export const BRANDINGS = ["parley", "custom", "white-label"] as const;

/** What a plan of the rooms family holds. */
export const RoomsFeatures = z.object({
  maxRooms: z.number().int().min(0),
  maxParticipants: z.number().int().min(0),
  maxMinutes: z.number().int().min(0),
  branding: z.enum(BRANDINGS),
  whiteLabel: z.boolean(),
});
export type RoomsFeatures = z.output<typeof RoomsFeatures>;

/** The part of a version of a rooms plan that says what it holds. */
export const RoomsPlanFeatures = z.object({
  limits: z.object({
    roomsPerPeriod: z.number().int(),
    participantsPerRoom: z.number().int(),
    minutesPerPeriod: z.number().int(),
  }),
  branding: z.enum(BRANDINGS),
  support: z.enum(["guides", "priority-email", "phone"]),
  hasDedicatedSupport: z.boolean(),
});
export type RoomsPlanFeatures = z.output<typeof RoomsPlanFeatures>;

/** What an account may use of rooms, and for which period of business time. */
export type RoomsEntitlement = RoomsFeatures & { period: { start: Date; end: Date } };

export const GrantRooms = z
  .strictObject({
    accountId: idSchema("account"),
    features: RoomsFeatures,
    periodStart: z.date(),
    periodEnd: z.date(),
  })
  .refine(({ periodStart, periodEnd }) => periodStart < periodEnd, "The period must end after it begins.");
export type GrantRooms = z.output<typeof GrantRooms>;
