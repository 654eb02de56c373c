import { addInvoice } from "../invoices/build";
import { redeem } from "../invoices/discount";
import { finalizeInvoice } from "../invoices/finalize";
import { addInvoiceItem } from "../invoices/items";
import { lineOfInvoiceItem } from "../invoices/lines";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { ratesNamed } from "../taxes/named";
import type { Orders } from "./create";

type Session = Kinds["checkout.session"];

/** A purchase that was to have an invoice gets one, paid by the payment that was made. */
export async function invoicePurchase(
  space: Space,
  session: Session,
  intent: Kinds["payment_intent"],
  { invoice_creation: wanted, discounts = [] }: Orders,
): Promise<void> {
  const customer = await space.own("customer", session.customer ?? "");
  const given = await redeem(space, discounts, { customer: customer.id, checkout: session.id });
  if (!wanted?.enabled) return;
  const items = [];
  for (const line of space.inner(session).lines ?? []) {
    const price = await space.own("price", line.price);
    items.push(
      addInvoiceItem(space, {
        ...{ customer: customer.id, amount: line.amount, currency: price.currency, description: line.description },
        ...{ quantity: line.quantity ?? 1, price, unit: price.unit_amount_decimal, proration: false },
        ...{ period: { start: space.now, end: space.now }, subscription: undefined },
        taxRates: await ratesNamed(space, line.taxRates, "tax_rates"),
      }),
    );
  }
  const { description, footer, metadata } = wanted.invoice_data ?? {};
  const invoice = await addInvoice(space, {
    ...{
      customer,
      currency: intent.currency,
      reason: "manual",
      autoAdvance: false,
      collection: "charge_automatically",
    },
    ...{ lines: items.map(lineOfInvoiceItem), discounts: given.map(({ id }) => id), description },
    ...{ period: { start: space.now, end: space.now }, metadata: metadata ?? {} },
  });
  invoice.footer = footer ?? null;
  for (const item of items) item.invoice = invoice.id;
  space.announce("invoice.created", invoice);
  session.invoice = invoice.id;
  await finalizeInvoice(space, invoice, intent);
}
