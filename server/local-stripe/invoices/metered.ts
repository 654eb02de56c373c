import { usageOf } from "../meters/usage";
import type { InvoiceLine, Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import type { Period } from "../subscriptions/periods";
import { type Billed, itemLines } from "./lines";

/** The lines for what an item was used in a period. */
export async function usageLines(
  space: Space,
  item: Billed,
  { customer, period, metadata }: { customer: string; period: Period; metadata: Record<string, string> },
): Promise<InvoiceLine[]> {
  const meter = await space.own("billing.meter", item.price.recurring?.meter ?? "");
  const quantity = await usageOf(space, meter, { customer, start: period.start, end: period.end });
  return itemLines(space, item, { quantity, period, metadata });
}

/** The lines of a draft with its usage counted again: what arrived in the hour of grace still counts. */
export async function freshUsage(space: Space, invoice: Kinds["invoice"]): Promise<InvoiceLine[]> {
  const lines = space.inner(invoice).lines ?? [];
  const counted = new Set<string>();
  const fresh: InvoiceLine[] = [];
  for (const line of lines) {
    const metered = await meteredPrice(space, line);
    const itemId = line.parent?.subscription_item_details?.subscription_item;
    if (!metered || !itemId) {
      fresh.push(line);
      continue;
    }
    const key = `${itemId} ${line.period.start}`;
    if (counted.has(key)) continue;
    counted.add(key);
    const item = {
      id: itemId,
      price: metered,
      subscription: line.subscription ?? "",
      discounts: line.discounts.map(String),
    };
    fresh.push(
      ...(await usageLines(space, item, {
        customer: String(invoice.customer),
        period: line.period,
        metadata: line.metadata,
      })),
    );
  }
  return fresh;
}

async function meteredPrice(space: Space, line: InvoiceLine): Promise<Kinds["price"] | undefined> {
  const id = line.pricing?.price_details?.price;
  if (line.parent?.type !== "subscription_item_details" || !id) return undefined;
  const price = await space.own("price", String(id));
  return price.recurring?.usage_type === "metered" ? price : undefined;
}
