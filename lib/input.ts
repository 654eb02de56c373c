import { z } from "zod";
import { invalid } from "@/lib/errors";
import { type Id, type IdKind, isId } from "@/lib/ids";
import { days, later } from "@/lib/time";

/** Parses what came from outside. Refuses with the field's name and a sentence for each thing that is wrong. */
export function parseInput<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw invalid(describeIssues(parsed.error.issues));
}

/** Whoever sends a thousand wrong fields is told of the first ones. */
const MOST_TOLD = 20;

/** One sentence a field, the first wins; the whole input answers to `input`. */
export function describeIssues(issues: readonly z.core.$ZodIssue[]): Record<string, string> {
  // Without a prototype while it is filled: a field may well be called `constructor`.
  const fields: Record<string, string> = Object.create(null);
  for (const issue of issues.slice(0, MOST_TOLD)) {
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys.slice(0, MOST_TOLD))
        fields[clip([...issue.path, key].join("."))] ??= `"${clip(key)}" is not a field here.`;
      continue;
    }
    const field = clip(issue.path.join(".")) || "input";
    fields[field] ??= sentence(issue, field);
  }
  return { ...fields };
}

function sentence(issue: z.core.$ZodIssue, field: string): string {
  const name = clip(field === "input" ? "The request" : field);
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined
        ? `${name} is missing.`
        : `${name} must be ${WORDS[issue.expected] ?? issue.expected}.`;
    case "too_small":
      if (issue.origin === "string" && issue.minimum === 1) return `${name} must not be empty.`;
      return `${name} must ${issue.origin === "string" ? `have at least ${issue.minimum} characters` : `be at least ${issue.minimum}`}.`;
    case "too_big":
      return `${name} must ${issue.origin === "string" ? `have at most ${issue.maximum} characters` : `be at most ${issue.maximum}`}.`;
    case "invalid_value":
      return `${name} must be one of: ${issue.values.map(String).join(", ")}.`;
    case "custom":
      return issue.message;
    default:
      return issue.message.startsWith("Invalid") ? `${name} is not valid.` : issue.message;
  }
}

const WORDS: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "an object",
  array: "a list",
  date: "a date",
};

const clip = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}...` : text);

export const idSchema = <K extends IdKind>(kind: K) =>
  z
    .custom<Id<K>>((value) => isId(kind, value), `This is not a ${kind} id.`)
    .meta({
      type: "string",
      title: `${kind} id`,
      pattern: `^${kind}_[0-9a-hjkmnp-tv-z]{26}$`,
      examples: [`${kind}_01ke6zv3s80q4n7xw2m5j9t8cd`],
    });

// Control characters, halves of characters, line breaks of other scripts, and marks that turn the direction of a text around or show nothing.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

/** Something that a reader sees: no space, no joiner, no filler. */
const VISIBLE = /[^\p{Z}\p{C}\p{M}\u115f\u1160\u2800\u3164\uffa0]/u;

/** A line a person typed: trimmed, without control or direction characters, at most `max` long. */
export const line = (max: number, name: string) =>
  z
    .string()
    .max(max * 4, `${name} must have at most ${max} characters.`)
    .transform((text) => clean(text).trim())
    .refine((text) => VISIBLE.test(text), `${name} must not be empty.`)
    .refine((text) => [...text].length <= max, `${name} must have at most ${max} characters.`)
    .meta({ minLength: 1, maxLength: max });

/** What somebody wrote over several lines: its breaks stay, at most two in a row. */
export const prose = (max: number, name: string) =>
  z
    .string()
    .max(max * 4, `${name} must have at most ${max} characters.`)
    .transform((text) =>
      text
        .replace(/\r\n?/g, "\n")
        .split("\n")
        .map(clean)
        .join("\n")
        .replace(/\n{3,}/g, "\n\n")
        .trim(),
    )
    .refine((text) => VISIBLE.test(text), `${name} must not be empty.`)
    .refine((text) => [...text].length <= max, `${name} must have at most ${max} characters.`)
    .meta({ minLength: 1, maxLength: max });

const clean = (text: string) => text.normalize("NFC").replace(UNPRINTABLE, "");

export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "An e-mail address has at most 254 characters.")
  .pipe(z.email("Enter an e-mail address, such as you@example.com."))
  .meta({ format: "email" });

/** What is looked for in a list: what no text can hold is left out of it. */
export const words = line(80, "text");

/** How a list is cut into pages: `?limit=25&cursor=...`. */
export const Page = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(25).describe("How many on one page"),
  cursor: z.string().max(200).optional().describe("`nextCursor` of the page before"),
});
export type Page = z.output<typeof Page>;

const NO_TIME = "Send a day, such as 2026-01-31, or an instant.";

/** Years that everybody can write: PostgreSQL knows none called 0, and the day after the last one has a fifth digit. */
const When = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], NO_TIME)
  .refine((text) => /^(?:19|20|21)/.test(text), NO_TIME)
  .meta({ examples: ["2026-01-01"] });

/** Where a period begins: the day's first moment, or an instant. */
export const from = When.transform((text) => new Date(text));

/** The first moment after it: that of the day after the last one, or an instant. */
export const until = When.transform((text) => (text.includes("T") ? new Date(text) : later(new Date(text), days(1))));
