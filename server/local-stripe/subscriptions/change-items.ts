import { noSuch, refused } from "../http/errors";
import { mergeMetadata } from "../http/metadata";
import { forgetDebit } from "../invoices/debited";
import type { Kinds, SubscriptionItem } from "../store/kinds";
import type { Space } from "../store/space";
import { ratesNamed } from "../taxes/named";
import { addItem } from "./add-item";
import type { Change } from "./change";
import { type ItemInput, isMetered, itemDiscounts, periodOf, priceOf, pricing, quantityOf, rhythmOf } from "./items";
import { periodAt, sameRhythm } from "./periods";
import { chargeRest, creditRest, wholeCost } from "./prorate";
import { addUsage } from "./usage-item";

type Subscription = Kinds["subscription"];

/** Applies the items asked for. Says whether the periods begin anew: the rhythm changed, or something free now costs. */
export async function changeItems(
  space: Space,
  subscription: Subscription,
  change: Change,
  at: number,
): Promise<{ restarts: boolean; credited: Set<string> }> {
  const { data } = subscription.items;
  const prorates = change.proration_behavior !== "none" && subscription.status !== "trialing";
  const credited = new Set<string>();
  let restarts = false;
  for (const [index, input] of (change.items ?? []).entries()) {
    const place = `items[${index}]`;
    if (input.id === undefined) {
      await addItem(space, subscription, input, {
        at: place,
        anchor: subscription.billing_cycle_anchor,
        trialEnd: subscription.status === "trialing" ? (subscription.trial_end ?? undefined) : undefined,
      });
      const added = data.at(-1);
      if (added && prorates)
        await chargeRest(space, { subscription, at }, { item: added, period: wholePeriod(subscription, added, at) });
      continue;
    }
    const item = data.find((one) => one.id === input.id);
    if (!item) throw noSuch("subscription item", input.id, `${place}[id]`);
    if (input.deleted) {
      await removeItem(space, subscription, item, { at, prorates });
      continue;
    }
    const begins = await changeItem(space, subscription, { item, input, place, at, prorates });
    if (begins) credited.add(item.id);
    restarts = begins || restarts;
  }
  return { restarts, credited };
}

async function removeItem(
  space: Space,
  subscription: Subscription,
  item: SubscriptionItem,
  { at, prorates }: { at: number; prorates: boolean },
): Promise<void> {
  const { data } = subscription.items;
  if (data.length === 1) throw refused("A subscription must have at least one active plan.", { param: "items" });
  data.splice(data.indexOf(item), 1);
  if (!prorates) return;
  if (!isMetered(item.price)) return creditRest(space, { subscription, at }, { item, period: periodOf(item) });
  await addUsage(space, subscription, item);
}

type ItemChange = { item: SubscriptionItem; input: ItemInput; place: string; at: number; prorates: boolean };

async function changeItem(
  space: Space,
  subscription: Subscription,
  { item, input, place, at, prorates }: ItemChange,
): Promise<boolean> {
  if (input.metadata !== undefined) item.metadata = mergeMetadata(item.metadata, input.metadata);
  if (input.tax_rates !== undefined) item.tax_rates = await ratesNamed(space, input.tax_rates, `${place}[tax_rates]`);
  if (input.discounts !== undefined) item.discounts = await itemDiscounts(space, subscription, input.discounts ?? []);
  const price =
    input.price === undefined && !input.price_data
      ? await space.own("price", item.price.id)
      : await priceOf(space, input, place);
  const quantity = quantityOf(price, input.quantity ?? (isMetered(price) ? undefined : item.quantity), place);
  if (price.id === item.price.id && quantity === item.quantity) return false;
  if (price.currency !== subscription.currency)
    throw refused("The price's currency does not match the subscription's.", { param: `${place}[price]` });

  const before = structuredClone(item);
  const [oldCost, period] = [await wholeCost(space, before), periodOf(item)];
  Object.assign(item, pricing(price));
  if (quantity === undefined) delete item.quantity;
  else item.quantity = quantity;
  const newCost = await wholeCost(space, item);
  const trialing = subscription.status === "trialing";
  const restarts =
    !trialing &&
    (!sameRhythm(rhythmOf(before.price), rhythmOf(price)) ||
      (oldCost === 0 && newCost > 0 && !isMetered(before.price)));
  if (prorates) {
    await creditRest(space, { subscription, at }, { item: before, period });
    forgetDebit(space, subscription, item.id);
    if (!restarts) await chargeRest(space, { subscription, at }, { item, period });
  }
  return restarts;
}

/** A part of a period costs its share of the whole one. */
const wholePeriod = (subscription: Subscription, item: SubscriptionItem, at: number) =>
  periodAt(subscription.billing_cycle_anchor, rhythmOf(item.price), at);
