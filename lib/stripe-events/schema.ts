import { z } from "zod";
import { Page } from "@/lib/input";

/** The part of an event that is believed. What it says of its object is not: that is asked for again. */
export const Envelope = z.object({
  id: z.string().regex(/^evt_\w{1,250}$/),
  type: z.string().max(200),
  created: z.number().int(),
  livemode: z.boolean(),
  account: z.string().optional(),
  api_version: z.string().nullable(),
  data: z.object({
    object: z.object({
      id: z.string().optional(),
      payment_method: z.string().nullish(),
      subscription: z.string().nullish().catch(null),
      released_subscription: z.string().nullish().catch(null),
      invoice: z.string().nullish().catch(null),
      payment_intent: z.union([z.string(), z.null(), z.object({ id: z.string() })]).optional(),
    }),
  }),
});
export type Envelope = z.output<typeof Envelope>;

export const Received = z.object({ received: z.literal(true) });
export type Received = z.output<typeof Received>;

const EventId = z
  .string()
  .regex(/^evt_\w{1,250}$/, "This is not an event's id.")
  .meta({ examples: ["evt_1QyR8bLkdIwHu7ix"] });
export const EVENT_STATES = ["new", "done", "ignored", "parked", "failed"] as const;

export const ListEvents = Page.extend({
  cursor: EventId.optional(),
  state: z.enum(EVENT_STATES).optional(),
  type: z.string().max(200).optional(),
});
export type ListEvents = z.output<typeof ListEvents>;

export const StripeEvent = z.object({
  id: EventId,
  type: z.string().meta({ examples: ["payment_intent.succeeded"] }),
  account: z.string().nullable(),
  subject: z.string().nullable(),
  state: z.enum(EVENT_STATES),
  attempts: z.number().int(),
  via: z.enum(["webhook", "reconciliation"]),
  createdAt: z.date(),
  receivedAt: z.date(),
  doneAt: z.date().nullable(),
  note: z.string().nullable(),
});
export type StripeEvent = z.output<typeof StripeEvent>;
export const EventPage = z.object({ events: z.array(StripeEvent), nextCursor: z.string().nullable() });
export type EventPage = z.output<typeof EventPage>;

export const ReplayEvent = z.strictObject({ id: EventId });
export type ReplayEvent = z.output<typeof ReplayEvent>;
