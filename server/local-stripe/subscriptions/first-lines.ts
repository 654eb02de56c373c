import { itemLines, itemParent, newLine, productName, remaining } from "../invoices/lines";
import type { InvoiceLine, Kinds, SubscriptionItem } from "../store/kinds";
import type { Space } from "../store/space";
import { isMetered, periodOf, rhythmOf } from "./items";
import { type Period, periodAt } from "./periods";

type Subscription = Kinds["subscription"];

/**
 * What the first invoice bills: a trial for nothing, a whole period, the part that is left until
 * the anchor, and what lies before today when the start was put into the past.
 */
export async function firstLines(
  space: Space,
  subscription: Subscription,
  proration: "always_invoice" | "create_prorations" | "none",
): Promise<InvoiceLine[]> {
  const lines: InvoiceLine[] = [];
  for (const item of subscription.items.data) {
    if (isMetered(item.price)) {
      // In the older mode usage stands on the first invoice too, with nothing used yet.
      if (subscription.billing_mode.type === "classic") lines.push(...(await unusedLines(space, subscription, item)));
      continue;
    }
    if (subscription.trial_end === null) lines.push(...(await paidLines(space, subscription, item, proration)));
    else lines.push(await trialLine(space, subscription, item));
  }
  return lines;
}

async function trialLine(space: Space, subscription: Subscription, item: SubscriptionItem): Promise<InvoiceLine> {
  const name = await productName(space, item.price);
  return newLine({
    ...{ amount: 0, currency: item.price.currency, period: periodOf(item), quantity: String(item.quantity ?? 1) },
    ...{ description: `Free trial for ${item.quantity ?? 1} × ${name}`, price: item.price, unit: "0" },
    ...{ metadata: { ...subscription.metadata }, parent: itemParent(item, null), subscription: subscription.id },
  });
}

async function paidLines(
  space: Space,
  subscription: Subscription,
  item: SubscriptionItem,
  proration: "always_invoice" | "create_prorations" | "none",
): Promise<InvoiceLine[]> {
  const lines: InvoiceLine[] = [];
  for (const period of firstPeriods(subscription, item)) {
    const whole = periodAt(subscription.billing_cycle_anchor, rhythmOf(item.price), period.start);
    const isPart = whole.start < period.start;
    if ((isPart || period.end <= space.now) && proration === "none") continue;
    const made = await itemLines(space, item, {
      ...{ quantity: String(item.quantity ?? 1), period, metadata: { ...subscription.metadata } },
    });
    for (const line of made) {
      if (isPart) line.amount = remaining(line.amount, period.start, whole);
      line.subtotal = line.amount;
    }
    lines.push(...made);
  }
  return lines;
}

/** One period, or several when it began in the past. */
function firstPeriods({ start_date, billing_cycle_anchor }: Subscription, item: SubscriptionItem): Period[] {
  const periods = [periodOf(item)];
  for (let start = item.current_period_start; start > start_date; ) {
    const before = periodAt(billing_cycle_anchor, rhythmOf(item.price), start - 1);
    periods.unshift({ start: Math.max(before.start, start_date), end: before.end });
    start = before.start;
  }
  return periods;
}

const unusedLines = (space: Space, subscription: Subscription, item: SubscriptionItem): Promise<InvoiceLine[]> =>
  itemLines(space, item, { quantity: "0", period: periodOf(item), metadata: { ...subscription.metadata } });
