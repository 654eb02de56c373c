import { noSuch, refused } from "../http/errors";
import { mergeMetadata } from "../http/metadata";
import { addInvoice } from "../invoices/build";
import { collect } from "../invoices/collect";
import { redeem } from "../invoices/discount";
import { finalizeInvoice } from "../invoices/finalize";
import { pendingItems } from "../invoices/items";
import { itemLines, lineOfInvoiceItem } from "../invoices/lines";
import { usageLines } from "../invoices/metered";
import type { InvoiceLine, Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { ratesNamed } from "../taxes/named";
import { discountsOf, endOfPeriods, licensed, scheduleNext } from "./build";
import type { Change } from "./change";
import { changeItems } from "./change-items";
import { ending } from "./ending";
import { insist } from "./insist";
import { isMetered, periodOf, rhythmOf } from "./items";
import { addOneTime } from "./one-time";
import { expirePending, holdChange } from "./pending-update";
import { periodAt } from "./periods";
import { creditRest } from "./prorate";
import { sendOn } from "./send-on";
import { warnOfTrialEnd } from "./trial";

type Subscription = Kinds["subscription"];

/** Changes a subscription: what it sells, when it bills, when it ends. */
export async function updateSubscription(
  space: Space,
  subscription: Subscription,
  change: Change,
): Promise<Subscription> {
  const before = structuredClone(subscription);
  const at = judgeDate(space, subscription, change.proration_date);
  if (change.payment_behavior === "pending_if_incomplete") await expirePending(space, subscription);
  await settings(space, subscription, change);
  const { restarts, credited } = await changeItems(space, subscription, change, at);
  await addOneTime(space, subscription, change.add_invoice_items ?? []);
  const trial = await moveTrial(space, subscription, change, at);
  const billsNow = restarts || trial === "over" || change.billing_cycle_anchor?.type === "now";
  if (billsNow && trial !== "over") await creditAll(space, subscription, change, { at, except: credited });
  const invoice = billsNow
    ? await startPeriods(space, subscription)
    : await invoiceProrations(space, subscription, change);
  ending(space, subscription, change);
  scheduleNext(space, subscription);
  if (invoice) await payChange(space, { subscription, before, invoice, change });
  space.announceChange("customer.subscription.updated", subscription);
  return subscription;
}

function judgeDate(space: Space, subscription: Subscription, date: number | undefined): number {
  if (date === undefined) return space.now;
  const from = Math.min(...subscription.items.data.map((item) => item.current_period_start));
  if (date < from || date > endOfPeriods(subscription, "last")) {
    throw refused("The subscription proration date specified must be within the current period.", {
      param: "proration_date",
    });
  }
  return date;
}

async function settings(space: Space, subscription: Subscription, change: Change): Promise<void> {
  subscription.metadata = mergeMetadata(subscription.metadata, change.metadata);
  if (change.default_payment_method !== undefined) {
    const method = await space.find("payment_method", change.default_payment_method);
    if (method?.customer !== subscription.customer)
      throw noSuch("PaymentMethod", change.default_payment_method, "default_payment_method");
    subscription.default_payment_method = method.id;
  }
  if (change.default_source) {
    const source = await space.find("payment_method", change.default_source);
    if (source?.customer !== subscription.customer) throw noSuch("source", change.default_source, "default_source");
    subscription.default_source = source.id;
  }
  if (change.default_tax_rates !== undefined)
    subscription.default_tax_rates = await ratesNamed(space, change.default_tax_rates, "default_tax_rates");
  await sendOn(space, subscription, change);
  if (change.discounts === undefined) return;
  subscription.discounts = (
    await redeem(space, change.discounts ?? [], {
      customer: String(subscription.customer),
      subscription: subscription.id,
    })
  ).map(({ id }) => id);
}

type Credit = { at: number; except?: Set<string> };

async function creditAll(
  space: Space,
  subscription: Subscription,
  { proration_behavior }: Change,
  { at, except }: Credit,
): Promise<void> {
  if (proration_behavior === "none" || subscription.status === "trialing") return;
  for (const item of licensed(subscription)) {
    if (!except?.has(item.id)) await creditRest(space, { subscription, at }, { item, period: periodOf(item) });
  }
}

/** Ends a trial now, moves its end, or begins one: then what was paid for the rest of the period is given back. */
async function moveTrial(
  space: Space,
  subscription: Subscription,
  change: Change,
  at: number,
): Promise<"over" | "moved" | "as it was"> {
  const { trial_end } = change;
  if (trial_end === undefined) return "as it was";
  if (trial_end === "now") {
    if (subscription.status !== "trialing") return "as it was";
    subscription.trial_end = space.now;
    subscription.status = "active";
    space.unschedule("trial_will_end", subscription.id);
    return "over";
  }
  if (trial_end <= space.now)
    throw refused("Invalid timestamp: must be an integer Unix timestamp in the future.", { param: "trial_end" });
  await creditAll(space, subscription, change, { at });
  const begins = subscription.status === "trialing" ? subscription.trial_start : space.now;
  Object.assign(subscription, { trial_end, trial_start: begins, status: "trialing", billing_cycle_anchor: trial_end });
  for (const item of subscription.items.data) {
    if (begins === space.now) item.current_period_start = space.now;
    item.current_period_end = trial_end;
  }
  warnOfTrialEnd(space, subscription);
  return "moved";
}

/** New periods begin at this instant, and are billed at this instant. */
async function startPeriods(space: Space, subscription: Subscription): Promise<Kinds["invoice"]> {
  subscription.billing_cycle_anchor = space.now;
  const lines: InvoiceLine[] = [];
  for (const item of subscription.items.data) {
    const past = periodOf(item);
    const next = periodAt(space.now, rhythmOf(item.price), space.now);
    item.current_period_start = next.start;
    item.current_period_end = next.end;
    const metadata = { ...subscription.metadata };
    if (!isMetered(item.price))
      lines.push(...(await itemLines(space, item, { quantity: String(item.quantity ?? 1), period: next, metadata })));
    else if (past.start < space.now)
      lines.push(
        ...(await usageLines(space, item, {
          customer: String(subscription.customer),
          period: { start: past.start, end: space.now },
          metadata,
        })),
      );
  }
  return changeInvoice(space, subscription, lines);
}

async function invoiceProrations(
  space: Space,
  subscription: Subscription,
  change: Change,
): Promise<Kinds["invoice"] | undefined> {
  if (change.proration_behavior !== "always_invoice") return undefined;
  const items = await pendingItems(space, String(subscription.customer), subscription.id);
  return items.length === 0 ? undefined : changeInvoice(space, subscription, []);
}

async function changeInvoice(
  space: Space,
  subscription: Subscription,
  lines: InvoiceLine[],
): Promise<Kinds["invoice"]> {
  const customer = await space.own("customer", String(subscription.customer));
  const items = await pendingItems(space, customer.id, subscription.id);
  const invoice = await addInvoice(space, {
    ...{
      customer,
      subscription,
      reason: "subscription_update",
      lines: [...items.map(lineOfInvoiceItem), ...lines],
      discounts: discountsOf(subscription, customer),
    },
    ...{
      currency: subscription.currency,
      period: { start: space.now, end: space.now },
      autoAdvance: true,
      collection: subscription.collection_method,
    },
    ...{ daysUntilDue: subscription.days_until_due },
  });
  for (const item of items) item.invoice = invoice.id;
  subscription.latest_invoice = invoice.id;
  space.announce("invoice.created", invoice);
  return invoice;
}

const isOpen = ({ status }: { status: string | null }): boolean => status === "open";

type Paid = { subscription: Subscription; before: Subscription; invoice: Kinds["invoice"]; change: Change };

async function payChange(space: Space, { subscription, before, invoice, change }: Paid): Promise<void> {
  const { payment_behavior: behavior = "allow_incomplete", off_session = false } = change;
  const waits = behavior === "pending_if_incomplete";
  if (waits) invoice.auto_advance = false;
  await finalizeInvoice(space, invoice);
  if (!isOpen(invoice) || behavior === "default_incomplete" || subscription.collection_method === "send_invoice")
    return;
  if (waits) space.inner(subscription).pending = { invoice: invoice.id };
  const collected = await collect(space, invoice, { offSession: off_session });
  if (collected === "paid" || collected === "processing") return void delete space.inner(subscription).pending;
  if (waits) return holdChange(space, subscription, before, invoice);
  if (behavior === "error_if_incomplete") await insist(space, invoice);
}
