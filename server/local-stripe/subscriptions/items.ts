import { inlinePrice, planOf, priceData } from "../catalogue/create-price";
import { exclusive, missing, noSuch, refused } from "../http/errors";
import { mergeMetadata, metadata } from "../http/metadata";
import { clearable, integer, parts, type Read, text, yesNo } from "../http/params";
import { type DiscountInput, discountList, redeem } from "../invoices/discount";
import { newStripeId } from "../store/ids";
import type { Kinds, SubscriptionItem } from "../store/kinds";
import type { Space } from "../store/space";
import { rateList, type TaxRate } from "../taxes/named";
import type { Period, Rhythm } from "./periods";
import { noThresholds } from "./thresholds";

type Price = Kinds["price"];

export const newItemFacts = {
  ...{
    billing_thresholds: noThresholds(),
    discounts: clearable(discountList()),
    metadata: metadata(),
    price: text(),
    price_data: priceData(),
    quantity: integer(),
    tax_rates: rateList(),
  },
};
const changedItemFacts = { ...newItemFacts, id: text(), deleted: yesNo(), clear_usage: yesNo() };
export type ItemInput = Read<typeof changedItemFacts>;
export const itemInput = () => parts(newItemFacts);
export const itemChange = () => parts(changedItemFacts);

/** Discounts of one item, before those of the whole subscription. */
export async function itemDiscounts(
  space: Space,
  { id, customer }: { id: string; customer: unknown },
  inputs: DiscountInput[],
): Promise<string[]> {
  const redeemed = await redeem(space, inputs, { customer: String(customer), subscription: id });
  return redeemed.map((discount) => discount.id);
}

/** The price an item is to have, judged. */
export async function priceOf(space: Space, input: ItemInput, at: string): Promise<Price> {
  if (input.price !== undefined && input.price_data) throw exclusive(`${at}[price]`, `${at}[price_data]`);
  if (input.price_data) return inlinePrice(space, input.price_data);
  if (input.price === undefined) throw missing(`${at}[price]`);
  const price = await space.find("price", input.price);
  if (!price) throw noSuch("price", input.price, `${at}[price]`);
  if (!price.active)
    throw refused(`The price specified is inactive. This field only accepts active prices.`, { param: `${at}[price]` });
  if (!price.recurring) {
    throw refused(
      "The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.",
      { param: `${at}[price]` },
    );
  }
  return price;
}

export function quantityOf(price: Price, quantity: number | undefined, at: string): number | undefined {
  if (!isMetered(price)) return quantity ?? 1;
  if (quantity === undefined) return undefined;
  throw refused("You cannot set the quantity for metered plans.", { param: `${at}[quantity]` });
}

export function newItem(
  space: Space,
  {
    subscription,
    price,
    quantity,
    period,
    data,
    taxRates = [],
    discounts = [],
  }: {
    subscription: string;
    price: Price;
    quantity: number | undefined;
    period: Period;
    data?: ItemInput["metadata"];
    taxRates?: TaxRate[];
    discounts?: string[];
  },
): SubscriptionItem {
  return {
    id: newStripeId("si"),
    object: "subscription_item",
    billing_thresholds: null,
    created: space.now,
    current_period_end: period.end,
    current_period_start: period.start,
    current_trial: null,
    discounts,
    metadata: mergeMetadata(null, data),
    ...pricing(price),
    ...(quantity !== undefined && { quantity }),
    subscription,
    tax_rates: taxRates,
  };
}

/** A price and its older twin, which an item shows both. */
export const pricing = (price: Price): Pick<SubscriptionItem, "plan" | "price"> => ({
  plan: planOf(price),
  price: structuredClone(price),
});

export const isMetered = (price: Pick<Price, "recurring">): boolean => price.recurring?.usage_type === "metered";

const INTERVALS = ["day", "week", "month", "year"] as const;

export function rhythmOf({ recurring }: Pick<Price, "recurring">): Rhythm {
  const interval = INTERVALS.find((word) => word === recurring?.interval) ?? "month";
  return { interval, interval_count: recurring?.interval_count ?? 1 };
}

export const periodOf = (item: SubscriptionItem): Period => ({
  start: item.current_period_start,
  end: item.current_period_end,
});
