import { finalizeInvoice } from "../invoices/finalize";
import { voidInvoice } from "../invoices/void";
import type { Work } from "../store/run-due";
import { endOnTime } from "./cancel";
import { expirePending } from "./pending-update";
import { expireIncomplete } from "./reactions";
import { renew } from "./renew";
import { nextInvoice, tryOut } from "./upcoming";

/** What subscriptions do when their time comes. */
export const subscriptionWork: Work = {
  async subscription_renews(space, id) {
    const subscription = await space.find("subscription", id);
    if (!subscription || !["active", "trialing", "past_due", "unpaid"].includes(subscription.status)) return;
    if (subscription.cancel_at !== null && subscription.cancel_at <= space.now) await endOnTime(space, subscription);
    else await renew(space, subscription);
  },
  async subscription_ends(space, id) {
    const subscription = await space.find("subscription", id);
    if (subscription?.cancel_at !== null && subscription) await endOnTime(space, subscription);
  },
  async incomplete_expires(space, id) {
    const subscription = await space.find("subscription", id);
    if (subscription) await expireIncomplete(space, subscription);
  },
  async pending_update_expires(space, id) {
    const subscription = await space.find("subscription", id);
    if (subscription) await expirePending(space, subscription);
  },
  async trial_will_end(space, id) {
    const subscription = await space.find("subscription", id);
    if (subscription?.status === "trialing") space.announce("customer.subscription.trial_will_end", subscription);
  },
  async invoice_upcoming(space, id) {
    const subscription = await space.find("subscription", id);
    if (
      !subscription ||
      subscription.cancel_at !== null ||
      !["active", "trialing", "past_due"].includes(subscription.status)
    )
      return;
    const invoice = await tryOut(space, async (trial) => nextInvoice(trial, await trial.own("subscription", id)));
    space.announceUpcoming({ ...invoice, number: null, status: "draft" });
  },
  async collection_resumes(space, id) {
    const subscription = await space.find("subscription", id);
    if (!subscription?.pause_collection) return;
    subscription.pause_collection = null;
    space.announceChange("customer.subscription.updated", subscription);
  },
  async resumption_expires(space, id) {
    const invoice = await space.find("invoice", id);
    if (invoice?.status === "open") await voidInvoice(space, invoice);
  },
  async invoice_voids(space, id) {
    const invoice = await space.find("invoice", id);
    if (invoice?.status === "draft") await finalizeInvoice(space, invoice);
    if (invoice && isOpen(invoice)) await voidInvoice(space, invoice);
  },
  async invoice_written_off(space, id) {
    const invoice = await space.find("invoice", id);
    if (invoice?.status === "draft") await finalizeInvoice(space, invoice);
    if (!invoice || !isOpen(invoice)) return;
    invoice.status = "uncollectible";
    invoice.auto_advance = false;
    invoice.status_transitions.marked_uncollectible_at = space.now;
    space.announce("invoice.marked_uncollectible", invoice);
  },
};

const isOpen = ({ status }: { status: string | null }): boolean => status === "open";
