import { z } from "zod";
import { readStep } from "./rules";

const Step = z
  .string()
  .max(40)
  .refine((text) => readStep(text) !== null, 'Say how far, such as "+1 month", "+3 days" or "+2 hours".')
  .meta({ examples: ["+1 month"] });

/** What people go to by name. */
export const LANDMARKS = ["renewal", "invoice", "card_expiry"] as const;
export type LandmarkName = (typeof LANDMARKS)[number];

/** Why one cannot go there. */
export const NO_LANDMARK: Record<LandmarkName, string> = {
  renewal: "No subscription renews.",
  invoice: "No invoice is to come.",
  card_expiry: "No customer has a card on file.",
};

/** How far the clock goes: by a step, to an instant, or to what comes next of a kind. */
export const MoveClock = z
  .strictObject({
    by: Step.optional().describe("A step in seconds, minutes, hours, days, weeks, months or years"),
    to: z.iso.datetime({ offset: true }).pipe(z.coerce.date()).optional().describe("An instant that is still to come"),
    next: z.enum(LANDMARKS).optional().describe("The next renewal, invoice or expiry of a card"),
  })
  .refine(
    ({ by, to, next }) => [by, to, next].filter((way) => way !== undefined).length === 1,
    'Send one of "by", "to" and "next".',
  );
export type MoveClock = z.output<typeof MoveClock>;

export const Due = z.object({ name: z.string().describe("Whose work it is"), at: z.date() });
export type Due = z.output<typeof Due>;

const Landmark = z
  .object({ at: z.date(), what: z.string().describe("What happens then, and to whom") })
  .nullable()
  .describe("Null where there is none");
export const Landmarks = z.object({ renewal: Landmark, invoice: Landmark, card_expiry: Landmark });
export type Landmarks = z.output<typeof Landmarks>;

export const Clock = z.object({
  now: z.date().describe("Business time: what subscriptions, invoices and expiry live by"),
  elapsed: z.date().describe("The database's own clock, which nothing moves"),
  offsetMs: z.int().describe("How far the first is ahead of the second"),
  moving: z.boolean().describe("Whether it is on its way, and stands still at one instant after the other"),
  goingTo: z.date().nullable().describe("Where it is going"),
  due: z.array(Due).describe("What comes next, the earliest first"),
  next: Landmarks.describe("Where `next` would lead"),
  trouble: z.string().nullable().describe("Why the last journey stopped before its target"),
});
export type Clock = z.output<typeof Clock>;
