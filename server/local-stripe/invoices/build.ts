import { newStripeId, randomText } from "../store/ids";
import type { InvoiceLine, Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { sumOf } from "../taxes/compute";
import type { TaxRate } from "../taxes/named";
import { reduce } from "./discount";
import { taxLines } from "./tax-lines";

type Invoice = Kinds["invoice"];
type Customer = Kinds["customer"];

type NewInvoice = {
  customer: Customer;
  currency: string;
  reason: Invoice["billing_reason"];
  lines: InvoiceLine[];
  period: { start: number; end: number };
  subscription?: Kinds["subscription"] | undefined;
  discounts?: string[];
  autoAdvance: boolean;
  collection: Invoice["collection_method"];
  daysUntilDue?: number | null | undefined;
  dueDate?: number | null | undefined;
  description?: string | null | undefined;
  metadata?: Record<string, string>;
  defaultMethod?: string | null | undefined;
  taxRates?: TaxRate[] | undefined;
};

const SHOWN_LINES = 10;
const SECONDS_PER_DAY = 86_400;

/** A draft. It is announced by whoever made it, when it is whole. */
export async function addInvoice(space: Space, wanted: NewInvoice): Promise<Invoice> {
  const { customer, subscription } = wanted;
  const id = newStripeId("in");
  const due =
    wanted.dueDate ??
    (wanted.collection === "send_invoice" && wanted.daysUntilDue
      ? space.now + wanted.daysUntilDue * SECONDS_PER_DAY
      : null);
  const invoice = space.add<"invoice">(
    {
      id,
      object: "invoice",
      account_country: "US",
      account_name: "Local Stripe",
      account_tax_ids: null,
      amount_due: 0,
      amount_overpaid: 0,
      amount_paid: 0,
      amount_paid_off_stripe: 0,
      amount_remaining: 0,
      amount_shipping: 0,
      application: null,
      attempt_count: 0,
      attempted: false,
      auto_advance: wanted.autoAdvance,
      automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
      automatically_finalizes_at: null,
      billing_reason: wanted.reason,
      collection_method: wanted.collection,
      created: space.now,
      currency: wanted.currency,
      custom_fields: customer.invoice_settings.custom_fields,
      customer: customer.id,
      customer_account: null,
      customer_address: customer.address ?? null,
      customer_email: customer.email,
      customer_name: customer.name ?? null,
      customer_phone: customer.phone ?? null,
      customer_shipping: customer.shipping,
      customer_tax_exempt: customer.tax_exempt ?? "none",
      customer_tax_ids: [],
      default_payment_method: wanted.defaultMethod ?? null,
      default_source: null,
      default_tax_rates: wanted.taxRates ?? subscription?.default_tax_rates ?? [],
      description: wanted.description ?? null,
      discounts: wanted.discounts ?? [],
      due_date: due,
      effective_at: null,
      ending_balance: null,
      footer: null,
      from_invoice: null,
      hosted_invoice_url: null,
      invoice_pdf: null,
      issuer: { type: "self" },
      last_finalization_error: null,
      latest_revision: null,
      lines: { object: "list", data: [], has_more: false, url: `/v1/invoices/${id}/lines` },
      livemode: false,
      metadata: wanted.metadata ?? {},
      next_payment_attempt: null,
      number: null,
      on_behalf_of: null,
      parent: subscription
        ? {
            quote_details: null,
            subscription_details: { metadata: { ...subscription.metadata }, subscription: subscription.id },
            type: "subscription_details",
          }
        : null,
      payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
      period_end: wanted.period.end,
      period_start: wanted.period.start,
      post_payment_credit_notes_amount: 0,
      pre_payment_credit_notes_amount: 0,
      receipt_number: null,
      rendering: null,
      shipping_cost: null,
      shipping_details: null,
      starting_balance: customer.balance,
      statement_descriptor: null,
      status: "draft",
      status_details: {},
      status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
      subtotal: 0,
      subtotal_excluding_tax: 0,
      test_clock: customer.test_clock ?? null,
      total: 0,
      total_discount_amounts: [],
      total_excluding_tax: 0,
      total_pretax_credit_amounts: [],
      total_taxes: [],
      webhooks_delivered_at: null,
    },
    { statementToken: randomText(40) },
  );
  await setLines(space, invoice, wanted.lines);
  return invoice;
}

/** Puts lines on a draft and adds them up. */
export async function setLines(space: Space, invoice: Invoice, lines: InvoiceLine[]): Promise<void> {
  for (const line of lines) line.invoice = invoice.id;
  space.inner(invoice).lines = lines;
  const reductions = await reduce(space, lines, invoice.discounts, invoice.created);
  invoice.total_discount_amounts = reductions.map(({ amount, discount }) => ({ amount, discount }));
  await addUp(space, invoice, lines);
  const customer = await space.own("customer", String(invoice.customer));
  const { due } = amountDue(invoice.total, customer.balance);
  invoice.starting_balance = customer.balance;
  invoice.amount_due = due;
  invoice.amount_remaining = due;
}

/** Adds lines up: what discounts take off, what credit covers, and the taxes on the rest. */
export async function addUp(space: Space, invoice: Invoice, lines: InvoiceLine[]): Promise<void> {
  const inside = await taxLines(space, invoice, lines);
  const off = [...(invoice.total_discount_amounts ?? []), ...(invoice.total_pretax_credit_amounts ?? [])];
  invoice.subtotal = lines.reduce((sum, { amount }) => sum + amount, 0);
  invoice.subtotal_excluding_tax = invoice.subtotal - inside;
  const taxes = invoice.total_taxes ?? [];
  invoice.total = invoice.subtotal - off.reduce((sum, { amount }) => sum + amount, 0) + sumOf(taxes, "exclusive");
  invoice.total_excluding_tax = invoice.total - sumOf(taxes);
  invoice.lines = {
    ...invoice.lines,
    data: structuredClone(lines.slice(0, SHOWN_LINES)),
    has_more: lines.length > SHOWN_LINES,
  };
}

const SMALLEST_CHARGE = 50;

/** What is to be paid after the customer's balance. Too small a sum is not charged but carried over. */
export function amountDue(total: number, balance: number): { due: number; ending: number } {
  const owed = total + balance;
  if (owed >= SMALLEST_CHARGE) return { due: owed, ending: 0 };
  return { due: 0, ending: owed };
}
