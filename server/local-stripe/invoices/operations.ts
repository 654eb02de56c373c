import { refused, type StripeRefusal } from "../http/errors";
import type { Includes } from "../http/expand";
import { listing, listOf, PAGING, pageOf } from "../http/list";
import { operation } from "../http/operation";
import { oneOf, range, text, yesNo } from "../http/params";
import { searching } from "../http/search";
import type { Kinds } from "../store/kinds";
import { AUTO_SECONDS } from "./auto-finalize";
import { finalizeInvoice } from "./finalize";
import { finalizeOrTell } from "./finalize-or-tell";
import { payNow } from "./pay-now";
import { readInvoice } from "./read";
import { settleInvoice } from "./settle";
import { stopCollecting, voidInvoice } from "./void";

type Invoice = Kinds["invoice"];

export const invoiceOperations = [
  operation({ on: "GET /v1/invoices/{id}", run: ({ space, id }) => readInvoice(space, id) }),
  operation({
    on: "POST /v1/invoices/{id}/finalize",
    params: { auto_advance: yesNo() },
    async run({ space, params, id }) {
      const invoice = await readInvoice(space, id);
      if (params.auto_advance !== undefined) invoice.auto_advance = params.auto_advance;
      const problem = await finalizeOrTell(space, invoice);
      if (problem) throw problem;
      if (isOpen(invoice) && invoice.auto_advance && invoice.collection_method === "charge_automatically")
        space.schedule("invoice_retries", id, space.now + AUTO_SECONDS);
      return invoice;
    },
  }),
  operation({
    on: "POST /v1/invoices/{id}/pay",
    params: {
      forgive: yesNo(),
      mandate: text(),
      off_session: yesNo(),
      paid_out_of_band: yesNo(),
      payment_method: text(),
      source: text(),
    },
    async run({ space, params, id }) {
      const invoice = await readInvoice(space, id);
      if (invoice.status === "paid") throw refused("Invoice is already paid");
      if (invoice.status === "draft") await finalizeInvoice(space, invoice);
      if (!isOpen(invoice) && invoice.status !== "uncollectible") {
        if (isPaid(invoice)) return invoice;
        throw refused(`Invoices with a status of ${invoice.status} cannot be paid.`);
      }
      if (params.paid_out_of_band) {
        await settleInvoice(space, invoice, { how: "outside" });
        return invoice;
      }
      await payNow(space, invoice, params);
      return invoice;
    },
  }),
  operation({
    on: "POST /v1/invoices/{id}/void",
    async run({ space, id }) {
      const invoice = await readInvoice(space, id);
      if (!isOpen(invoice) && invoice.status !== "uncollectible") throw wrongTransition(invoice, "voided");
      await voidInvoice(space, invoice);
      return invoice;
    },
  }),
  operation({
    on: "POST /v1/invoices/{id}/mark_uncollectible",
    async run({ space, id }) {
      const invoice = await readInvoice(space, id);
      if (!isOpen(invoice)) throw wrongTransition(invoice, "marked uncollectible");
      invoice.status = "uncollectible";
      invoice.status_transitions.marked_uncollectible_at = space.now;
      stopCollecting(space, invoice);
      space.announce("invoice.marked_uncollectible", invoice);
      await space.react.invoiceEnded(space, invoice);
      return invoice;
    },
  }),
  operation({
    on: "POST /v1/invoices/{id}/send",
    async run({ space, id }) {
      const invoice = await readInvoice(space, id);
      if (invoice.status === "draft") await finalizeInvoice(space, invoice);
      if (invoice.collection_method !== "send_invoice")
        throw refused("You can only manually send an invoice with `collection_method` set to `send_invoice`.");
      space.announce("invoice.sent", invoice);
      return invoice;
    },
  }),
  operation({
    on: "GET /v1/invoices/{id}/lines",
    params: PAGING,
    async run({ space, params, id }) {
      const invoice = await readInvoice(space, id);
      return pageOf(`/v1/invoices/${id}/lines`, space.inner(invoice).lines ?? [], params);
    },
  }),
  listing({
    on: "GET /v1/invoices",
    kind: "invoice",
    filters: {
      ...{ collection_method: oneOf("charge_automatically", "send_invoice"), customer: text(), due_date: range() },
      ...{ status: oneOf("draft", "open", "paid", "uncollectible", "void"), subscription: text() },
    },
    where: ({ collection_method, customer, due_date, status, subscription }) => [
      ...(collection_method === undefined ? [] : [{ at: "collection_method", is: collection_method }]),
      ...(customer === undefined ? [] : [{ at: "customer", is: customer }]),
      ...(due_date === undefined ? [] : [{ at: "due_date", within: due_date }]),
      ...(status === undefined ? [] : [{ at: "status", is: status }]),
      ...(subscription === undefined ? [] : [{ at: "parent.subscription_details.subscription", is: subscription }]),
    ],
  }),
  searching("GET /v1/invoices/search", "invoice", [
    "created",
    "currency",
    "customer",
    "number",
    "receipt_number",
    "status",
    "total",
  ]),
];

export const invoiceIncludes: Includes = {
  invoice: {
    async payments(space, { id }) {
      return listOf(
        `/v1/invoice_payments?invoice=${id}`,
        await space.select("invoice_payment", { where: [{ at: "invoice", is: String(id) }], limit: 10 }),
      );
    },
    async confirmation_secret(space, { id }) {
      const invoice = await space.find("invoice", String(id));
      const intent = invoice && space.inner(invoice).intent;
      if (!invoice || !intent || !isOpen(invoice)) return null;
      return { client_secret: (await space.own("payment_intent", intent)).client_secret, type: "payment_intent" };
    },
  },
};

const isOpen = ({ status }: { status: string | null }): boolean => status === "open";
const isPaid = ({ status }: { status: string | null }): boolean => status === "paid";
const wrongTransition = ({ status }: Invoice, verb: string): StripeRefusal =>
  refused(`Invoices with a status of ${status} cannot be ${verb}.`, { code: "status_transition_invalid" });
