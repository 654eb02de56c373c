import { z } from "zod";
import { EVENT_TYPES, LISTENED_TYPES } from "@/lib/events/catalogue";
import { idSchema, line, Page } from "@/lib/input";

export const MOST_ENDPOINTS = 20;
const LONGEST_OVERLAP_HOURS = 72;
const MOST_TYPES = 100;

const Url = z
  .string()
  .trim()
  .min(1, "Enter an address such as https://hooks.example.com/parley.")
  .max(2_000, "An address has at most 2,000 characters.")
  .describe("Where events are posted: https, on the public internet")
  .meta({ examples: ["https://hooks.example.com/parley"] });

const Listened = z
  .array(z.enum(LISTENED_TYPES))
  .max(MOST_TYPES)
  .transform((types) => [...new Set(types)])
  .describe("The types it listens to. Empty means every type, and those that are added later");

const Description = z.union([z.literal(""), line(120, "description")]).describe("What you call it");

export const CreateEndpoint = z.strictObject({
  url: Url,
  description: Description.default(""),
  events: Listened.default([]),
});
export type CreateEndpoint = z.output<typeof CreateEndpoint>;

export const EndpointRef = z.strictObject({ id: idSchema("endpoint") });
export type EndpointRef = z.output<typeof EndpointRef>;

export const EndpointChanges = z
  .strictObject({
    url: Url.optional(),
    description: Description.optional(),
    events: Listened.optional(),
    enabled: z.boolean().optional().describe("Off, it gets nothing until it is on again; replay then what it missed"),
  })
  .refine(
    (changes) => Object.values(changes).some((value) => value !== undefined),
    "Name at least one field to change.",
  );
export type EndpointChanges = z.output<typeof EndpointChanges>;

export const UpdateEndpoint = z.strictObject({ id: idSchema("endpoint"), changes: EndpointChanges });
export type UpdateEndpoint = z.output<typeof UpdateEndpoint>;

export const Overlap = z.strictObject({
  overlapHours: z
    .number()
    .min(0)
    .max(LONGEST_OVERLAP_HOURS)
    .default(24)
    .describe("So long every request carries a signature by the old secret beside the new one"),
});

export const RotateSecret = Overlap.extend({ id: idSchema("endpoint") });
export type RotateSecret = z.output<typeof RotateSecret>;

export const Endpoint = z.object({
  id: idSchema("endpoint"),
  url: z.string().meta({ examples: ["https://hooks.example.com/parley"] }),
  description: z.string().meta({ examples: ["Bookkeeping"] }),
  events: z.array(z.string()).meta({ examples: [["member.joined"]] }),
  state: z.enum(["enabled", "disabled"]),
  reason: z.enum(["by_hand", "gone", "failing"]).nullable().describe("Why it is disabled"),
  stateSince: z.date(),
  failingSince: z.date().nullable().describe("The first failure after the last success"),
  previousUntil: z.date().nullable().describe("Until when the secret of before signs as well"),
  createdAt: z.date(),
});
export type Endpoint = z.output<typeof Endpoint>;

export const SecretEndpoint = Endpoint.extend({
  secret: z
    .string()
    .describe("Verifies what we send. Shown this once")
    .meta({ examples: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwvT1mXq3k0lA="] }),
});
export type SecretEndpoint = z.output<typeof SecretEndpoint>;

export const EndpointList = z.object({ endpoints: z.array(Endpoint) });

export const DELIVERY_STATES = ["waiting", "delivered", "failed"] as const;

export const DeliveryQuery = Page.extend({
  cursor: idSchema("event").optional(),
  state: z.enum(DELIVERY_STATES).optional(),
});
export const ListDeliveries = DeliveryQuery.extend({ id: idSchema("endpoint") });
export type ListDeliveries = z.output<typeof ListDeliveries>;

export const DeliveryRef = z.strictObject({ id: idSchema("endpoint"), eventId: idSchema("event") });
export type DeliveryRef = z.output<typeof DeliveryRef>;

export const Delivery = z.object({
  eventId: idSchema("event"),
  type: z.string().meta({ examples: [EVENT_TYPES[0]] }),
  happenedAt: z.date(),
  state: z.enum(DELIVERY_STATES),
  attempts: z.int(),
  dueAt: z.date().nullable().describe("When it is tried next"),
  triedAt: z.date().nullable(),
  status: z
    .int()
    .nullable()
    .describe("What the receiver answered to the latest try")
    .meta({ examples: [200] }),
  durationMs: z.int().nullable(),
  failure: z.string().nullable().describe("What went wrong, as a sentence"),
});
export type Delivery = z.output<typeof Delivery>;

export const DeliveryPage = z.object({ deliveries: z.array(Delivery), nextCursor: z.string().nullable() });
export type DeliveryPage = z.output<typeof DeliveryPage>;

export const WholeDelivery = Delivery.extend({
  url: z.string().meta({ examples: ["https://hooks.example.com/parley"] }),
  body: z
    .string()
    .describe("What was sent, to the byte")
    .meta({ examples: ["{}"] }),
  answer: z.string().nullable().describe("The first kilobyte of what came back"),
});
export type WholeDelivery = z.output<typeof WholeDelivery>;

export const Since = z.strictObject({
  since: z.iso
    .datetime({ offset: true, error: "since must be an instant such as 2027-01-31T00:00:00Z." })
    .transform((text) => new Date(text))
    .describe("Events from this instant on; they are kept for 90 days"),
  which: z
    .enum(["undelivered", "all"])
    .default("undelivered")
    .describe("`all` sends again what was delivered already; the webhook-id stays the same"),
});
export const ReplaySince = Since.extend({ id: idSchema("endpoint") });
export type ReplaySince = z.output<typeof ReplaySince>;

export const Replayed = z.object({ replayed: z.int() });
export type Replayed = z.output<typeof Replayed>;
