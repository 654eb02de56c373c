import { missing, noSuch, notBuilt, refused } from "../http/errors";
import { listing } from "../http/list";
import { operation } from "../http/operation";
import { must, oneOf, parts, text } from "../http/params";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { readInvoice } from "./read";
import { addPayment, receive } from "./receive";

/** The way back from a payment to its invoice, and another way to it. */
export const invoicePaymentOperations = [
  operation({ on: "GET /v1/invoice_payments/{id}", run: ({ space, id }) => space.get("invoice_payment", id) }),
  listing({
    on: "GET /v1/invoice_payments",
    kind: "invoice_payment",
    filters: {
      invoice: text(),
      payment: parts({
        type: must(oneOf("payment_intent", "charge", "payment_record")),
        payment_intent: text(),
        charge: text(),
      }),
      status: oneOf("open", "paid", "canceled"),
    },
    where: ({ invoice, payment, status }) => [
      ...(invoice === undefined ? [] : [{ at: "invoice", is: invoice }]),
      ...(payment?.payment_intent === undefined ? [] : [{ at: "payment.payment_intent", is: payment.payment_intent }]),
      ...(status === undefined ? [] : [{ at: "status", is: status }]),
    ],
  }),
  operation({
    on: "POST /v1/invoices/{id}/attach_payment",
    params: { payment_intent: text(), payment_record: text() },
    async run({ space, params, id }) {
      const invoice = await readInvoice(space, id);
      if (params.payment_record !== undefined) throw notBuilt("payment records");
      if (params.payment_intent === undefined) throw missing("payment_intent");
      const intent = await space.find("payment_intent", params.payment_intent);
      if (!intent) throw noSuch("payment_intent", params.payment_intent, "payment_intent");
      judge(space, invoice, intent);
      addPayment(space, invoice, intent, false);
      if (intent.status === "succeeded") await receive(space, invoice, intent);
      return invoice;
    },
  }),
];

function judge(space: Space, invoice: Kinds["invoice"], intent: Kinds["payment_intent"]): void {
  const param = { param: "payment_intent" };
  if (invoice.status !== "open" && invoice.status !== "uncollectible")
    throw refused(`You can only attach payments to an open invoice. This one is ${invoice.status}.`);
  if (space.inner(intent).invoice !== undefined)
    throw refused("This PaymentIntent belongs to an invoice already.", param);
  if (intent.status === "canceled") throw refused("A canceled PaymentIntent cannot be attached to an invoice.", param);
  if (intent.customer !== invoice.customer)
    throw refused("The PaymentIntent must have the same customer as the invoice.", param);
  if (intent.currency !== invoice.currency)
    throw refused("The PaymentIntent must have the same currency as the invoice.", param);
}
