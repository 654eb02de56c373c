import { inlinePrice, type PriceData } from "../catalogue/create-price";
import { scaledWhole } from "../catalogue/decimal";
import { missing, noSuch, refused } from "../http/errors";
import { type DiscountInput, redeem, reduce } from "../invoices/discount";
import { newLine, partsOf, productName, remaining } from "../invoices/lines";
import { openOf } from "../invoices/tax-lines";
import { newStripeId } from "../store/ids";
import type { CheckoutLine, InvoiceLine, Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { isMetered, rhythmOf } from "../subscriptions/items";
import { periodAt } from "../subscriptions/periods";
import { sumOf, taxesOf } from "../taxes/compute";
import { ratesNamed, type TaxRate } from "../taxes/named";

type Price = Kinds["price"];
type LineInput = {
  price?: string | undefined;
  price_data?: PriceData | undefined;
  quantity?: number | undefined;
  tax_rates?: string[] | null | undefined;
};
type Asked = {
  mode: Kinds["checkout.session"]["mode"];
  customer?: string | undefined;
  line_items?: LineInput[] | undefined;
  discounts?: DiscountInput[] | undefined;
  subscription_data?:
    | {
        default_tax_rates?: string[] | null | undefined;
        trial_end?: number | undefined;
        trial_period_days?: number | undefined;
        billing_cycle_anchor?: number | undefined;
        proration_behavior?: string | undefined;
      }
    | undefined;
};

export type Totals = { subtotal: number; discount: number; tax: number; total: number };
type Priced = { id: string; price: Price; quantity: number | null; amount: number; own: TaxRate[]; rates: TaxRate[] };
type Sold = { lines: CheckoutLine[]; totals: Totals };

/** What a session sells, line by line, with what is taken off and put on. */
export async function pricedLines(space: Space, asked: Asked): Promise<Sold & { currency: string | null }> {
  const priced: Priced[] = [];
  for (const [index, input] of (asked.line_items ?? []).entries())
    priced.push(await priceLine(space, asked, input, `line_items[${index}]`));
  if (asked.mode === "subscription" && !priced.some(({ price }) => price.recurring))
    throw refused("You must provide at least one recurring price in `subscription` mode when using prices.", {
      param: "line_items",
    });
  return { ...(await sell(space, asked, priced)), currency: priced[0]?.price.currency ?? null };
}

/** The same lines at the same prices, with other discounts. */
export async function repricedLines(space: Space, asked: Asked, lines: readonly CheckoutLine[]): Promise<Sold> {
  const priced = await Promise.all(
    lines.map(async ({ id, price: priceId, quantity, amount, taxRates }): Promise<Priced> => {
      const price = await space.own("price", priceId);
      const own = await ratesNamed(space, taxRates, "tax_rates");
      return { id, price, quantity, amount, own, rates: await ratesFor(space, asked, price, own) };
    }),
  );
  return sell(space, asked, priced);
}

async function sell(space: Space, asked: Asked, priced: Priced[]): Promise<Sold> {
  const reduced = await reducedLines(space, asked, priced);
  const exempt = asked.customer === undefined ? undefined : await space.find("customer", asked.customer);
  const lines = await Promise.all(
    priced.map(async ({ id, price, quantity, amount, own, rates }, index): Promise<CheckoutLine> => {
      const line = reduced[index];
      const taxes = taxesOf(line ? openOf(line) : amount, rates, exempt?.tax_exempt);
      return {
        ...{ id, price: price.id, quantity, amount, description: await productName(space, price) },
        ...{ discount: amount - (line ? openOf(line) : amount), tax: sumOf(taxes), onTop: sumOf(taxes, "exclusive") },
        taxRates: own.map((rate) => rate.id),
      };
    }),
  );
  const sum = (of: (line: CheckoutLine) => number) => lines.reduce((total, line) => total + of(line), 0);
  const [subtotal, discount] = [sum(({ amount }) => amount), sum((line) => line.discount)];
  const totals = { subtotal, discount, tax: sum(({ tax }) => tax), total: subtotal - discount + sum((l) => l.onTop) };
  return { lines, totals };
}

/** A line's own rates, or those that a subscription has for all of its own. */
async function ratesFor(space: Space, asked: Asked, price: Price, own: TaxRate[]): Promise<TaxRate[]> {
  if (own.length > 0 || !price.recurring) return own;
  return ratesNamed(space, asked.subscription_data?.default_tax_rates, "subscription_data[default_tax_rates]");
}

async function priceLine(space: Space, asked: Asked, input: LineInput, at: string): Promise<Priced> {
  const price = input.price_data
    ? await inlinePrice(space, input.price_data)
    : await space.find("price", input.price ?? "");
  if (!price) throw noSuch("price", input.price ?? "", `${at}[price]`);
  if (!price.active && input.price !== undefined)
    throw refused("The price specified is inactive. This field only accepts active prices.", { param: `${at}[price]` });
  if (price.recurring && asked.mode !== "subscription")
    throw refused(
      "You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.",
      { param: "line_items" },
    );
  if (isMetered(price) && input.quantity !== undefined)
    throw refused("Quantity should not be specified where usage_type is `metered`.", { param: `${at}[quantity]` });
  if (!isMetered(price) && input.quantity === undefined) throw missing(`${at}[quantity]`);
  const quantity = isMetered(price) ? null : (input.quantity ?? 1);
  const own = await ratesNamed(space, input.tax_rates, `${at}[tax_rates]`);
  const rates = await ratesFor(space, asked, price, own);
  return { id: newStripeId("li"), price, quantity, amount: firstAmount(space, asked, price, quantity), own, rates };
}

/** What is due of a line when the session completes: nothing in a trial, and a part until a later anchor. */
function firstAmount(
  space: Space,
  { subscription_data: wanted }: Asked,
  price: Price,
  quantity: number | null,
): number {
  if (quantity === null) return 0;
  const whole = partsOf(space, price, scaledWhole(quantity)).reduce((sum, part) => sum + part.amount, 0);
  if (!price.recurring || !wanted) return whole;
  if (wanted.trial_end !== undefined || wanted.trial_period_days !== undefined) return 0;
  if (wanted.billing_cycle_anchor === undefined) return whole;
  const period = periodAt(wanted.billing_cycle_anchor, rhythmOf(price), space.now);
  if (period.start === space.now) return whole;
  return wanted.proration_behavior === "none" ? 0 : remaining(whole, space.now, period);
}

/** The lines with their discounts, without redeeming them: that happens when the session is completed. */
async function reducedLines(space: Space, asked: Asked, priced: Priced[]): Promise<InvoiceLine[]> {
  const lines = await Promise.all(
    priced.map(async ({ price, quantity, amount }) =>
      newLine({
        ...{ amount, currency: price.currency, description: null, period: { start: space.now, end: space.now } },
        ...{ quantity: String(quantity ?? 0), price, unit: price.unit_amount_decimal, metadata: {} },
        ...{ parent: null, subscription: null },
      }),
    ),
  );
  if (!asked.discounts?.length) return lines;
  const discounts = await redeem(space, asked.discounts, { customer: asked.customer ?? "" });
  const ids = discounts.map(({ id }) => id);
  await reduce(space, lines, ids, space.now);
  for (const discount of discounts) {
    const coupon = await space.own("coupon", String(discount.source.coupon));
    coupon.times_redeemed -= 1;
    if (discount.promotion_code)
      (await space.own("promotion_code", String(discount.promotion_code))).times_redeemed -= 1;
    space.remove(discount);
  }
  return lines;
}
