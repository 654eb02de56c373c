import { z } from "zod";
import { idSchema, Page } from "@/lib/input";
import { PLAN_FAMILIES } from "@/lib/plans/catalogue";
import { Money, ToConfirm } from "@/lib/subscriptions/schema";

const family = z.enum(PLAN_FAMILIES);

export const INVOICE_STATES = ["draft", "open", "paid", "void", "uncollectible"] as const;

export const ListInvoices = Page.extend({
  cursor: idSchema("invoice").optional(),
  family: family.optional().describe("Only those for plans of one family"),
});
export type ListInvoices = z.output<typeof ListInvoices>;

export const OneInvoice = z.strictObject({ id: idSchema("invoice") });
export type OneInvoice = z.output<typeof OneInvoice>;

const short = {
  id: idSchema("invoice"),
  number: z.string().nullable(),
  status: z.enum(INVOICE_STATES),
  family: family.nullable(),
  subscriptionId: idSchema("subscription").nullable(),
  amount: z.number().describe("The total in dollars"),
  currency: z.literal("usd"),
  total: Money,
  amountDue: Money.describe("What was asked for, after credit that stood"),
  amountPaid: Money,
  periodStart: z.date(),
  periodEnd: z.date(),
  createdAt: z.date(),
  dueAt: z.date().nullable(),
  paidAt: z.date().nullable(),
  hostedUrl: z.string().nullable().describe("A page of Stripe's on which it can be read and paid"),
  pdfUrl: z.string().nullable().describe("As Stripe prints it"),
  failure: z.string().nullable().describe("Why the last try failed, for as long as it is unpaid"),
  attempts: z.number().int(),
  nextTryAt: z.date().nullable(),
};
export const InvoiceSummary = z.object(short);
export type InvoiceSummary = z.output<typeof InvoiceSummary>;

export const Invoice = z.object({
  ...short,
  reason: z.string().meta({ examples: ["subscription_cycle"] }),
  method: z.string().nullable(),
  billedTo: z.array(z.string()).describe("Whom it is made out to, line by line"),
  taxId: z.string().nullable(),
  amountRefunded: Money,
  subtotal: Money,
  discount: Money,
  tax: Money,
  lines: z.array(
    z.object({
      title: z.string(),
      quantity: z.number().int().nullable(),
      amount: Money,
      isProration: z.boolean(),
      periodStart: z.date(),
      periodEnd: z.date(),
    }),
  ),
});
export type Invoice = z.output<typeof Invoice>;

export const InvoicePage = z.object({ invoices: z.array(InvoiceSummary), nextCursor: z.string().nullable() });
export type InvoicePage = z.output<typeof InvoicePage>;

export const InvoicePaid = z.object({
  /** `confirm`: the bank asks the payer, or there is no card yet. */
  outcome: z.enum(["paid", "confirm"]),
  invoice: Invoice,
  confirm: ToConfirm,
});
export type InvoicePaid = z.output<typeof InvoicePaid>;

export const PdfFile = z
  .custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array)
  .meta({ type: "string", contentMediaType: "application/pdf", examples: ["%PDF-1.3"] });
