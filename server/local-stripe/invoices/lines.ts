import { chargeFor, type PricePart } from "../catalogue/charge-for";
import { type Scaled, scaled, shareOf } from "../catalogue/decimal";
import { newStripeId } from "../store/ids";
import type { InvoiceLine, Kinds, SubscriptionItem } from "../store/kinds";
import type { Space } from "../store/space";
import type { Period } from "../subscriptions/periods";

type Price = Kinds["price"];

type LineFacts = {
  amount: number;
  currency: string;
  description: string | null;
  period: Period;
  quantity: string | null;
  price: Pick<Price, "id" | "product"> | null;
  unit: string | null;
  metadata: Record<string, string>;
  discountable?: boolean;
  discounts?: string[];
  parent: InvoiceLine["parent"];
  subscription: string | null;
};

export function newLine(facts: LineFacts): InvoiceLine {
  const { price } = facts;
  return {
    id: newStripeId("il"),
    object: "line_item",
    amount: facts.amount,
    currency: facts.currency,
    description: facts.description,
    discount_amounts: [],
    discountable: facts.discountable ?? true,
    discounts: facts.discounts ?? [],
    invoice: null,
    livemode: false,
    metadata: facts.metadata,
    parent: facts.parent,
    period: facts.period,
    pretax_credit_amounts: [],
    pricing: {
      type: "price_details",
      unit_amount_decimal: facts.unit,
      ...(price && { price_details: { price: price.id, product: price.product } }),
    },
    quantity: facts.quantity !== null && /^-?\d+$/.test(facts.quantity) ? Number(facts.quantity) : null,
    quantity_decimal: facts.quantity,
    subscription: facts.subscription,
    subtotal: facts.amount,
    taxes: [],
  };
}

/** What an item costs for a quantity, as one part, or one for each tier. */
export function partsOf(
  space: Space,
  price: Price,
  quantity: Scaled,
  tiers = space.inner(price).tiers ?? [],
): PricePart[] {
  return chargeFor(price, tiers, quantity);
}

/** What a line needs to know of a subscription's item. */
export type Billed = Pick<SubscriptionItem, "id" | "subscription"> & {
  price: Pick<Price, "id" | "recurring">;
  discounts?: string[];
};

/** The lines of one item for one whole period. */
export async function itemLines(
  space: Space,
  item: Billed,
  wanted: { quantity: string; period: Period; metadata: Record<string, string> },
): Promise<InvoiceLine[]> {
  const price = await space.own("price", item.price.id);
  const name = await productName(space, price);
  return partsOf(space, price, scaled(wanted.quantity)).map((part) =>
    newLine({
      ...{
        amount: part.amount,
        currency: price.currency,
        period: wanted.period,
        quantity: part.quantity,
        price,
        unit: part.unit,
        metadata: wanted.metadata,
        discounts: item.discounts ?? [],
      },
      description: `${part.quantity} × ${name} (${part.tier === null ? "" : `Tier ${part.tier} `}at ${money(part.unit, price.currency)} / ${rhythmOf(price)})`,
      parent: itemParent(item, null),
      subscription: item.subscription,
    }),
  );
}

export function itemParent(item: Billed, invoiceItem: string | null): InvoiceLine["parent"] {
  return {
    invoice_item_details: null,
    subscription_item_details: {
      ...{ invoice_item: invoiceItem, proration: false, proration_details: { credited_items: null } },
      ...{ subscription: item.subscription, subscription_item: item.id },
    },
    type: "subscription_item_details",
  };
}

/** The line by which a pending invoice item enters an invoice. */
export function lineOfInvoiceItem(item: Kinds["invoiceitem"]): InvoiceLine {
  const subscription = item.parent?.subscription_details?.subscription ?? null;
  const details = item.pricing?.price_details;
  return newLine({
    ...{
      amount: item.amount,
      currency: item.currency,
      description: item.description,
      period: item.period,
      metadata: item.metadata ?? {},
    },
    ...{
      quantity: String(item.quantity),
      unit: item.pricing?.unit_amount_decimal ?? null,
      discountable: item.discountable,
      discounts: (item.discounts ?? []).map(String),
    },
    price: details ? { id: String(details.price), product: details.product } : null,
    parent: {
      invoice_item_details: {
        invoice_item: item.id,
        proration: item.proration,
        proration_details: { credited_items: null },
        subscription,
      },
      subscription_item_details: null,
      type: "invoice_item_details",
    },
    subscription,
  });
}

/** The cost of the part of a period that is left, to the second, rounded once. */
export const remaining = (amount: number, at: number, { start, end }: Period): number =>
  shareOf(amount, Math.max(end - at, 0), end - start);

export async function productName(space: Space, price: Price): Promise<string> {
  return (await space.own("product", price.product)).name;
}

export function money(unit: string, currency: string): string {
  const cents = scaled(unit);
  const dollars = cents / 100n;
  const text = `${dollars / 10n ** 12n}.${String(dollars % 10n ** 12n)
    .padStart(12, "0")
    .replace(/0{1,10}$/, "")}`;
  return currency === "usd" ? `$${text}` : `${text} ${currency.toUpperCase()}`;
}

const rhythmOf = ({ recurring }: Price): string =>
  recurring
    ? recurring.interval_count === 1
      ? recurring.interval
      : `every ${recurring.interval_count} ${recurring.interval}s`
    : "once";

export const dayText = (at: number): string =>
  new Intl.DateTimeFormat("en-GB", { day: "2-digit", month: "short", year: "numeric", timeZone: "UTC" }).format(
    new Date(at * 1_000),
  );
