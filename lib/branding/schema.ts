import { z } from "zod";
import { BRANDINGS } from "@/lib/entitlements/schema";
import { line } from "@/lib/input";
import { MOST_LOGO_BYTES } from "./rules";

const Colour = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^#[0-9a-f]{6}$/, "A colour is written as # and six signs, such as #0e5a3d.")
  .meta({ examples: ["#0e5a3d"] });

export const ChangeBranding = z.strictObject({
  displayName: line(60, "displayName").nullable().optional().describe("Left empty, the account's own name is shown"),
  accent: Colour.nullable().optional().describe("Of buttons and of what is live"),
  ground: Colour.nullable().optional().describe("Behind the logo"),
});
export type ChangeBranding = z.output<typeof ChangeBranding>;

const base64Length = Math.ceil(MOST_LOGO_BYTES / 3) * 4;

export const SetLogo = z.strictObject({
  png: z
    .string()
    .regex(/^[A-Za-z0-9+/]+={0,2}$/, "The logo must be sent as base64.")
    .max(base64Length, "A logo has at most 64 KiB.")
    .meta({ examples: ["iVBORw0KGgoAAAANSUhEUg=="] })
    .describe("A PNG of at most 64 KiB and 1,024 by 1,024 dots"),
});
export type SetLogo = z.output<typeof SetLogo>;

export const Branding = z.object({
  right: z.enum(BRANDINGS).describe("What the plan allows: `parley` shows nothing of this"),
  displayName: z.string().nullable(),
  accountName: z.string(),
  accent: z.string().nullable(),
  ground: z.string().nullable(),
  logo: z.string().nullable().describe("The path of the logo"),
});
export type Branding = z.output<typeof Branding>;

export const FindLogo = z.strictObject({
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, "This is not the hash of a logo.")
    .meta({ examples: ["0d".repeat(32)] }),
});
export type FindLogo = z.output<typeof FindLogo>;

/** A picture of bytes, as they are. */
export const PngFile = z
  .custom<Uint8Array>((value) => value instanceof Uint8Array)
  .meta({ type: "string", contentMediaType: "image/png", examples: ["PNG"] });
