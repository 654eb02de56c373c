import { priceData } from "../catalogue/create-price";
import { currencyCode } from "../http/currency";
import { missing, noSuch, refused, type StripeRefusal } from "../http/errors";
import { mergeMetadata, metadata } from "../http/metadata";
import { decimal, integer, must, parts, type Read, text, yesNo } from "../http/params";
import { addInvoice } from "../invoices/build";
import { type DiscountInput, redeem } from "../invoices/discount";
import { addInvoiceItem, pendingItems, sumOf } from "../invoices/items";
import { lineOfInvoiceItem, productName } from "../invoices/lines";
import { advanceSchedule } from "../schedules/advance";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { rateList, ratesNamed } from "../taxes/named";
import { creditUnused, finalInvoice } from "./cancel";
import type { Change } from "./change";
import { createSubscription } from "./create";
import { resumeSubscription } from "./pause";
import { nextInvoice } from "./upcoming";
import { updateSubscription } from "./update";

type Invoice = Kinds["invoice"];
type Subscription = Kinds["subscription"];

export const previewItem = {
  ...{ amount: integer(), currency: currencyCode(), description: text(), discountable: yesNo(), metadata: metadata() },
  ...{ period: parts({ end: must(integer()), start: must(integer()) }), price: text(), price_data: priceData() },
  ...{ quantity: integer(), tax_rates: rateList(), unit_amount: integer(), unit_amount_decimal: decimal() },
};

type Wanted = Change & {
  cancel_now?: boolean | undefined;
  resume_at?: "now" | undefined;
  start_date?: number | undefined;
  billing_mode?: { type: "classic" | "flexible" } | undefined;
};
type Asked = {
  customer?: string | undefined;
  subscription?: string | undefined;
  schedule?: string | undefined;
  discounts?: DiscountInput[] | null | undefined;
  invoice_items?: Read<typeof previewItem>[] | undefined;
  preview_mode?: "next" | "recurring" | undefined;
  subscription_details?:
    | (Omit<Wanted, "billing_cycle_anchor"> & {
        billing_cycle_anchor?: { type: "now" | "unchanged" | "timestamp"; timestamp?: number | undefined } | undefined;
      })
    | undefined;
};

/** The invoice that would come, after everything was done that was asked about. The caller undoes it. */
export async function previewOf(space: Space, asked: Asked): Promise<Invoice> {
  const subscription = await subscriptionOf(space, asked);
  if (!subscription) return firstOf(space, asked);
  await space.follow(subscription.test_clock);
  await addItems(space, String(subscription.customer), subscription.id, asked.invoice_items ?? []);
  if (asked.discounts !== undefined) await discount(space, subscription, asked.discounts ?? []);
  const changed = asked.subscription_details && (await change(space, subscription, asked.subscription_details));
  if (changed) return changed;
  if (asked.preview_mode === "recurring")
    for (const item of await pendingItems(space, String(subscription.customer), subscription.id)) space.remove(item);
  if (subscription.cancel_at !== null) return lastOf(space, subscription, subscription.cancel_at);
  if (subscription.status === "canceled") throw nothingComes(String(subscription.customer));
  return nextInvoice(space, subscription);
}

async function subscriptionOf(space: Space, { subscription: id, schedule }: Asked): Promise<Subscription | undefined> {
  if (schedule !== undefined) {
    const found = await space.find("subscription_schedule", schedule);
    if (!found) throw noSuch("subscription schedule", schedule, "schedule");
    await space.follow(found.test_clock);
    if (found.subscription === null) await begin(space, found);
    return found.subscription === null ? undefined : space.own("subscription", String(found.subscription));
  }
  if (id === undefined) return undefined;
  const found = await space.find("subscription", id);
  if (!found) throw noSuch("subscription", id, "subscription");
  return found;
}

/** A schedule that has not begun yet is looked at when it will have. */
async function begin(space: Space, schedule: Kinds["subscription_schedule"]): Promise<void> {
  space.now = Math.max(space.now, schedule.phases[0]?.start_date ?? space.now);
  await advanceSchedule(space, schedule);
}

async function change(
  space: Space,
  subscription: Subscription,
  {
    billing_cycle_anchor: from,
    cancel_now,
    resume_at,
    start_date: _,
    billing_mode: __,
    ...rest
  }: NonNullable<Asked["subscription_details"]>,
): Promise<Invoice | undefined> {
  const before = subscription.latest_invoice;
  if (from?.type === "timestamp")
    throw refused("The local Stripe does not implement anchors at a timestamp.", { status: 501 });
  const wanted: Change = { ...rest, ...(from && { billing_cycle_anchor: { type: from.type } }) };
  if (cancel_now) {
    if (rest.proration_behavior !== "none") await creditUnused(space, subscription);
    await finalInvoice(space, subscription);
  } else if (resume_at) {
    const proration = rest.proration_behavior ?? "create_prorations";
    const anchor = wanted.billing_cycle_anchor?.type ?? "now";
    await resumeSubscription(space, subscription, {
      anchor,
      attempts: false,
      proration,
      at: rest.proration_date ?? space.now,
    });
  } else await updateSubscription(space, subscription, { ...wanted, payment_behavior: "default_incomplete" });
  const { latest_invoice: after } = subscription;
  if (after !== before && after !== null) return space.own("invoice", String(after));
  if (cancel_now) throw nothingComes(String(subscription.customer));
  return undefined;
}

/** What is still billed when a subscription ends: usage, and what waits. */
async function lastOf(space: Space, subscription: Subscription, end: number): Promise<Invoice> {
  const before = subscription.latest_invoice;
  space.now = Math.max(end, space.now);
  await finalInvoice(space, subscription);
  const { latest_invoice: after } = subscription;
  if (after === before || after === null) throw nothingComes(String(subscription.customer));
  return space.own("invoice", String(after));
}

/** The first invoice of a subscription that does not exist, or one for what waits already. */
async function firstOf(space: Space, asked: Asked): Promise<Invoice> {
  const { customer, subscription_details: wanted } = asked;
  if (customer === undefined) throw missing("customer");
  const owner = await space.find("customer", customer);
  if (!owner) throw noSuch("customer", customer, "customer");
  await space.follow(owner.test_clock);
  await addItems(space, customer, undefined, asked.invoice_items ?? []);
  if (!wanted?.items) return waiting(space, owner, asked.discounts ?? []);
  const { items, trial_end, default_tax_rates, proration_behavior, billing_mode, metadata: data } = wanted;
  const { latest_invoice } = await createSubscription(space, {
    ...{ customer, items, trial_end, default_tax_rates, proration_behavior, billing_mode, metadata: data },
    ...{ discounts: asked.discounts, payment_behavior: "default_incomplete", backdate_start_date: wanted.start_date },
  });
  if (latest_invoice === null) throw nothingComes(customer);
  return space.own("invoice", String(latest_invoice));
}

async function waiting(space: Space, customer: Kinds["customer"], discounts: DiscountInput[]): Promise<Invoice> {
  const items = await pendingItems(space, customer.id);
  const [first] = items;
  if (!first) throw nothingComes(customer.id);
  const redeemed = await redeem(space, discounts, { customer: customer.id });
  return addInvoice(space, {
    ...{
      customer,
      currency: first.currency,
      reason: "upcoming",
      autoAdvance: false,
      collection: "charge_automatically",
    },
    ...{ lines: items.map(lineOfInvoiceItem), period: { start: space.now, end: space.now } },
    discounts: redeemed.map(({ id }) => id),
  });
}

async function discount(space: Space, subscription: Subscription, inputs: DiscountInput[]): Promise<void> {
  const owner = { customer: String(subscription.customer), subscription: subscription.id };
  subscription.discounts = (await redeem(space, inputs, owner)).map(({ id }) => id);
}

async function addItems(
  space: Space,
  customer: string,
  subscription: string | undefined,
  items: Read<typeof previewItem>[],
): Promise<void> {
  for (const [index, item] of items.entries()) {
    const { price, unit_amount, ...rest } = item;
    const sum = await sumOf(space, {
      ...rest,
      ...(price !== undefined && { pricing: { price } }),
      unit_amount_decimal: rest.unit_amount_decimal ?? (unit_amount === undefined ? undefined : String(unit_amount)),
    });
    addInvoiceItem(space, {
      ...{ ...sum, customer, subscription, proration: false, discountable: item.discountable },
      ...{ period: item.period ?? { start: space.now, end: space.now }, metadata: mergeMetadata(null, item.metadata) },
      description: item.description ?? (sum.price ? await productName(space, sum.price) : null),
      taxRates: await ratesNamed(space, item.tax_rates, `invoice_items[${index}][tax_rates]`),
    });
  }
}

const nothingComes = (customer: string): StripeRefusal =>
  refused(`No upcoming invoices for customer: '${customer}'`, { code: "invoice_upcoming_none" });
