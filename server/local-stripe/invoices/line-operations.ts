import { priceData } from "../catalogue/create-price";
import { noSuch, refused } from "../http/errors";
import { mergeMetadata, metadata } from "../http/metadata";
import { operation } from "../http/operation";
import { clearable, integer, list, must, oneOf, parts, type Read, text, yesNo } from "../http/params";
import type { InvoiceLine, Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { rateList, ratesNamed } from "../taxes/named";
import { setLines } from "./build";
import { discountList, redeem } from "./discount";
import { addInvoiceItem, sumOf } from "./items";
import { lineOfInvoiceItem, productName } from "./lines";

type Invoice = Kinds["invoice"];

const facts = {
  amount: integer(),
  description: text(),
  discountable: yesNo(),
  discounts: clearable(discountList()),
  metadata: metadata(),
  period: parts({ start: must(integer()), end: must(integer()) }),
  price_data: priceData(),
  pricing: parts({ price: text() }),
  quantity: integer(),
  tax_rates: rateList(),
};
type LineInput = Partial<Read<typeof facts>>;

export const invoiceLineOperations = [
  operation({
    on: "POST /v1/invoices/{id}/add_lines",
    params: { invoice_metadata: metadata(), lines: must(list(parts({ ...facts, invoice_item: text() }), 250)) },
    async run({ space, params, id }) {
      const invoice = await draft(space, id);
      const lines = [...(space.inner(invoice).lines ?? [])];
      for (const [index, input] of params.lines.entries())
        lines.push(await newLineOf(space, invoice, input, `lines[${index}]`));
      return saved(space, invoice, lines, params.invoice_metadata);
    },
  }),
  operation({
    on: "POST /v1/invoices/{id}/update_lines",
    params: { invoice_metadata: metadata(), lines: must(list(parts({ ...facts, id: must(text()) }), 250)) },
    async run({ space, params, id }) {
      const invoice = await draft(space, id);
      const lines = space.inner(invoice).lines ?? [];
      for (const [index, input] of params.lines.entries())
        await changeLine(space, invoice, lineNamed(lines, input.id, `lines[${index}][id]`), input);
      return saved(space, invoice, lines, params.invoice_metadata);
    },
  }),
  operation({
    on: "POST /v1/invoices/{invoice}/lines/{id}",
    params: facts,
    async run({ space, params, id, path }) {
      const invoice = await draft(space, path.invoice ?? "");
      const lines = space.inner(invoice).lines ?? [];
      const line = lineNamed(lines, id, "id");
      await changeLine(space, invoice, line, params);
      await saved(space, invoice, lines, undefined);
      return line;
    },
  }),
  operation({
    on: "POST /v1/invoices/{id}/remove_lines",
    params: {
      invoice_metadata: metadata(),
      lines: must(list(parts({ behavior: must(oneOf("delete", "unassign")), id: must(text()) }), 250)),
    },
    async run({ space, params, id }) {
      const invoice = await draft(space, id);
      const lines = space.inner(invoice).lines ?? [];
      const gone = params.lines.map((one, index) => ({
        line: lineNamed(lines, one.id, `lines[${index}][id]`),
        behavior: one.behavior,
      }));
      for (const { line, behavior } of gone) await letGo(space, line, behavior);
      return saved(
        space,
        invoice,
        lines.filter((line) => !gone.some((one) => one.line === line)),
        params.invoice_metadata,
      );
    },
  }),
];

async function draft(space: Space, id: string): Promise<Invoice> {
  const invoice = await space.get("invoice", id);
  await space.follow(typeof invoice.test_clock === "string" ? invoice.test_clock : null);
  if (invoice.status !== "draft")
    throw refused("Only the lines of a draft can be changed.", { code: "invoice_not_editable" });
  return invoice;
}

function lineNamed(lines: InvoiceLine[], id: string, param: string): InvoiceLine {
  const line = lines.find((one) => one.id === id);
  if (!line) throw noSuch("line item", id, param);
  return line;
}

async function newLineOf(
  space: Space,
  invoice: Invoice,
  input: LineInput & { invoice_item?: string | undefined },
  at: string,
): Promise<InvoiceLine> {
  if (input.invoice_item !== undefined) {
    const item = await space.find("invoiceitem", input.invoice_item);
    if (!item || item.invoice !== null) throw noSuch("invoice item", input.invoice_item, `${at}[invoice_item]`);
    item.invoice = invoice.id;
    return lineOfInvoiceItem(item);
  }
  const sum = await sumOf(space, { ...input, currency: invoice.currency });
  const item = addInvoiceItem(space, {
    ...sum,
    customer: String(invoice.customer),
    description: input.description ?? (sum.price ? await productName(space, sum.price) : null),
    period: input.period ?? { start: space.now, end: space.now },
    proration: false,
    subscription: undefined,
    invoice: invoice.id,
    metadata: mergeMetadata(null, input.metadata),
    discountable: input.discountable,
    taxRates: await ratesNamed(space, input.tax_rates, "tax_rates"),
    discounts: await discountsOf(space, invoice, input),
  });
  return lineOfInvoiceItem(item);
}

async function changeLine(space: Space, invoice: Invoice, line: InvoiceLine, input: LineInput): Promise<void> {
  if (input.amount !== undefined || input.pricing || input.price_data) {
    const sum = await sumOf(space, { ...input, currency: invoice.currency });
    line.amount = sum.amount;
    line.subtotal = sum.amount;
    line.quantity = sum.quantity;
    line.quantity_decimal = String(sum.quantity);
  }
  if (input.description !== undefined) line.description = input.description;
  if (input.discountable !== undefined) line.discountable = input.discountable;
  if (input.period) line.period = input.period;
  if (input.discounts !== undefined) line.discounts = await discountsOf(space, invoice, input);
  if (input.tax_rates !== undefined) await retax(space, invoice, line, input.tax_rates);
  line.metadata = mergeMetadata(line.metadata, input.metadata);
}

const discountsOf = async (space: Space, { customer, id }: Invoice, { discounts }: LineInput): Promise<string[]> =>
  (await redeem(space, discounts ?? [], { customer: String(customer), invoice: id })).map((discount) => discount.id);

/** Rates given to a line win over those of the invoice. Taken away, the invoice's are back. */
async function retax(space: Space, invoice: Invoice, line: InvoiceLine, ids: string[] | null): Promise<void> {
  const rates = await ratesNamed(space, ids, "tax_rates");
  const { [line.id]: _, ...others } = space.inner(invoice).lineRates ?? {};
  space.inner(invoice).lineRates = rates.length === 0 ? others : { ...others, [line.id]: rates.map(({ id }) => id) };
}

/** A line's item is thrown away with it, or waits for another invoice. */
async function letGo(space: Space, line: InvoiceLine, behavior: "delete" | "unassign"): Promise<void> {
  const id = line.parent?.invoice_item_details?.invoice_item;
  const item = id ? await space.find("invoiceitem", id) : undefined;
  if (!item) return;
  if (behavior === "unassign") item.invoice = null;
  else space.remove(item);
}

async function saved(
  space: Space,
  invoice: Invoice,
  lines: InvoiceLine[],
  data: Record<string, string> | null | undefined,
): Promise<Invoice> {
  invoice.metadata = mergeMetadata(invoice.metadata, data);
  await setLines(space, invoice, lines);
  space.announceChange("invoice.updated", invoice);
  return invoice;
}
