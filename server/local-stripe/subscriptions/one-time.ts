import { inlinePrice, type PriceData } from "../catalogue/create-price";
import { scaledWhole } from "../catalogue/decimal";
import { noSuch } from "../http/errors";
import { type Metadata, mergeMetadata } from "../http/metadata";
import { type DiscountInput, redeem } from "../invoices/discount";
import { addInvoiceItem } from "../invoices/items";
import { partsOf, productName } from "../invoices/lines";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { ratesNamed } from "../taxes/named";

export type OneTime = {
  discountable?: boolean | undefined;
  discounts?: DiscountInput[] | undefined;
  metadata?: Metadata | null | undefined;
  price?: string | undefined;
  price_data?: PriceData | undefined;
  quantity?: number | undefined;
  tax_rates?: string[] | null | undefined;
};

/** What is billed once, with the next invoice of a subscription. */
export async function addOneTime(space: Space, subscription: Kinds["subscription"], extras: OneTime[]): Promise<void> {
  for (const [index, extra] of extras.entries()) {
    const at = `add_invoice_items[${index}]`;
    const price = extra.price_data
      ? await inlinePrice(space, extra.price_data)
      : await space.find("price", extra.price ?? "");
    if (!price) throw noSuch("price", extra.price ?? "", `${at}[price]`);
    const [quantity, customer] = [extra.quantity ?? 1, String(subscription.customer)];
    const discounts = await redeem(space, extra.discounts ?? [], { customer, subscription: subscription.id });
    addInvoiceItem(space, {
      ...{ customer, currency: price.currency, price, quantity, proration: false, subscription: subscription.id },
      ...{ description: await productName(space, price), period: { start: space.now, end: space.now } },
      ...{ unit: price.unit_amount_decimal, metadata: mergeMetadata(null, extra.metadata) },
      ...{ discountable: extra.discountable, discounts: discounts.map(({ id }) => id) },
      amount: partsOf(space, price, scaledWhole(quantity)).reduce((sum, part) => sum + part.amount, 0),
      taxRates: await ratesNamed(space, extra.tax_rates, `${at}[tax_rates]`),
    });
  }
}
