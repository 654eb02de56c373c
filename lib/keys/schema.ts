import { z } from "zod";
import { idSchema, line } from "@/lib/input";
import { KEY_SCOPES } from "@/lib/scopes";

/** `mk` and `nk` are secret keys with two historical names; `mpk` is publishable and can only join rooms. */
export const KEY_LABELS = ["mk", "nk", "mpk"] as const;
export type KeyLabel = (typeof KEY_LABELS)[number];

export const KEY_STATES = ["live", "retiring", "expired", "revoked"] as const;
export type KeyState = (typeof KEY_STATES)[number];

export const MOST_KEYS = 100;
/** Replaced keys work beside their successors for a while, but not without end. */
export const MOST_WORKING_KEYS = 2 * MOST_KEYS;
export const MOST_ORIGINS = 20;
const MOST_SCOPES = 50;
/** Beyond it an instant is written in another way, which not every reader knows. */
const LATEST_YEAR = 9999;
export const LONGEST_OVERLAP_HOURS = 24;
export const SHOWN_ONCE = "Save this API key securely. It will not be shown again.";

const KeyName = line(60, "name");

/** Looks at how long a list is before it looks at what is in it, so that a very long one costs nothing. */
const atMost = <T extends z.ZodType>(most: number, message: string, list: T) =>
  z
    .preprocess((value, ctx) => {
      if (!Array.isArray(value) || value.length <= most) return value;
      ctx.addIssue(message);
      return z.NEVER;
    }, list)
    .meta({ maxItems: most });

const Scopes = atMost(
  MOST_SCOPES,
  `Name at most ${MOST_SCOPES} scopes.`,
  z
    .array(z.enum(KEY_SCOPES))
    .refine((scopes) => scopes.length > 0, "Choose at least one scope. A key without scopes could do nothing.")
    .transform((scopes) => [...new Set(scopes)]),
);

const WebOrigin = z
  .string()
  .max(300, "An origin has at most 300 characters.")
  .refine(isOrigin, "This is not an origin. Write it like https://app.example.com, without a path.");

const Origins = atMost(
  MOST_ORIGINS,
  `A key has at most ${MOST_ORIGINS} origins.`,
  z.array(WebOrigin).transform((origins) => [...new Set(origins)]),
).describe("Pages elsewhere that may use it, such as `https://app.example.com`");

const Expiry = z.iso
  .datetime({ offset: true, error: "expiresAt must be an instant such as 2027-01-31T00:00:00Z." })
  .transform((text) => new Date(text))
  .refine(
    (instant) => instant.getUTCFullYear() <= LATEST_YEAR,
    `expiresAt must be in the year ${LATEST_YEAR} or before.`,
  )
  .nullable()
  .describe("When it ends by itself");

export const CreateKey = z.strictObject({
  name: KeyName.default("API key").describe("What you call it"),
  label: z
    .enum(KEY_LABELS)
    .optional()
    .describe("What the key begins with. `mpk` is publishable and can only join rooms"),
  scopes: Scopes.optional().describe("What it may do. Left out, rooms, the gateway and reading usage"),
  allowedOrigins: Origins.default([]),
  allowQuery: z.boolean().optional().describe("Whether it is taken as `?api_key=` below `/api/v1`"),
  expiresAt: Expiry.default(null),
});
export type CreateKey = z.output<typeof CreateKey>;

export const KeyRef = z.strictObject({ id: idSchema("key") });
export type KeyRef = z.output<typeof KeyRef>;

const ANY_CHANGE = "Name at least one field to change.";

export const KeyChanges = z
  .strictObject({
    name: KeyName.optional(),
    scopes: Scopes.optional(),
    allowedOrigins: Origins.optional(),
    allowQuery: z.boolean().optional(),
    expiresAt: Expiry.optional(),
  })
  .refine((changes) => Object.values(changes).some((value) => value !== undefined), ANY_CHANGE);
export type KeyChanges = z.output<typeof KeyChanges>;

export const UpdateKey = z.strictObject({ id: idSchema("key"), changes: KeyChanges });
export type UpdateKey = z.output<typeof UpdateKey>;

export const RegenerateKey = z.strictObject({
  keyId: idSchema("key").optional().describe("Left out, it is the caller's newest secret key"),
  overlapHours: z
    .number()
    .min(0)
    .max(LONGEST_OVERLAP_HOURS)
    .default(0)
    .describe("So long the old key goes on working beside the new one"),
  compromised: z.boolean().default(false).describe("Somebody else may hold the old key: it ends at once"),
});
export type RegenerateKey = z.output<typeof RegenerateKey>;

export const ListKeys = z.strictObject({
  state: z
    .enum(["live", "revoked"])
    .default("live")
    .describe("`live` is every key that has not been revoked, expired ones included"),
  limit: z.coerce.number().int().min(1).max(MOST_KEYS).default(MOST_KEYS).describe("How many on one page"),
  cursor: idSchema("key").optional().describe("`nextCursor` of the page before"),
});
export type ListKeys = z.output<typeof ListKeys>;

/** A key as anybody may see it who may see keys. The secret is not in here and cannot be had back. */
export const ListedKey = z.object({
  id: idSchema("key"),
  name: z.string(),
  label: z.enum(KEY_LABELS),
  prefix: z.string().describe("Names the key in public"),
  lastFour: z.string(),
  state: z.enum(KEY_STATES).describe("`retiring` is replaced and works on for its overlap"),
  scopes: z.array(z.enum(KEY_SCOPES)),
  allowedOrigins: z.array(z.string()),
  allowQuery: z.boolean(),
  createdAt: z.date(),
  expiresAt: z.date().nullable(),
  lastUsedAt: z.date().nullable(),
  revokedAt: z.date().nullable(),
  replacedBy: idSchema("key").nullable().describe("The key that was made in its place"),
});
export type ListedKey = z.output<typeof ListedKey>;

export const KeyPage = z.object({ apiKeys: z.array(ListedKey), nextCursor: idSchema("key").nullable() });
export type KeyPage = z.output<typeof KeyPage>;

export const CreatedKey = ListedKey.extend({ apiKey: z.object({ key: z.string(), note: z.literal(SHOWN_ONCE) }) });
export type CreatedKey = z.output<typeof CreatedKey>;

/** Which key this is, for whoever holds it. Nothing of the account or its people is in here. */
export const CurrentKey = z.object({
  id: idSchema("key"),
  name: z.string(),
  label: z.enum(KEY_LABELS),
  scopes: z.array(z.enum(KEY_SCOPES)),
  expiresAt: z.date().nullable(),
});
export type CurrentKey = z.output<typeof CurrentKey>;

/** Exactly what a browser sends in its Origin header: scheme, host and port, nothing behind. */
function isOrigin(text: string): boolean {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return false;
  return new URL(text).origin === text;
}
