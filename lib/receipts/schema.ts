import { z } from "zod";
import { idSchema } from "@/lib/input";
import { ASSETS, LOT_KINDS } from "@/lib/pots";

export const FindReceipt = z.strictObject({ id: idSchema("transfer") });
export type FindReceipt = z.output<typeof FindReceipt>;

const Amount = z.object({
  asset: z.enum(ASSETS),
  units: z.number().int().describe("Millionths of a dollar, or whole credits"),
  text: z.string().meta({ examples: ["$24.99"] }),
});
export type Amount = z.output<typeof Amount>;

const Line = z.object({
  label: z.string().meta({ examples: ["given on top"] }),
  value: z.string().meta({ examples: ["10"] }),
});
export type Line = z.output<typeof Line>;

const ReceiptLot = z.object({
  use: z.enum(["brought", "used", "given_back"]),
  kind: z.enum(LOT_KINDS),
  amount: Amount,
  price: Amount.describe("What was paid for this part"),
  receiptId: idSchema("transfer").nullable().describe("The receipt of what brought it, where that was another one"),
});
export type ReceiptLot = z.output<typeof ReceiptLot>;

const Aftermath = z.object({
  what: z.enum(["refund", "dispute"]),
  status: z.string().meta({ examples: ["succeeded"] }),
  amount: Amount,
  at: z.date(),
});
export type Aftermath = z.output<typeof Aftermath>;

export const Receipt = z.object({
  id: idSchema("transfer"),
  accountId: idSchema("account"),
  sentence: z.string().meta({ examples: ["You bought 160 credits for $24.99."] }),
  kind: z.string().meta({ examples: ["credits.bought"] }),
  title: z.string().meta({ examples: ["Pro package"] }),
  total: Amount.describe("What it was about"),
  at: z.date(),
  payment: z
    .object({
      id: idSchema("payment"),
      title: z.string().meta({ examples: ["Pro package"] }),
      method: z
        .string()
        .nullable()
        .meta({ examples: ["Visa ending 4242"] }),
      paid: Amount,
      refunded: Amount,
    })
    .nullable(),
  entries: z.array(
    z.object({ pot: z.string().meta({ examples: ["credits"] }), name: z.string(), amount: Amount, after: Amount }),
  ),
  lots: z.array(ReceiptLot),
  computation: z.object({ steps: z.array(Line), sum: Line }).describe("How it was computed, line by line"),
  aftermath: z.array(Aftermath).describe("What was paid back of its payment, and what a bank objected to"),
  sumIsRight: z.boolean().describe("Recomputed for this answer: both sides come to nothing, each balance follows"),
  link: z
    .object({
      position: z.number().int(),
      hash: z.string(),
      before: z.string().describe("The hash of the receipt before it, which this one covers"),
      isUnaltered: z.boolean().describe("Recomputed for this answer, with the links before and after"),
    })
    .nullable()
    .describe("Its place in the chain, which it gets within a second"),
});
export type Receipt = z.output<typeof Receipt>;

/** A file of bytes, as they are. */
export const PdfFile = z
  .custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array)
  .meta({ type: "string", contentMediaType: "application/pdf", examples: ["%PDF-1.3"] });
