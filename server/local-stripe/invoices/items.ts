import { inlinePrice, priceData } from "../catalogue/create-price";
import { rounded, scaled, scaledWhole, times } from "../catalogue/decimal";
import { currencyCode } from "../http/currency";
import { exclusive, missing, noSuch, refused } from "../http/errors";
import { listing } from "../http/list";
import { mergeMetadata, metadata } from "../http/metadata";
import { operation } from "../http/operation";
import { clearable, decimal, integer, must, parts, text, yesNo } from "../http/params";
import { newStripeId } from "../store/ids";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { rateList, ratesNamed, type TaxRate } from "../taxes/named";
import { setLines } from "./build";
import { discountList, redeem } from "./discount";
import { lineOfInvoiceItem, partsOf, productName } from "./lines";

type Item = Kinds["invoiceitem"];

type NewItem = {
  customer: string;
  amount: number;
  currency: string;
  description: string | null;
  period: { start: number; end: number };
  quantity: number;
  price: Kinds["price"] | undefined;
  unit: string | null;
  proration: boolean;
  subscription: string | undefined;
  invoice?: string | undefined;
  metadata?: Record<string, string>;
  discountable?: boolean | undefined;
  taxRates?: TaxRate[] | null | undefined;
  discounts?: string[] | undefined;
  /** The subscription item whose time it bills or gives back. */
  item?: string | undefined;
};

/** A sum that waits for the next invoice, or stands on a draft already. */
export function addInvoiceItem(space: Space, item: NewItem): Item {
  const { price } = item;
  const made = space.add<"invoiceitem">(
    {
      id: newStripeId("ii"),
      object: "invoiceitem",
      amount: item.amount,
      currency: item.currency,
      customer: item.customer,
      customer_account: null,
      date: space.now,
      description: item.description,
      discountable: item.discountable ?? true,
      discounts: item.discounts ?? [],
      invoice: item.invoice ?? null,
      livemode: false,
      metadata: item.metadata ?? {},
      net_amount: item.amount,
      parent:
        item.subscription === undefined
          ? null
          : { subscription_details: { subscription: item.subscription }, type: "subscription_details" },
      period: item.period,
      pricing: {
        type: "price_details",
        unit_amount_decimal: item.unit,
        ...(price && { price_details: { price: price.id, product: price.product } }),
      },
      proration: item.proration,
      quantity: item.quantity,
      quantity_decimal: String(item.quantity),
      tax_rates: item.taxRates ?? [],
      test_clock: null,
    },
    item.item === undefined ? {} : { item: item.item },
  );
  space.announce("invoiceitem.created", made);
  return made;
}

/** The items that wait for a customer's next invoice. With a subscription, its own and those of no subscription. */
export async function pendingItems(space: Space, customer: string, subscription?: string): Promise<Item[]> {
  const all = await space.select("invoiceitem", {
    where: [
      { at: "customer", is: customer },
      { at: "invoice", is: null },
    ],
    order: "oldest",
  });
  return all.filter((item) => {
    const owner = item.parent?.subscription_details?.subscription;
    return owner === undefined || owner === subscription;
  });
}

const facts = {
  ...{
    amount: integer(),
    description: text(),
    discountable: yesNo(),
    discounts: clearable(discountList()),
    metadata: metadata(),
  },
  ...{
    period: parts({ start: must(integer()), end: must(integer()) }),
    price_data: priceData(),
    pricing: parts({ price: text() }),
  },
  ...{
    quantity: integer(),
    tax_behavior: text(),
    tax_code: text(),
    tax_rates: rateList(),
    unit_amount_decimal: decimal(),
  },
};

export const invoiceItemOperations = [
  operation({
    on: "POST /v1/invoiceitems",
    params: { ...facts, currency: currencyCode(), customer: text(), invoice: text(), subscription: text() },
    async run({ space, params }) {
      const invoice = params.invoice === undefined ? undefined : await space.find("invoice", params.invoice);
      if (params.invoice !== undefined && !invoice) throw noSuch("invoice", params.invoice, "invoice");
      if (invoice && invoice.status !== "draft")
        throw refused("This invoice is no longer editable.", { code: "invoice_not_editable" });
      const customerId = params.customer ?? (invoice && String(invoice.customer));
      if (customerId === undefined) throw missing("customer");
      const customer = await space.find("customer", customerId);
      if (!customer) throw noSuch("customer", customerId, "customer");
      await space.follow(customer.test_clock);
      if (params.subscription !== undefined && !(await space.find("subscription", params.subscription)))
        throw noSuch("subscription", params.subscription, "subscription");

      const sum = await sumOf(space, params);
      const item = addInvoiceItem(space, {
        ...sum,
        ...{
          customer: customerId,
          period: params.period ?? { start: space.now, end: space.now },
          proration: false,
          subscription: params.subscription,
        },
        ...{
          invoice: params.invoice,
          metadata: mergeMetadata(null, params.metadata),
          discountable: params.discountable,
          taxRates: await ratesNamed(space, params.tax_rates, "tax_rates"),
          discounts: (await redeem(space, params.discounts ?? [], { customer: customerId })).map(({ id }) => id),
        },
        description: params.description ?? (sum.price ? await productName(space, sum.price) : null),
      });
      if (invoice) {
        const line = lineOfInvoiceItem(item);
        await setLines(space, invoice, [...(space.inner(invoice).lines ?? []), line]);
        space.announceChange("invoice.updated", invoice);
      }
      return item;
    },
  }),
  operation({
    on: "POST /v1/invoiceitems/{id}",
    params: facts,
    async run({ space, params, id }) {
      const item = await space.get("invoiceitem", id);
      if (item.invoice !== null)
        throw refused("This invoice item is on an invoice already.", { code: "invoice_not_editable" });
      if (params.amount !== undefined) item.amount = params.amount;
      if (params.description !== undefined) item.description = params.description;
      if (params.discountable !== undefined) item.discountable = params.discountable;
      if (params.period) item.period = params.period;
      if (params.discounts !== undefined)
        item.discounts = (await redeem(space, params.discounts ?? [], { customer: String(item.customer) })).map(
          ({ id: discount }) => discount,
        );
      if (params.tax_rates !== undefined) item.tax_rates = await ratesNamed(space, params.tax_rates, "tax_rates");
      item.metadata = mergeMetadata(item.metadata, params.metadata);
      return item;
    },
  }),
  operation({ on: "GET /v1/invoiceitems/{id}", run: ({ space, id }) => space.get("invoiceitem", id) }),
  operation({
    on: "DELETE /v1/invoiceitems/{id}",
    async run({ space, id }) {
      const item = await space.get("invoiceitem", id);
      if (item.invoice !== null)
        throw refused("This invoice item is on an invoice already.", { code: "invoice_not_editable" });
      space.announce("invoiceitem.deleted", item);
      space.remove(item);
      return { id, object: "invoiceitem", deleted: true };
    },
  }),
  listing({
    on: "GET /v1/invoiceitems",
    kind: "invoiceitem",
    filters: { customer: text(), invoice: text(), pending: yesNo() },
    where: ({ customer, invoice, pending }) => [
      ...(customer === undefined ? [] : [{ at: "customer", is: customer }]),
      ...(invoice === undefined ? [] : [{ at: "invoice", is: invoice }]),
      ...(pending === undefined ? [] : [pending ? { at: "invoice", is: null } : { not: { at: "invoice", is: null } }]),
    ],
  }),
];

type Asked = Parameters<typeof sumOf>[1];

/** What a line or an item comes to: a sum, or a quantity of a price. */
export async function sumOf(
  space: Space,
  params: {
    amount?: number | undefined;
    currency?: string | undefined;
    pricing?: { price?: string | undefined } | undefined;
    quantity?: number | undefined;
    price_data?: Parameters<typeof inlinePrice>[1] | undefined;
    unit_amount_decimal?: string | undefined;
  },
) {
  const quantity = params.quantity ?? 1;
  if (params.amount !== undefined) {
    if (params.pricing || params.unit_amount_decimal !== undefined) throw exclusive("amount", "pricing");
    return {
      amount: params.amount,
      currency: currencyOf(params),
      quantity,
      price: undefined,
      unit: String(params.amount),
    };
  }
  const named = params.pricing?.price;
  const price = params.price_data
    ? await inlinePrice(space, params.price_data)
    : named === undefined
      ? undefined
      : await space.find("price", named);
  if (named !== undefined && !price) throw noSuch("price", named, "pricing[price]");
  if (price) {
    if (price.recurring && named !== undefined)
      throw refused(
        "The price specified is set to `type=recurring` but this field only accepts prices with `type=one_time`.",
        { param: "pricing[price]" },
      );
    const amount = partsOf(space, price, scaledWhole(quantity)).reduce((total, part) => total + part.amount, 0);
    return { amount, currency: price.currency, quantity, price, unit: price.unit_amount_decimal };
  }
  const unit = params.unit_amount_decimal;
  if (unit === undefined) throw missing("amount");
  const sum = times(scaled(unit), scaledWhole(quantity));
  return { amount: rounded(sum), currency: currencyOf(params), quantity, price: undefined, unit };
}

function currencyOf({ currency }: Pick<Asked, "currency">): string {
  if (currency === undefined) throw missing("currency");
  return currency.toLowerCase();
}
