import type { Work } from "../store/run-due";
import { collect, methodFor, unpaid } from "./collect";
import { finalizeOrTell } from "./finalize-or-tell";

/** What invoices do when their time comes. */
export const invoiceWork: Work = {
  async invoice_finalizes(space, id) {
    const invoice = await space.find("invoice", id);
    if (invoice?.status !== "draft" || !invoice.auto_advance) return;
    if (await finalizeOrTell(space, invoice)) return;
    if (isOpen(invoice) && invoice.collection_method === "charge_automatically") await collect(space, invoice);
    if (isOpen(invoice) && invoice.collection_method === "send_invoice") space.announce("invoice.sent", invoice);
  },
  async invoice_retries(space, id) {
    const invoice = await space.find("invoice", id);
    if (invoice?.status !== "open") return;
    const method = await methodFor(space, invoice);
    const intent = await space.own("payment_intent", space.inner(invoice).intent ?? "");
    const same = intent.last_payment_error?.payment_method?.id === method?.id;
    // A bank that said "never" is not asked again with the same card.
    if (method && !(same && space.inner(invoice).hardDecline)) await collect(space, invoice);
    else await unpaid(space, invoice);
  },
  async invoice_overdue(space, id) {
    const invoice = await space.find("invoice", id);
    if (invoice?.status !== "open") return;
    space.announce("invoice.overdue", invoice);
    await space.react.invoiceUnpaid(space, invoice);
  },
};

/** Asked again on purpose: finalising may have paid it. */
const isOpen = ({ status }: { status: string | null }): boolean => status === "open";
