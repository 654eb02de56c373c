import { autoFinalize } from "../invoices/auto-finalize";
import { addInvoice } from "../invoices/build";
import { pendingItems } from "../invoices/items";
import { itemLines, lineOfInvoiceItem } from "../invoices/lines";
import { usageLines } from "../invoices/metered";
import type { InvoiceLine, Kinds, SubscriptionItem } from "../store/kinds";
import type { Space } from "../store/space";
import { discountsOf, scheduleNext } from "./build";
import { isMetered, rhythmOf } from "./items";
import { periodAt } from "./periods";
import { endTrial } from "./trial";

type Subscription = Kinds["subscription"];

/** A period has ended: bill what was used, bill what comes, and go on. */
export async function renew(space: Space, subscription: Subscription): Promise<void> {
  const ended = subscription.items.data.filter((item) => item.current_period_end <= space.now);
  if (ended.length === 0) return scheduleNext(space, subscription);
  if (subscription.status === "trialing" && !(await endTrial(space, subscription))) return;
  await billPeriod(space, subscription, ended);
  scheduleNext(space, subscription);
  space.announceChange("customer.subscription.updated", subscription);
}

/** Moves these items to their next period, and drafts the invoice for it. */
export async function billPeriod(
  space: Space,
  subscription: Subscription,
  ended: SubscriptionItem[],
): Promise<Kinds["invoice"]> {
  const customer = await space.own("customer", String(subscription.customer));
  const past = {
    start: Math.min(...ended.map((item) => item.current_period_start)),
    end: Math.max(...ended.map((item) => item.current_period_end)),
  };
  const items = await pendingItems(space, customer.id, subscription.id);
  const lines: InvoiceLine[] = items.map(lineOfInvoiceItem);
  for (const item of ended) lines.push(...(await turnPeriod(space, subscription, item)));

  const draftOnly = subscription.status === "unpaid" || subscription.pause_collection !== null;
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
      period: past,
      autoAdvance: !draftOnly,
      collection: subscription.collection_method,
      daysUntilDue: subscription.days_until_due,
    },
  });
  for (const item of items) item.invoice = invoice.id;
  subscription.latest_invoice = invoice.id;
  autoFinalize(space, invoice);
  space.announce("invoice.created", invoice);
  await applyPause(space, subscription, invoice);
  return invoice;
}

async function turnPeriod(space: Space, subscription: Subscription, item: SubscriptionItem): Promise<InvoiceLine[]> {
  const past = { start: item.current_period_start, end: item.current_period_end };
  const next = periodAt(subscription.billing_cycle_anchor, rhythmOf(item.price), past.end);
  item.current_period_start = next.start;
  item.current_period_end = next.end;
  const metadata = { ...subscription.metadata };
  if (!isMetered(item.price))
    return itemLines(space, item, { quantity: String(item.quantity ?? 1), period: next, metadata });
  return usageLines(space, item, { customer: String(subscription.customer), period: past, metadata });
}

/** While collection is paused, invoices are made and then kept, voided or written off. */
async function applyPause(space: Space, subscription: Subscription, invoice: Kinds["invoice"]): Promise<void> {
  const behavior = subscription.pause_collection?.behavior;
  if (behavior === "void") space.schedule("invoice_voids", invoice.id, space.now);
  if (behavior === "mark_uncollectible") space.schedule("invoice_written_off", invoice.id, space.now);
}
