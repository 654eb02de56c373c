import { refused } from "../http/errors";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { ratesNamed } from "../taxes/named";
import { type ItemInput, itemDiscounts, newItem, priceOf, quantityOf, rhythmOf } from "./items";
import { periodAt } from "./periods";

type Subscription = Kinds["subscription"];
type Place = { at: string; anchor: number; trialEnd: number | undefined; from?: number };

export async function addItem(
  space: Space,
  subscription: Subscription,
  input: ItemInput,
  { at, anchor, trialEnd, from = space.now }: Place,
): Promise<void> {
  const price = await priceOf(space, input, at);
  const { data } = subscription.items;
  if (data.some((item) => item.price.id === price.id))
    throw refused(`Cannot add multiple subscription items with the same plan: ${price.id}`, { param: `${at}[price]` });
  if (data[0] && data[0].price.currency !== price.currency)
    throw refused("All prices on a subscription must have the same currency.", { param: `${at}[price]` });
  const whole = periodAt(anchor, rhythmOf(price), space.now);
  // Before the anchor the first period is what is left until it; a trial is a period of its own.
  const period =
    trialEnd === undefined
      ? { start: Math.max(whole.start, from), end: whole.end }
      : { start: space.now, end: trialEnd };
  data.push(
    newItem(space, {
      subscription: subscription.id,
      price,
      quantity: quantityOf(price, input.quantity, at),
      period,
      data: input.metadata,
      discounts: await itemDiscounts(space, subscription, input.discounts ?? []),
      taxRates: await ratesNamed(space, input.tax_rates, `${at}[tax_rates]`),
    }),
  );
}
