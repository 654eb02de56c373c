import { moveBalance } from "../customers/balance";
import { cancelIntent } from "../payments/cancel-intent";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";

type Invoice = Kinds["invoice"];

export async function voidInvoice(space: Space, invoice: Invoice): Promise<void> {
  invoice.status = "void";
  invoice.status_transitions.voided_at = space.now;
  stopCollecting(space, invoice);
  space.announce("invoice.voided", invoice);
  await giveBack(space, invoice);
  const id = space.inner(invoice).intent;
  const intent = id === undefined ? undefined : await space.own("payment_intent", id);
  if (intent && ["requires_payment_method", "requires_confirmation", "requires_action"].includes(intent.status))
    await cancelIntent(space, intent, "void_invoice");
  await space.react.invoiceEnded(space, invoice);
}

export function stopCollecting(space: Space, invoice: Invoice): void {
  invoice.auto_advance = false;
  invoice.next_payment_attempt = null;
  for (const kind of ["invoice_retries", "invoice_overdue", "invoice_finalizes"]) space.unschedule(kind, invoice.id);
}

/** The balance that was used for it is the customer's again. */
async function giveBack(space: Space, invoice: Invoice): Promise<void> {
  const amount = invoice.starting_balance - (invoice.ending_balance ?? invoice.starting_balance);
  if (amount === 0) return;
  const customer = await space.own("customer", String(invoice.customer));
  moveBalance(space, customer, {
    amount,
    currency: invoice.currency,
    type: "unapplied_from_invoice",
    invoice: invoice.id,
    description: null,
    metadata: {},
  });
  space.announceChange("customer.updated", customer);
}
