import { scaledWhole } from "../catalogue/decimal";
import { debitedFor } from "../invoices/debited";
import { addInvoiceItem } from "../invoices/items";
import { dayText, partsOf, productName, remaining } from "../invoices/lines";
import type { Kinds, SubscriptionItem } from "../store/kinds";
import type { Space } from "../store/space";
import { isMetered } from "./items";
import type { Period } from "./periods";

type Side = { item: SubscriptionItem; period: Period };
type Change = { subscription: Kinds["subscription"]; at: number };

/** What one whole period of an item costs. */
export async function wholeCost(space: Space, item: SubscriptionItem): Promise<number> {
  if (isMetered(item.price)) return 0;
  const price = await space.own("price", item.price.id);
  return partsOf(space, price, scaledWhole(item.quantity ?? 1)).reduce((sum, part) => sum + part.amount, 0);
}

/** Gives back what was paid for the rest of the period. */
export function creditRest(space: Space, change: Change, side: Side): Promise<void> {
  return addRest(space, change, side, -1);
}

/** Bills the rest of the period. */
export function chargeRest(space: Space, change: Change, side: Side): Promise<void> {
  return addRest(space, change, side, 1);
}

async function addRest(
  space: Space,
  { subscription, at }: Change,
  { item, period }: Side,
  sign: 1 | -1,
): Promise<void> {
  if (isMetered(item.price)) return;
  const whole = await wholeCost(space, item);
  const quantity = item.quantity ?? 1;
  const many = quantity === 1 ? "" : `${quantity} × `;
  const name = await productName(space, item.price);
  // No more is given back than was taken: what was debited is net of its discounts already.
  const debit = sign === -1 ? debitedFor(space, subscription, item.id, at) : undefined;
  const amount = sign * (debit ? remaining(debit.net, at, debit) : remaining(whole, at, period));
  addInvoiceItem(space, {
    ...{
      customer: String(subscription.customer),
      amount: amount === 0 ? 0 : amount,
      currency: item.price.currency,
      price: item.price,
      quantity,
    },
    ...{
      period: { start: at, end: period.end },
      proration: true,
      subscription: subscription.id,
      unit: null,
      taxRates: item.tax_rates,
      discountable: !debit,
      discounts: debit ? [] : item.discounts.map(String),
      item: item.id,
    },
    description: `${sign === 1 ? "Remaining" : "Unused"} time on ${many}${name} after ${dayText(at)}`,
  });
}
