import { applyCredits } from "../credits/apply";
import { moveBalance, pinCurrency } from "../customers/balance";
import { refused } from "../http/errors";
import { addIntent } from "../payments/intent-build";
import type { InvoiceLine, Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { addUp, amountDue, setLines } from "./build";
import { rememberDebits } from "./debited";
import { finalizationProblem } from "./finalization-problem";
import { freshUsage } from "./metered";
import { onwardOf } from "./onward";
import { addPayment, receive } from "./receive";
import { settleInvoice } from "./settle";
import { spendDiscounts } from "./spend-discounts";

type Invoice = Kinds["invoice"];
type Subscription = Kinds["subscription"];

const NUMBER_WIDTH = 4;

/** Gives a draft its number and its price. From here on its lines stand. Nothing to pay means paid, and so does a payment that was made before. */
export async function finalizeInvoice(space: Space, invoice: Invoice, paidBy?: Kinds["payment_intent"]): Promise<void> {
  if (invoice.status !== "draft") {
    throw refused("This invoice is already finalized, you can't re-finalize a non-draft invoice.", {
      code: "invoice_not_editable",
    });
  }
  const parent = await subscriptionOf(space, invoice);
  const problem = await finalizationProblem(space, onwardOf(space, invoice, parent));
  if (problem) throw problem;
  const lines = await freshUsage(space, invoice);
  if (lines.length === 0 && invoice.billing_reason === "manual") {
    throw refused("You cannot finalize an invoice with no line items.", { code: "invoice_no_customer_line_items" });
  }
  await setLines(space, invoice, lines);
  await spendCredits(space, invoice, lines);
  const customer = await space.own("customer", String(invoice.customer));
  pinCurrency(customer, invoice.currency);
  number(space, invoice, customer);
  applyBalance(space, invoice, customer);
  space.unschedule("invoice_finalizes", invoice.id);
  invoice.automatically_finalizes_at = null;
  invoice.last_finalization_error = null;

  const own = invoice.amount_due > 0 && !paidBy;
  const intent = own ? await addOwnPayment(space, invoice, parent) : undefined;
  await spendDiscounts(space, invoice, parent);
  if (parent) await rememberDebits(space, parent, lines);
  space.announceChange("customer.updated", customer);
  if (space.wasStored(invoice.id)) space.announceChange("invoice.updated", invoice);
  space.announce("invoice.finalized", invoice);
  if (intent) space.announce("payment_intent.created", intent);
  if (paidBy) {
    addPayment(space, invoice, paidBy, true);
    return receive(space, invoice, paidBy);
  }
  if (invoice.amount_due === 0) return settleInvoice(space, invoice, { how: "nothing to pay" });
  if (invoice.due_date !== null) space.schedule("invoice_overdue", invoice.id, invoice.due_date);
}

async function subscriptionOf(space: Space, { parent }: Invoice): Promise<Subscription | undefined> {
  const id = parent?.subscription_details?.subscription;
  return id ? space.own("subscription", String(id)) : undefined;
}

/** Credit is used once, when the price stands; a draft shows none. */
async function spendCredits(space: Space, invoice: Invoice, lines: InvoiceLine[]): Promise<void> {
  const used = await applyCredits(space, invoice, lines);
  if (used === 0) return;
  await addUp(space, invoice, lines);
  invoice.lines.data = structuredClone(lines.slice(0, invoice.lines.data.length));
}

function number(space: Space, invoice: Invoice, customer: Kinds["customer"]): void {
  const sequence = customer.next_invoice_sequence ?? 1;
  invoice.number = `${customer.invoice_prefix}-${String(sequence).padStart(NUMBER_WIDTH, "0")}`;
  customer.next_invoice_sequence = sequence + 1;
  const page = `${space.origin()}/i/${space.account}/test_${space.inner(invoice).statementToken}`;
  Object.assign(invoice, {
    status: "open",
    hosted_invoice_url: page,
    invoice_pdf: `${page}/pdf`,
    effective_at: space.now,
  });
  invoice.status_transitions.finalized_at = space.now;
}

function applyBalance(space: Space, invoice: Invoice, customer: Kinds["customer"]): void {
  const { due, ending } = amountDue(invoice.total, customer.balance);
  invoice.starting_balance = customer.balance;
  invoice.ending_balance = ending;
  invoice.amount_due = due;
  invoice.amount_remaining = due;
  const amount = ending - customer.balance;
  if (amount === 0) return;
  moveBalance(space, customer, {
    ...{
      amount,
      currency: invoice.currency,
      type: invoice.total < 0 ? "invoice_too_small" : "applied_to_invoice",
      invoice: invoice.id,
    },
    ...{ description: null, metadata: {} },
  });
}

async function addOwnPayment(
  space: Space,
  invoice: Invoice,
  parent: Subscription | undefined,
): Promise<Kinds["payment_intent"]> {
  const { destination, amount, fee } = onwardOf(space, invoice, parent);
  const intent = await addIntent(space, {
    amount: invoice.amount_due,
    currency: invoice.currency,
    customer: String(invoice.customer),
    description: parent ? DESCRIPTIONS[invoice.billing_reason ?? "manual"] : `Payment for Invoice`,
    setup_future_usage:
      parent?.payment_settings?.save_default_payment_method === "on_subscription" ? "off_session" : undefined,
    ...(destination !== undefined && { transfer_data: { destination, amount } }),
    ...(fee !== undefined && { application_fee_amount: fee }),
    on_behalf_of: invoice.on_behalf_of ? String(invoice.on_behalf_of) : undefined,
  });
  space.inner(invoice).intent = intent.id;
  addPayment(space, invoice, intent, true);
  return intent;
}

const DESCRIPTIONS: Record<string, string> = {
  subscription_create: "Subscription creation",
  subscription_cycle: "Subscription update",
  subscription_update: "Subscription update",
};
