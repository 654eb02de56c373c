import type { z } from "zod";
import { jsonSchemaOf } from "./json-schema";
import type { Schema } from "./shape";

const INSTANT = "2026-01-05T12:00:00.000Z";

/** What a field of this name holds in an example: in an answer, in one section, or anywhere. */
const SAMPLES: Record<string, unknown> = {
  name: "Dana Okoro",
  "keys.name": "Production server",
  "accounts.name": "Okoro & Lindqvist",
  accountName: "Okoro & Lindqvist",
  confirm: "Okoro & Lindqvist",
  actorName: "Dana Okoro",
  targetName: "Production server",
  invitedBy: "Dana Okoro",
  email: "dana@example.com",
  "accounts.email": "noor@example.com",
  password: "three-quiet-ledgers",
  currentPassword: "three-quiet-ledgers",
  newPassword: "four-louder-ledgers",
  token: "the-token-in-your-mail",
  "answer.token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOi...",
  "answer.note": "Save this API key securely. It will not be shown again.",
  key: "mk_your_api_key_here",
  prefix: "mk_4hT9vQ2xLm",
  lastFour: "8kZd",
  apiKeys: ["mk_4hT9vQ2xLm"],
  scopes: ["rooms:read", "rooms:write"],
  allowedOrigins: ["https://app.example.com"],
  role: "member",
  "auth.role": "owner",
  creditBalance: 10,
  ended: 2,
  members: 3,
  ip: "203.0.113.7",
  device: "Firefox on Linux",
  action: "key.created",
  target: "key_01ke6zv3s80q4n7xw2m5j9t8cd",
  expiresAt: "2030-01-31T00:00:00.000Z",
  lastUsedAt: INSTANT,
  kind: "usage",
  label: "Use of a plan",
  words: "80 % of a limit are used, and 100 %.",
};

/** Optional fields that an example shows all the same, because they say what the call is for. */
const TELLING = ["name", "scopes"];

type Place = { section: string; field: string; isAnswer: boolean };

/** An example of what a caller sends. It holds the required fields, and as many more as the rules ask for. */
export function inputExample(type: z.ZodType, section: string): unknown {
  const schema = jsonSchemaOf(type, "input");
  const { properties = {}, required = [] } = schema;
  const shown = Object.keys(properties).filter((field) => required.includes(field) || TELLING.includes(field));
  const spare = Object.keys(properties).filter((field) => !shown.includes(field));

  for (let extra = 0; extra <= spare.length; extra += 1) {
    const fields = [...shown, ...spare.slice(0, extra)];
    const example = objectOf(schema, { section, field: "", isAnswer: false }, (field) => fields.includes(field));
    if (type.safeParse(example).success) return example;
  }
  throw new Error(
    `No example of ${Object.keys(properties).join(", ")} passes its own rules. Give the odd field an example.`,
  );
}

export const outputExample = (type: z.ZodType, section: string): unknown =>
  exampleOf(jsonSchemaOf(type, "output"), { section, field: "", isAnswer: true });

/** One value that the schema allows. */
export function exampleOf(schema: Schema, place: Place): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.examples && schema.examples.length > 0) return schema.examples[0];
  const sample = sampleFor(place);
  if (sample !== undefined && allows(schema, sample)) return sample;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf?.some(({ type }) => type === "null")) return null;
  const choice = (schema.anyOf ?? schema.oneOf)?.find(({ type }) => type !== "null");
  if (choice) return exampleOf(choice, place);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => exampleOf(part, place)));
  return plainExample(schema, place);
}

function plainExample(schema: Schema, place: Place): unknown {
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case "object":
      return objectOf(schema, place, () => true);
    case "array":
      return schema.items ? [exampleOf(schema.items, { ...place, field: "" })] : [];
    case "integer":
    case "number":
      return typeof schema.default === "number"
        ? schema.default
        : Math.max(schema.minimum ?? 1, Math.min(1, schema.maximum ?? 1));
    case "boolean":
      return schema.default ?? false;
    case "string":
      return textFor(schema);
    default:
      return null;
  }
}

function objectOf(
  { properties = {} }: Schema,
  place: Place,
  isShown: (field: string) => boolean,
): Record<string, unknown> {
  const fields = Object.entries(properties).filter(([field]) => isShown(field));
  return Object.fromEntries(fields.map(([field, schema]) => [field, exampleOf(schema, { ...place, field })]));
}

function textFor({ format, default: usual, minLength = 0, maxLength = Number.POSITIVE_INFINITY }: Schema): string {
  if (format === "date-time") return INSTANT;
  if (format === "email") return "dana@example.com";
  if (format === "uri") return "https://app.example.com";
  if (typeof usual === "string") return usual;
  return "text".padEnd(minLength, "t").slice(0, maxLength);
}

const sampleFor = ({ section, field, isAnswer }: Place): unknown =>
  (isAnswer ? SAMPLES[`answer.${field}`] : undefined) ?? SAMPLES[`${section}.${field}`] ?? SAMPLES[field];

function allows(schema: Schema, sample: unknown): boolean {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.some((choice) => allows(choice, sample));
  if (schema.enum) return schema.enum.includes(sample);
  const types = [schema.type].flat();
  if (Array.isArray(sample)) return types.includes("array") && sample.every((one) => allows(schema.items ?? {}, one));
  if (typeof sample === "number") return types.includes("integer") || types.includes("number");
  return typeof sample === "string" && types.includes("string");
}
