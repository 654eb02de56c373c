import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";

/** What a session sells, as the API lists it. */
export async function lineItems(space: Space, session: Kinds["checkout.session"]) {
  const items = [];
  for (const line of space.inner(session).lines ?? []) {
    const price = await space.own("price", line.price);
    items.push({
      ...{
        id: line.id,
        object: "item",
        adjustable_quantity: null,
        amount_discount: line.discount,
        amount_subtotal: line.amount,
        amount_tax: line.tax,
        amount_total: line.amount - line.discount + line.onTop,
      },
      ...{
        currency: price.currency,
        description: line.description,
        metadata: null,
        price: structuredClone(price),
        quantity: line.quantity,
      },
    });
  }
  return items;
}
