import { z } from "zod";
import { from, idSchema, Page, until, words } from "@/lib/input";
import { LOT_KINDS } from "@/lib/pots";
import { TRANSACTION_KINDS } from "./rules";

const credits = z.number().int();

export const PackageId = z
  .union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)], "There are the packages 1 to 4.")
  .describe("1 Starter, 2 Pro, 3 Business, 4 Enterprise");

export const Money = z.object({ amount: z.string(), currency: z.literal("usd"), micros: z.number().int() }).meta({
  examples: [{ amount: "24.99", currency: "usd", micros: 24_990_000 }],
});

export const Package = z.object({
  id: z.number().int().min(1).max(4),
  name: z.string().meta({ examples: ["Pro"] }),
  credits: credits.meta({ examples: [150] }),
  bonusCredits: credits.meta({ examples: [10] }),
  totalCredits: credits.meta({ examples: [160] }),
  price: z
    .number()
    .meta({ examples: [24.99] })
    .describe("In dollars"),
  money: Money,
  pricePerCredit: Money.describe("With the bonus counted, rounded to a millionth of a dollar"),
  bestValue: z.boolean(),
});
export const Packages = z.object({ packages: z.array(Package) });
export type Packages = z.output<typeof Packages>;

export const CalculateCost = z.strictObject({
  durationMinutes: z
    .number()
    .int()
    .min(1)
    .max(240)
    .meta({ examples: [3] }),
  resolution: z.enum(["720p", "1080p"]),
  customMusic: z.boolean().default(false),
  premiumTTS: z.boolean().default(false),
  aiEnhancement: z.boolean().default(false),
});
export type CalculateCost = z.output<typeof CalculateCost>;

export const Cost = z.object({
  credits: credits.meta({ examples: [15] }),
  formula: z.string().meta({ examples: ["15 = 15 credits"] }),
  lines: z.array(
    z.object({
      label: z.string().meta({ examples: ["720p video"] }),
      formula: z.string().meta({ examples: ["3 minutes x 5 credits"] }),
      credits: credits.meta({ examples: [15] }),
    }),
  ),
  balance: credits
    .nullable()
    .describe("How many credits the account has; null for whoever may not read billing")
    .meta({ examples: [170] }),
  affordable: z.boolean().nullable(),
});
export type Cost = z.output<typeof Cost>;

export const Balance = z.object({
  balance: credits.describe("What may be spent").meta({ examples: [170] }),
  held: credits.describe("Set aside for work that is under way").meta({ examples: [0] }),
  owed: credits
    .describe("Used, and then taken back by a bank. The next purchase pays it first")
    .meta({ examples: [0] }),
  frozen: z.boolean().describe("Whether spending is stopped"),
  low: z.boolean().describe("Whether fewer than 10 are left"),
  lifetimePurchased: credits.describe("All that was ever bought, with the bonus").meta({ examples: [160] }),
  lots: z
    .array(
      z.object({
        id: idSchema("lot"),
        kind: z.enum(LOT_KINDS),
        amount: credits.meta({ examples: [10] }),
        remaining: credits.meta({ examples: [10] }),
        since: z.date(),
        expiresAt: z.date().nullable().describe("Null where they never run out"),
        uses: z.array(z.string()).nullable().describe("What they may be spent on; anything where this is null"),
      }),
    )
    .describe("What is there, in the order in which it is used up"),
});
export type Balance = z.output<typeof Balance>;

const size = (what: string) => z.coerce.number().int().min(0).max(1_000_000_000).optional().describe(what);

const filters = {
  kind: z.enum(TRANSACTION_KINDS).optional(),
  from: from.optional().describe("The first day, or an instant"),
  to: until.optional().describe("The last day, or the instant before which it ends"),
  minAmount: size("The least number of credits, in or out"),
  maxAmount: size("The greatest number of credits, in or out"),
  text: words.optional().describe("Words of the description, or a reference"),
};
export const ListTransactions = Page.extend({
  ...filters,
  cursor: z
    .string()
    .regex(/^\d{1,9}$/, "This is no cursor of ours.")
    .optional(),
});
export type ListTransactions = z.output<typeof ListTransactions>;
export const ExportTransactions = z.strictObject(filters);
export type ExportTransactions = z.output<typeof ExportTransactions>;

export const Transaction = z.object({
  id: idSchema("transfer"),
  at: z.date(),
  kind: z.enum(TRANSACTION_KINDS),
  title: z.string().meta({ examples: ["Pro package"] }),
  amount: credits.describe("Below zero where they went").meta({ examples: [160] }),
  balanceAfter: credits.meta({ examples: [170] }),
});
export type Transaction = z.output<typeof Transaction>;
export const TransactionPage = z.object({ transactions: z.array(Transaction), nextCursor: z.string().nullable() });
export type TransactionPage = z.output<typeof TransactionPage>;
