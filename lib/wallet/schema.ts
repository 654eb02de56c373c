import { z } from "zod";
import { from, idSchema, Page, until, words } from "@/lib/input";
import { COOL_OFF_DAYS } from "./rules";

const money = z
  .object({ amount: z.string(), currency: z.literal("usd"), micros: z.number().int() })
  .meta({ examples: [{ amount: "25.00", currency: "usd", micros: 25_000_000 }] });

/** Dollars as people type them. */
const Dollars = z
  .string()
  .regex(/^\d{1,6}(\.\d{1,2})?$/, 'Send an amount in dollars, such as "25.00".')
  .meta({ examples: ["25.00"] });

export const FindBalance = z.strictObject({
  userId: z
    .union([idSchema("user"), idSchema("account"), z.literal("me")], "This is not a user's id.")
    .describe("Your own user id, your account's id, or `me`. Staff may ask for anybody's"),
});
export type FindBalance = z.output<typeof FindBalance>;

export const WalletBalance = z.object({
  accountId: idSchema("account"),
  balance: z
    .number()
    .meta({ examples: [25] })
    .describe("What may be spent, in dollars"),
  currency: z.literal("usd"),
  money,
  held: money.describe("Set aside for something that is being delivered"),
  owed: money.describe("What a dispute left to be paid; the next top-up pays it first"),
  frozen: z.boolean().describe("Nothing may be spent until a dispute is over"),
});
export type WalletBalance = z.output<typeof WalletBalance>;

export const AUTO_PAUSES = ["declined", "needs_you", "no_card", "cap_reached"] as const;

export const Wallet = WalletBalance.extend({
  runwayDays: z.number().int().nullable().describe("For how many days it lasts at the pace of the last week"),
  holds: z.array(
    z.object({ id: idSchema("hold"), purpose: z.string(), purposeId: z.string(), money, expiresAt: z.date() }),
  ),
  autoTopUp: z
    .object({
      threshold: money,
      amount: money,
      monthlyCap: money,
      usedThisMonth: money,
      paused: z.enum(AUTO_PAUSES).nullable(),
      trouble: z.string().nullable().describe("What the bank said"),
    })
    .nullable(),
  limits: z.object({
    daily: money.nullable(),
    weekly: money.nullable(),
    spentToday: money,
    spentThisWeek: money,
    next: z.object({ daily: money.nullable(), weekly: money.nullable(), at: z.date() }).nullable(),
  }),
  coolOffUntil: z.date().nullable(),
});
export type Wallet = z.output<typeof Wallet>;

export const ChangeAutoTopUp = z.strictObject({
  autoTopUp: z
    .strictObject({ threshold: Dollars, amount: Dollars, monthlyCap: Dollars })
    .nullable()
    .describe("Below which balance to fill, by how much, and how much in a month at most. `null` turns it off"),
});
export type ChangeAutoTopUp = z.output<typeof ChangeAutoTopUp>;

export const ChangeLimits = z.strictObject({
  daily: Dollars.nullable().describe("The most that may be spent in 24 hours; `null` for no limit"),
  weekly: Dollars.nullable().describe("The most in 7 days"),
});
export type ChangeLimits = z.output<typeof ChangeLimits>;

export const CoolOff = z.strictObject({
  days: z.union(
    COOL_OFF_DAYS.map((days) => z.literal(days)),
    "Take a rest of 1, 7 or 30 days.",
  ),
});
export type CoolOff = z.output<typeof CoolOff>;

export const MOVEMENT_KINDS = ["top_up", "refund", "dispute", "spending"] as const;
export type MovementKind = (typeof MOVEMENT_KINDS)[number];

export const Movement = z.object({
  id: idSchema("transfer"),
  kind: z.enum(MOVEMENT_KINDS),
  title: z.string().meta({ examples: ["Wallet top-up"] }),
  amount: z
    .number()
    .meta({ examples: [25] })
    .describe("In dollars; below zero where it left the wallet"),
  money,
  balanceAfter: money,
  at: z.date(),
  paymentId: idSchema("payment").nullable(),
});
export type Movement = z.output<typeof Movement>;

export const ListMovements = Page.extend({
  cursor: z
    .string()
    .regex(/^\d{1,9}$/, "This is no cursor of ours.")
    .optional(),
  kind: z.enum(MOVEMENT_KINDS).optional(),
  from: from.optional().describe("The first day, or an instant"),
  to: until.optional().describe("The last day, or the instant before which it ends"),
  text: words.optional().describe("Words of the title, or an id"),
});
export type ListMovements = z.output<typeof ListMovements>;

export const MovementPage = z.object({ transactions: z.array(Movement), nextCursor: z.string().nullable() });
export type MovementPage = z.output<typeof MovementPage>;

export const ChargeInSession = z.strictObject({
  sessionId: z.string().min(1).max(80).describe("The session that is open, and yours"),
  amount: Dollars.describe("In dollars, within what the session's terms allow"),
  reason: z.string().trim().min(1).max(200),
});
export type ChargeInSession = z.output<typeof ChargeInSession>;

export const Charged = z.object({ transferId: idSchema("transfer"), money });
export type Charged = z.output<typeof Charged>;
