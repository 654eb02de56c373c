import { addInvoice } from "../invoices/build";
import { collect } from "../invoices/collect";
import { finalizeInvoice } from "../invoices/finalize";
import { pendingItems } from "../invoices/items";
import { lineOfInvoiceItem } from "../invoices/lines";
import { usageLines } from "../invoices/metered";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { discountsOf, licensed, metered, scheduleNext } from "./build";
import { periodOf } from "./items";
import { creditRest } from "./prorate";

type Subscription = Kinds["subscription"];
type Reason = "cancellation_requested" | "payment_failed" | "payment_disputed";

const LIVE = ["active", "trialing", "past_due", "unpaid", "incomplete", "paused"];
export const isLive = ({ status }: { status: string }): boolean => LIVE.includes(status);

/** The end. What is open stays open, and is collected no more. */
export async function endSubscription(space: Space, subscription: Subscription, reason: Reason): Promise<void> {
  subscription.status = "canceled";
  subscription.ended_at = space.now;
  subscription.canceled_at ??= space.now;
  subscription.cancel_at_period_end = false;
  subscription.cancellation_details = {
    comment: null,
    feedback: null,
    feedback_option: null,
    ...subscription.cancellation_details,
    reason,
  };
  subscription.pending_update = null;
  for (const kind of ["incomplete_expires", "trial_will_end", "pending_update_expires", "invoice_upcoming"])
    space.unschedule(kind, subscription.id);
  scheduleNext(space, subscription);
  await stopInvoices(space, subscription);
  space.announce("customer.subscription.deleted", subscription);
}

async function stopInvoices(space: Space, subscription: Subscription): Promise<void> {
  const where = [
    { at: "parent.subscription_details.subscription", is: subscription.id },
    { at: "status", among: ["draft", "open"] },
  ];
  for (const invoice of await space.select("invoice", { where })) {
    if (!invoice.auto_advance || invoice.status === "draft") continue;
    invoice.auto_advance = false;
    invoice.next_payment_attempt = null;
    space.unschedule("invoice_retries", invoice.id);
  }
}

/** Ends it at the instant it was to end: the last usage is billed, the pending items with it. */
export async function endOnTime(space: Space, subscription: Subscription): Promise<void> {
  if (!isLive(subscription)) return;
  await finalInvoice(space, subscription);
  await endSubscription(space, subscription, "cancellation_requested");
}

/** Bills what is not billed yet, at once. */
export async function finalInvoice(
  space: Space,
  subscription: Subscription,
  what: "everything" | "only what waits" = "everything",
): Promise<void> {
  const customer = await space.own("customer", String(subscription.customer));
  const items = await pendingItems(space, customer.id, subscription.id);
  const lines = items.map(lineOfInvoiceItem);
  for (const item of what === "everything" ? metered(subscription) : []) {
    const period = { start: item.current_period_start, end: Math.min(item.current_period_end, space.now) };
    if (period.end > period.start)
      lines.push(
        ...(await usageLines(space, item, { customer: customer.id, period, metadata: { ...subscription.metadata } })),
      );
  }
  if (lines.length === 0) return;
  const invoice = await addInvoice(space, {
    ...{
      customer,
      subscription,
      reason: "subscription_cycle",
      lines,
      discounts: discountsOf(subscription, customer),
      currency: subscription.currency,
    },
    ...{
      period: { start: Math.min(...subscription.items.data.map((item) => item.current_period_start)), end: space.now },
      autoAdvance: true,
    },
    ...{ collection: subscription.collection_method, daysUntilDue: subscription.days_until_due },
  });
  for (const item of items) item.invoice = invoice.id;
  subscription.latest_invoice = invoice.id;
  space.announce("invoice.created", invoice);
  await finalizeInvoice(space, invoice);
  if (stillOpen(invoice) && subscription.collection_method === "charge_automatically") await collect(space, invoice);
}

/** Credits what was paid for and will not be used. */
export async function creditUnused(space: Space, subscription: Subscription): Promise<void> {
  if (subscription.status === "trialing") return;
  for (const item of licensed(subscription))
    await creditRest(space, { subscription, at: space.now }, { item, period: periodOf(item) });
}

/** A deleted customer takes its subscriptions with it. */
export async function cancelForCustomer(space: Space, customer: Kinds["customer"]): Promise<void> {
  for (const subscription of await space.select("subscription", { where: [{ at: "customer", is: customer.id }] })) {
    if (isLive(subscription)) await endSubscription(space, subscription, "cancellation_requested");
  }
}

const stillOpen = ({ status }: { status: string | null }): boolean => status === "open";
