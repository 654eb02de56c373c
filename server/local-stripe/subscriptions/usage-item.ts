import { addInvoiceItem } from "../invoices/items";
import { usageLines } from "../invoices/metered";
import type { Kinds, SubscriptionItem } from "../store/kinds";
import type { Space } from "../store/space";

/** What was used of an item until now waits for the next invoice. */
export async function addUsage(
  space: Space,
  subscription: Kinds["subscription"],
  item: SubscriptionItem,
): Promise<void> {
  const customer = String(subscription.customer);
  const period = { start: item.current_period_start, end: space.now };
  if (period.end <= period.start) return;
  for (const line of await usageLines(space, item, { customer, period, metadata: {} })) {
    addInvoiceItem(space, {
      ...{ customer, amount: line.amount, currency: line.currency, description: line.description, period },
      ...{ quantity: line.quantity ?? 1, price: item.price, unit: null, proration: false },
      ...{ subscription: subscription.id, taxRates: item.tax_rates, discounts: item.discounts.map(String) },
    });
  }
}
