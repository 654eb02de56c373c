import { currencyCode } from "../http/currency";
import { missing, noSuch, refused } from "../http/errors";
import { mergeMetadata, metadata } from "../http/metadata";
import { notHere } from "../http/not-here";
import { operation } from "../http/operation";
import { clearable, integer, list, must, oneOf, parts, text, yesNo } from "../http/params";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { automaticTax, rateList, ratesNamed } from "../taxes/named";
import { autoFinalize } from "./auto-finalize";
import { addInvoice, setLines } from "./build";
import { discountList, redeem } from "./discount";
import { pendingItems } from "./items";
import { lineOfInvoiceItem } from "./lines";
import { judgeDestination } from "./onward";
import { notEditable, readInvoice } from "./read";

const facts = {
  ...{
    account_tax_ids: notHere("account_tax_ids of invoices"),
    application_fee_amount: integer(),
    auto_advance: yesNo(),
    automatic_tax: automaticTax(),
    automatically_finalizes_at: integer(),
  },
  ...{
    collection_method: oneOf("charge_automatically", "send_invoice"),
    custom_fields: clearable(list(parts({ name: must(text(40)), value: must(text(140)) }), 4)),
    days_until_due: integer(),
    default_payment_method: text(),
    default_tax_rates: rateList(),
  },
  ...{
    description: clearable(text(1_500)),
    discounts: clearable(discountList()),
    due_date: integer(),
    footer: clearable(text()),
    metadata: metadata(),
  },
  ...{
    payment_settings: notHere("payment_settings of invoices"),
    statement_descriptor: text(22),
    transfer_data: clearable(parts({ amount: integer(), destination: must(text()) })),
    rendering: notHere("rendering of invoices"),
    on_behalf_of: text(),
  },
};

/** What can be done to a draft. */
export const draftOperations = [
  operation({
    on: "POST /v1/invoices",
    params: {
      ...facts,
      customer: text(),
      currency: currencyCode(),
      pending_invoice_items_behavior: oneOf("exclude", "include"),
      subscription: text(),
      from_invoice: notHere("from_invoice of invoices"),
    },
    async run({ space, params }) {
      if (params.customer === undefined) throw missing("customer");
      const customer = await space.find("customer", params.customer);
      if (!customer) throw noSuch("customer", params.customer, "customer");
      await space.follow(customer.test_clock);
      const subscription =
        params.subscription === undefined ? undefined : await space.find("subscription", params.subscription);
      if (params.subscription !== undefined && !subscription)
        throw noSuch("subscription", params.subscription, "subscription");
      const collection = params.collection_method ?? "charge_automatically";
      if (collection === "send_invoice" && params.days_until_due === undefined && params.due_date === undefined)
        throw missing("days_until_due");
      const wanted = params.pending_invoice_items_behavior === "include" || subscription !== undefined;
      const items = wanted ? await pendingItems(space, customer.id, subscription?.id) : [];
      if (subscription && items.length === 0)
        throw refused("Nothing to invoice for subscription", { code: "invoice_no_subscription_line_items" });
      const discounts = params.discounts
        ? await redeem(space, params.discounts, { customer: customer.id })
        : customer.discount
          ? [customer.discount]
          : [];
      const invoice = await addInvoice(space, {
        ...{
          customer,
          subscription,
          reason: "manual",
          autoAdvance: params.auto_advance ?? false,
          collection,
          daysUntilDue: params.days_until_due,
        },
        ...{
          dueDate: params.due_date ?? null,
          description: params.description ?? null,
          metadata: mergeMetadata(null, params.metadata),
        },
        ...{
          currency: params.currency ?? items[0]?.currency ?? customer.currency ?? "usd",
          period: { start: space.now, end: space.now },
        },
        ...{
          lines: items.map(lineOfInvoiceItem),
          discounts: discounts.map(({ id }) => id),
          defaultMethod: params.default_payment_method ?? null,
          ...(params.default_tax_rates && {
            taxRates: await ratesNamed(space, params.default_tax_rates, "default_tax_rates"),
          }),
        },
      });
      for (const item of items) item.invoice = invoice.id;
      invoice.custom_fields = params.custom_fields ?? null;
      invoice.footer = params.footer ?? null;
      await sendOn(space, invoice, params);
      autoFinalize(space, invoice);
      space.announce("invoice.created", invoice);
      return invoice;
    },
  }),
  operation({
    on: "POST /v1/invoices/{id}",
    params: facts,
    async run({ space, params, id }) {
      const invoice = await readInvoice(space, id);
      const { metadata: data, ...rest } = params;
      if (
        invoice.status !== "draft" &&
        Object.values(rest).some((value) => value !== undefined) &&
        params.auto_advance === undefined
      )
        throw notEditable();
      if (params.auto_advance !== undefined) {
        invoice.auto_advance = params.auto_advance;
        autoFinalize(space, invoice);
      }
      if (params.collection_method) invoice.collection_method = params.collection_method;
      if (params.days_until_due !== undefined) invoice.due_date = space.now + params.days_until_due * 86_400;
      if (params.due_date !== undefined) invoice.due_date = params.due_date;
      if (params.description !== undefined) invoice.description = params.description;
      if (params.custom_fields !== undefined) invoice.custom_fields = params.custom_fields;
      if (params.footer !== undefined) invoice.footer = params.footer;
      if (params.default_payment_method !== undefined) invoice.default_payment_method = params.default_payment_method;
      await sendOn(space, invoice, params);
      if (params.default_tax_rates !== undefined) {
        invoice.default_tax_rates = await ratesNamed(space, params.default_tax_rates, "default_tax_rates");
        await setLines(space, invoice, space.inner(invoice).lines ?? []);
      }
      if (params.discounts !== undefined) {
        invoice.discounts = (
          await redeem(space, params.discounts ?? [], { customer: String(invoice.customer), invoice: id })
        ).map((discount) => discount.id);
        await setLines(space, invoice, space.inner(invoice).lines ?? []);
      }
      invoice.metadata = mergeMetadata(invoice.metadata, data);
      space.announceChange("invoice.updated", invoice);
      return invoice;
    },
  }),
  operation({
    on: "DELETE /v1/invoices/{id}",
    async run({ space, id }) {
      const invoice = await readInvoice(space, id);
      if (invoice.status !== "draft") throw notEditable();
      if (invoice.parent?.subscription_details) throw refused("You can't delete invoices created by subscriptions.");
      for (const item of await space.select("invoiceitem", { where: [{ at: "invoice", is: id }] })) space.remove(item);
      space.unschedule("invoice_finalizes", id);
      space.announce("invoice.deleted", invoice);
      space.remove(invoice);
      return { id, object: "invoice", deleted: true };
    },
  }),
];

type Sent = {
  application_fee_amount?: number | undefined;
  on_behalf_of?: string | undefined;
  transfer_data?: { destination: string; amount?: number | undefined } | null | undefined;
};

/** Where the money goes on to, and what is kept of it: the response does not show it, the payment does. */
async function sendOn(space: Space, invoice: Kinds["invoice"], asked: Sent): Promise<void> {
  const { transfer_data: sent, application_fee_amount: fee } = asked;
  await judgeDestination(space, sent?.destination);
  if (asked.on_behalf_of !== undefined) invoice.on_behalf_of = asked.on_behalf_of;
  const { destination, amount, ...rest } = space.inner(invoice).onward ?? {};
  const kept = { ...(destination !== undefined && { destination }), ...(amount !== undefined && { amount }) };
  const going = sent && { destination: sent.destination, ...(sent.amount !== undefined && { amount: sent.amount }) };
  space.inner(invoice).onward = {
    ...rest,
    ...(sent === undefined ? kept : going),
    ...(fee !== undefined && { fee }),
  };
}
