import { z } from "zod";
import { MAIL_KINDS, type MailKind, OPTIONAL_KINDS } from "./rules";

const ALL_KINDS = Object.keys(MAIL_KINDS) as [MailKind, ...MailKind[]]; // the keys of a constant are its kinds

export const ChangePreference = z.strictObject({
  kind: z.enum(OPTIONAL_KINDS).describe("Kinds that are required are not among them"),
  wanted: z.boolean(),
});
export type ChangePreference = z.output<typeof ChangePreference>;

export const Preference = z.object({
  kind: z.enum(ALL_KINDS),
  label: z.string(),
  words: z.string(),
  required: z.boolean(),
  wanted: z.boolean(),
});
export const Preferences = z.object({ kinds: z.array(Preference) });
export type Preferences = z.output<typeof Preferences>;

export const Unsubscribe = z.strictObject({
  token: z.string().min(1).max(300).describe("As it stands in the link of the mail"),
});
export type Unsubscribe = z.output<typeof Unsubscribe>;

export const Unsubscribed = z.object({ kind: z.enum(OPTIONAL_KINDS), label: z.string() });
export type Unsubscribed = z.output<typeof Unsubscribed>;
