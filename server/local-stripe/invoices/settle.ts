import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";

type Invoice = Kinds["invoice"];
type Settlement =
  | { how: "nothing to pay" }
  | { how: "paid"; payment: Kinds["invoice_payment"] | undefined }
  | { how: "outside" };

/** An invoice is paid. Whoever waits for that hears it from here. */
export async function settleInvoice(space: Space, invoice: Invoice, settlement: Settlement): Promise<void> {
  invoice.status = "paid";
  invoice.attempted = true;
  invoice.auto_advance = false;
  invoice.next_payment_attempt = null;
  invoice.status_transitions.paid_at = space.now;
  if (settlement.how === "paid") invoice.attempt_count += 1;
  if (settlement.how === "outside") await payOutside(space, invoice);
  for (const kind of ["invoice_retries", "invoice_overdue"]) space.unschedule(kind, invoice.id);
  // One that was open before is seen to change before it is paid.
  if (space.wasStored(invoice.id) && !space.hasTold("invoice.finalized", invoice))
    space.announceChange("invoice.updated", invoice);
  space.announce("invoice.paid", invoice);
  space.announce("invoice.payment_succeeded", invoice);
  await space.react.invoicePaid(space, invoice);
  if (settlement.how === "paid" && settlement.payment) space.announce("invoice_payment.paid", settlement.payment);
}

/** Somebody paid in cash: what was still to be taken is not taken any more. */
async function payOutside(space: Space, invoice: Invoice): Promise<void> {
  invoice.amount_paid_off_stripe = invoice.amount_due - invoice.amount_paid;
  invoice.amount_paid = invoice.amount_due;
  invoice.amount_remaining = 0;
  for (const id of space.inner(invoice).payments ?? []) {
    const payment = await space.own("invoice_payment", id);
    if (payment.status !== "open") continue;
    payment.status = "canceled";
    payment.status_transitions.canceled_at = space.now;
  }
}
