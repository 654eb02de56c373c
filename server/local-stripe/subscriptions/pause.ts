import { refused } from "../http/errors";
import { addInvoice } from "../invoices/build";
import { collect } from "../invoices/collect";
import { finalizeInvoice } from "../invoices/finalize";
import { pendingItems } from "../invoices/items";
import { itemLines, lineOfInvoiceItem } from "../invoices/lines";
import type { InvoiceLine, Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { discountsOf, INCOMPLETE_SECONDS, licensed, metered, scheduleNext } from "./build";
import { finalInvoice } from "./cancel";
import { isMetered, periodOf, rhythmOf } from "./items";
import { periodAt } from "./periods";
import { chargeRest, creditRest } from "./prorate";
import { addUsage } from "./usage-item";

type Subscription = Kinds["subscription"];
type PauseWish = { unused: "item_current_period_start" | "none" | "now"; usage: "none" | "now"; invoices: boolean };

/** Stops time for a subscription: no periods pass, nothing is billed. What was paid and not used is given back. */
export async function pauseSubscription(
  space: Space,
  subscription: Subscription,
  wish: PauseWish,
): Promise<Subscription> {
  if (subscription.status !== "active" && subscription.status !== "trialing")
    throw refused(`A subscription with status ${subscription.status} cannot be paused.`);
  if (subscription.billing_mode.type !== "flexible")
    throw refused("Only subscriptions in flexible billing mode can be paused.");
  if (subscription.status === "active") await settlePeriod(space, subscription, wish);
  subscription.status = "paused";
  subscription.status_details = pausedBecause("pause_requested", space.now);
  scheduleNext(space, subscription);
  space.announce("customer.subscription.paused", subscription);
  space.announceChange("customer.subscription.updated", subscription);
  return subscription;
}

type Why = "pause_requested" | "trial_end_without_payment_method" | "first_payment_failure" | "final_payment_failure";
export const pausedBecause = (type: Why, at: number): NonNullable<Subscription["status_details"]> => ({
  paused: { subscription: { type }, transitioned_at: at, type: "subscription" },
});

async function settlePeriod(
  space: Space,
  subscription: Subscription,
  { unused, usage, invoices }: PauseWish,
): Promise<void> {
  for (const item of unused === "none" ? [] : licensed(subscription)) {
    const at = unused === "now" ? space.now : item.current_period_start;
    await creditRest(space, { subscription, at }, { item, period: periodOf(item) });
  }
  for (const item of usage === "none" ? [] : metered(subscription)) await addUsage(space, subscription, item);
  if (invoices) await finalInvoice(space, subscription, "only what waits");
}

type ResumeWish = {
  anchor: "now" | "unchanged";
  attempts: boolean;
  proration: "always_invoice" | "create_prorations" | "none";
  at: number;
};

/** Goes on, with new periods from now or with the old ones. What is then due has to be paid first. */
export async function resumeSubscription(
  space: Space,
  subscription: Subscription,
  wish: ResumeWish,
): Promise<Subscription> {
  if (subscription.status !== "paused") throw refused("This subscription is not paused.");
  const lines: InvoiceLine[] = [];
  if (wish.anchor === "now") subscription.billing_cycle_anchor = space.now;
  for (const item of subscription.items.data) {
    const period = periodAt(subscription.billing_cycle_anchor, rhythmOf(item.price), space.now);
    item.current_period_start = wish.anchor === "now" || isMetered(item.price) ? space.now : period.start;
    item.current_period_end = period.end;
    if (isMetered(item.price)) continue;
    if (wish.anchor === "now") lines.push(...(await wholeLines(space, subscription, item)));
    else if (wish.proration !== "none") await chargeRest(space, { subscription, at: wish.at }, { item, period });
  }
  if (lines.length > 0 || wish.proration === "always_invoice") await billResumption(space, subscription, lines, wish);
  else goOn(space, subscription);
  space.announceChange("customer.subscription.updated", subscription);
  return subscription;
}

/** Time runs again. */
export function goOn(space: Space, subscription: Subscription): void {
  subscription.status = "active";
  delete subscription.status_details;
  scheduleNext(space, subscription);
  space.announce("customer.subscription.resumed", subscription);
}

const wholeLines = (space: Space, subscription: Subscription, item: Subscription["items"]["data"][number]) =>
  itemLines(space, item, {
    ...{ quantity: String(item.quantity ?? 1), period: periodOf(item), metadata: { ...subscription.metadata } },
  });

async function billResumption(
  space: Space,
  subscription: Subscription,
  lines: InvoiceLine[],
  { attempts }: ResumeWish,
): Promise<void> {
  const customer = await space.own("customer", String(subscription.customer));
  const items = await pendingItems(space, customer.id, subscription.id);
  const invoice = await addInvoice(space, {
    ...{ customer, subscription, reason: "subscription_update", autoAdvance: true, currency: subscription.currency },
    ...{ lines: [...items.map(lineOfInvoiceItem), ...lines], discounts: discountsOf(subscription, customer) },
    ...{ period: { start: space.now, end: space.now }, collection: subscription.collection_method },
    daysUntilDue: subscription.days_until_due,
  });
  for (const item of items) item.invoice = invoice.id;
  subscription.latest_invoice = invoice.id;
  space.announce("invoice.created", invoice);
  await finalizeInvoice(space, invoice);
  if (!isOpen(invoice)) return;
  if (attempts && (await collect(space, invoice, {})) === "paid") return;
  space.schedule("resumption_expires", invoice.id, space.now + INCOMPLETE_SECONDS);
}

const isOpen = ({ status }: { status: string | null }): boolean => status === "open";
