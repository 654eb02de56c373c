import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";

type Invoice = Kinds["invoice"];
type Subscription = Kinds["subscription"];

/** A discount that is given once has been given: the next invoice is without it. */
export async function spendDiscounts(
  space: Space,
  invoice: Invoice,
  subscription: Subscription | undefined,
): Promise<void> {
  const used = new Set<string>();
  for (const { discount: id } of invoice.total_discount_amounts ?? []) {
    const discount = await space.own("discount", String(id));
    const coupon = await space.own("coupon", String(discount.source.coupon));
    if (coupon.duration === "once") used.add(discount.id);
  }
  if (used.size === 0) return;
  const left = (ids: readonly string[]): string[] => ids.filter((id) => !used.has(id));
  if (subscription) {
    subscription.discounts = left(subscription.discounts);
    for (const item of subscription.items.data) item.discounts = left(item.discounts);
  }
  const customer = await space.own("customer", String(invoice.customer));
  if (customer.discount && used.has(customer.discount.id)) customer.discount = null;
}
