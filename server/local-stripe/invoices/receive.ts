import { moveBalance } from "../customers/balance";
import { cancelIntent } from "../payments/cancel-intent";
import { newStripeId } from "../store/ids";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { settleInvoice } from "./settle";

type Invoice = Kinds["invoice"];
type Intent = Kinds["payment_intent"];
type Payment = Kinds["invoice_payment"];

/** Writes down that an intent is to pay this invoice, or a part of it. */
export function addPayment(space: Space, invoice: Invoice, intent: Intent, isDefault: boolean): Payment {
  const payment = space.add<"invoice_payment">({
    ...{ id: newStripeId("inpay"), object: "invoice_payment", amount_paid: null, amount_requested: intent.amount },
    ...{ created: space.now, currency: invoice.currency, invoice: invoice.id, is_default: isDefault, livemode: false },
    ...{ payment: { payment_intent: intent.id, type: "payment_intent" }, status: "open" },
    status_transitions: { canceled_at: null, paid_at: null },
  });
  const inner = space.inner(invoice);
  inner.payments = [...(inner.payments ?? []), payment.id];
  space.inner(intent).invoice = invoice.id;
  return payment;
}

/** Money has come in for an invoice: all of it, a part, or too much. */
export async function receive(space: Space, invoice: Invoice, intent: Intent): Promise<void> {
  const payment = await paymentOf(space, invoice, intent);
  if (payment) {
    payment.status = "paid";
    payment.amount_paid = intent.amount_received;
    payment.status_transitions.paid_at = space.now;
  }
  invoice.amount_paid += intent.amount_received;
  invoice.amount_remaining = Math.max(invoice.amount_due - invoice.amount_paid, 0);
  if (invoice.amount_remaining > 0) return receivePart(space, invoice, payment);
  await letGoOfOthers(space, invoice, intent);
  await settleInvoice(space, invoice, { how: "paid", payment });
  await giveBackExcess(space, invoice);
}

async function receivePart(space: Space, invoice: Invoice, payment: Payment | undefined): Promise<void> {
  const own = space.inner(invoice).intent;
  const rest = own === undefined ? undefined : await space.own("payment_intent", own);
  if (rest && rest.status !== "succeeded" && rest.status !== "canceled") rest.amount = invoice.amount_remaining;
  space.announceChange("invoice.updated", invoice);
  if (payment) space.announce("invoice_payment.paid", payment);
}

/** Nothing may be taken twice for one invoice. */
async function letGoOfOthers(space: Space, invoice: Invoice, paid: Intent): Promise<void> {
  for (const id of space.inner(invoice).payments ?? []) {
    const payment = await space.own("invoice_payment", id);
    if (payment.status !== "open") continue;
    payment.status = "canceled";
    payment.status_transitions.canceled_at = space.now;
    const intent = await space.own("payment_intent", String(payment.payment.payment_intent));
    const open = ["requires_payment_method", "requires_confirmation", "requires_action"].includes(intent.status);
    if (open && intent.id !== paid.id) await cancelIntent(space, intent, "void_invoice");
  }
}

async function giveBackExcess(space: Space, invoice: Invoice): Promise<void> {
  const excess = invoice.amount_paid - invoice.amount_due;
  if (excess <= 0) return;
  invoice.amount_overpaid = excess;
  const customer = await space.own("customer", String(invoice.customer));
  moveBalance(space, customer, {
    ...{ amount: -excess, currency: invoice.currency, type: "invoice_overpaid", invoice: invoice.id },
    ...{ description: null, metadata: {} },
  });
  space.announceChange("customer.updated", customer);
  space.announce("invoice.overpaid", invoice);
}

async function paymentOf(space: Space, invoice: Invoice, intent: Intent): Promise<Payment | undefined> {
  for (const id of space.inner(invoice).payments ?? []) {
    const payment = await space.own("invoice_payment", id);
    if (payment.payment.payment_intent === intent.id) return payment;
  }
  return undefined;
}
