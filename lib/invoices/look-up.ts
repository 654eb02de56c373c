import { TAX_ID } from "@/lib/bill-to/rules";
import { cardName } from "@/lib/cards/rules";
import { add, cents, type Micros, micros } from "@/lib/money";
import { type Stripe, stripeRead } from "@/lib/stripe/client";
import { billedTo } from "./rules";
import type { Invoice } from "./schema";

export type KnownLine = {
  title: string;
  quantity: number | null;
  amount: Micros;
  isProration: boolean;
  periodStart: Date;
  periodEnd: Date;
};

/** What Stripe says of one invoice, in our own words. */
export type Known = {
  stripeId: string;
  customerId: string;
  stripeSubscriptionId: string | null;
  number: string | null;
  state: Invoice["status"];
  reason: string;
  sums: Record<"subtotal" | "discount" | "tax" | "total" | "amountDue" | "amountPaid", Micros>;
  billedTo: string[];
  taxId: string | null;
  hostedUrl: string | null;
  pdfUrl: string | null;
  payment: {
    intentId: string | null;
    fee: Micros | null;
    refunded: Micros;
    method: string | null;
    failure: string | null;
  };
  attempts: number;
  nextTryAt: Date | null;
  periodStart: Date;
  periodEnd: Date;
  createdAt: Date;
  finalizedAt: Date | null;
  dueAt: Date | null;
  paidAt: Date | null;
  lines: KnownLine[];
};

const STATES: Partial<Record<Stripe.Invoice.Status, Invoice["status"]>> = {
  draft: "draft",
  open: "open",
  paid: "paid",
  void: "void",
  uncollectible: "uncollectible",
};
const MOST_LINES = 1_000;

/** Asks Stripe how an invoice stands. Events and pages only say that it is worth asking. */
export async function lookUp(stripeId: string): Promise<Known> {
  const invoice = await stripeRead((stripe) => stripe.invoices.retrieve(stripeId, { expand: ["payments"] }));
  const state = invoice.status === null ? undefined : STATES[invoice.status];
  if (!state) throw new Error(`Stripe says that the invoice ${stripeId} is ${invoice.status}`);
  const lines = await linesOf(invoice);
  const { number, billing_reason, hosted_invoice_url, invoice_pdf, status_transitions: at } = invoice;
  return {
    stripeId,
    customerId: idOf(invoice.customer) ?? "",
    stripeSubscriptionId: idOf(invoice.parent?.subscription_details?.subscription ?? null),
    ...{ number, state, reason: billing_reason ?? "manual", sums: sumsOf(invoice) },
    ...{ hostedUrl: hosted_invoice_url ?? null, pdfUrl: invoice_pdf ?? null },
    billedTo: billedTo(invoice),
    taxId: invoice.custom_fields?.find(({ name }) => name === TAX_ID)?.value ?? null,
    payment: await paymentOf(invoice, state),
    ...{ attempts: invoice.attempt_count, nextTryAt: instant(invoice.next_payment_attempt) },
    ...periodOf(invoice, lines),
    ...{
      createdAt: required(invoice.created),
      finalizedAt: instant(at.finalized_at),
      dueAt: instant(invoice.due_date),
    },
    paidAt: state === "paid" ? required(at.paid_at ?? invoice.created) : null,
    lines,
  };
}

const sumsOf = ({ total_discount_amounts, total_taxes, ...invoice }: Stripe.Invoice): Known["sums"] => ({
  subtotal: cents(invoice.subtotal),
  discount: add(...(total_discount_amounts ?? []).map(({ amount }) => cents(amount))),
  tax: add(...(total_taxes ?? []).map(({ amount }) => cents(amount))),
  total: cents(invoice.total),
  amountDue: cents(Math.max(0, invoice.amount_due)),
  amountPaid: cents(invoice.amount_paid),
});

/** What paid it, or why it is not paid. A charge that was taken says a moment later what Stripe took of it. */
async function paymentOf({ payments }: Stripe.Invoice, state: Known["state"]): Promise<Known["payment"]> {
  const intentId = idOf(payments?.data.at(-1)?.payment.payment_intent ?? null);
  if (intentId === null) return { intentId, fee: null, refunded: micros(0), method: null, failure: null };
  const { latest_charge, last_payment_error } = await stripeRead((stripe) =>
    stripe.paymentIntents.retrieve(intentId, { expand: ["latest_charge.balance_transaction"] }),
  );
  const charge = typeof latest_charge === "string" ? null : latest_charge;
  const entry = state === "paid" ? charge?.balance_transaction : null;
  const { brand, last4 } = charge?.payment_method_details?.card ?? {};
  return {
    intentId,
    fee: entry && typeof entry !== "string" ? cents(entry.fee) : null,
    refunded: cents(state === "paid" ? (charge?.amount_refunded ?? 0) : 0),
    method: brand && last4 ? cardName({ brand, last4 }) : null,
    failure: state === "open" ? (last_payment_error?.message ?? null) : null,
  };
}

async function linesOf({ id, lines }: Stripe.Invoice): Promise<KnownLine[]> {
  const all = lines.has_more
    ? await stripeRead((stripe) =>
        stripe.invoices.listLineItems(id, { limit: 100 }).autoPagingToArray({ limit: MOST_LINES }),
      )
    : lines.data;
  return all.map(({ description, quantity, amount, period, parent }) => ({
    title: description ?? "",
    quantity,
    amount: cents(amount),
    isProration: (parent?.subscription_item_details ?? parent?.invoice_item_details)?.proration ?? false,
    periodStart: required(period.start),
    periodEnd: required(period.end),
  }));
}

/** What it is for: the invoice's own period is the one before. */
function periodOf({ period_start, period_end }: Stripe.Invoice, lines: KnownLine[]) {
  const charged = lines.filter(({ amount }) => amount >= 0);
  if (charged.length === 0) return { periodStart: required(period_start), periodEnd: required(period_end) };
  return {
    periodStart: new Date(Math.min(...charged.map(({ periodStart }) => periodStart.getTime()))),
    periodEnd: new Date(Math.max(...charged.map(({ periodEnd }) => periodEnd.getTime()))),
  };
}

const idOf = (one: string | { id: string } | null | undefined): string | null =>
  typeof one === "string" ? one : (one?.id ?? null);
const required = (seconds: number): Date => new Date(seconds * 1_000);
const instant = (seconds: number | null): Date | null => (seconds === null ? null : required(seconds));
