import type { InvoiceLine, Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { sumOf, taxesOf, together } from "../taxes/compute";
import type { TaxRate } from "../taxes/named";

type Invoice = Kinds["invoice"];

/** Taxes every line after its discounts and credit. Says what is tax inside the subtotal. */
export async function taxLines(space: Space, invoice: Invoice, lines: InvoiceLine[]): Promise<number> {
  let inside = 0;
  for (const line of lines) {
    const rates = await ratesOf(space, invoice, line);
    line.taxes = taxesOf(openOf(line), rates, invoice.customer_tax_exempt);
    inside += sumOf(taxesOf(line.amount, rates, invoice.customer_tax_exempt), "inclusive");
  }
  invoice.total_taxes = together(lines.flatMap(({ taxes }) => taxes ?? []));
  return inside;
}

/** What is left of a line after its discounts and the credit that was used for it. */
export const openOf = ({ amount, discount_amounts, pretax_credit_amounts }: InvoiceLine): number =>
  amount - [...(discount_amounts ?? []), ...(pretax_credit_amounts ?? [])].reduce((sum, one) => sum + one.amount, 0);

/** The rates of a line: its own, its item's, or the invoice's. */
async function ratesOf(space: Space, invoice: Invoice, line: InvoiceLine): Promise<TaxRate[]> {
  const own = space.inner(invoice).lineRates?.[line.id];
  if (own) return Promise.all(own.map((id) => space.own("tax_rate", id)));
  const { invoice_item_details: added, subscription_item_details: sold } = line.parent ?? {};
  const itemId = added?.invoice_item ?? sold?.invoice_item;
  const item = itemId ? await space.find("invoiceitem", itemId) : undefined;
  if (item?.tax_rates?.length) return item.tax_rates;
  const subscription = sold?.subscription ? await space.find("subscription", sold.subscription) : undefined;
  const billed = subscription?.items.data.find(({ id }) => id === sold?.subscription_item);
  return billed?.tax_rates?.length ? billed.tax_rates : invoice.default_tax_rates;
}
