import { StripeRefusal } from "../http/errors";
import { collect } from "../invoices/collect";
import { throwDecline } from "../payments/intent-confirm";
import { inSpace } from "../store/in-space";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { type Html, html } from "./html";
import { complaint, day, dollars, notThere, page } from "./layout";
import { cardFields } from "./method-fields";
import type { Page, PageHouse, Shown } from "./page";
import { pdf } from "./pdf";
import { typedMethod } from "./typed-method";

type Invoice = Kinds["invoice"];

/** Where an invoice is read and paid, and its PDF. */
export const invoicePage: Page = {
  path: /^\/i\/(acct_\w+)\/test_(\w+?)(\/pdf)?$/,
  async show(house, { path: [account = "", token = "", asPdf], form, posted }) {
    const id = await invoiceOf(house, account, token);
    if (!id) return notThere();
    if (asPdf)
      return inSpace(house, account, async (space) => ({ pdf: pdf(linesOf(space, await space.own("invoice", id))) }));
    if (!posted) return inSpace(house, account, async (space) => shown(space, await space.own("invoice", id)));
    try {
      return await inSpace(house, account, async (space) => pay(space, await space.own("invoice", id), form));
    } catch (error) {
      if (!(error instanceof StripeRefusal)) throw error;
      return inSpace(house, account, async (space) => shown(space, await space.own("invoice", id), error));
    }
  },
};

async function invoiceOf({ sql }: PageHouse, account: string, token: string): Promise<string | undefined> {
  const [row] = await sql<{ id: string }[]>`
    select id from stripe_local.objects
    where account = ${account} and kind = 'invoice' and not deleted and inner_facts ->> 'statementToken' = ${token}`;
  return row?.id;
}

async function pay(space: Space, invoice: Invoice, form: URLSearchParams): Promise<Shown> {
  await space.follow(typeof invoice.test_clock === "string" ? invoice.test_clock : null);
  if (invoice.status !== "open") return shown(space, invoice);
  const collected = await collect(space, invoice, { method: await typedMethod(space, form), offSession: false });
  const intent = await space.own("payment_intent", space.inner(invoice).intent ?? "");
  if (collected === "declined") throwDecline(intent);
  if (collected !== "requires_action") return shown(space, invoice);
  const question = new URLSearchParams({
    client_secret: intent.client_secret ?? "",
    return_url: invoice.hosted_invoice_url ?? "",
  });
  return { goTo: `${space.origin()}/_local/3ds/${intent.id}?${question.toString()}` };
}

const STATES: Record<string, string> = {
  draft: "Not sent yet",
  open: "To be paid",
  paid: "Paid",
  void: "Void: nothing is owed",
  uncollectible: "Written off",
};

function shown(space: Space, invoice: Invoice, refusal?: StripeRefusal): Shown {
  const { currency, status } = invoice;
  const lines = space.inner(invoice).lines ?? [];
  const state = STATES[status ?? "draft"] ?? status;
  const title = invoice.number ? `Invoice ${invoice.number}` : "Draft invoice";
  return {
    page: page(
      title,
      html`<h1 class="figure">${dollars(status === "paid" ? invoice.amount_paid : invoice.amount_remaining, currency)}</h1>
<p><span class="state ${status === "paid" ? "good" : ""}">${state}</span></p>
<h2>${title}</h2>
<table><tr><td>For</td><td>${invoice.customer_name ?? invoice.customer_email ?? invoice.customer}</td></tr>
<tr><td>Date</td><td>${day(invoice.status_transitions.finalized_at ?? invoice.created)}</td></tr>
${invoice.due_date === null ? null : html`<tr><td>Due by</td><td>${day(invoice.due_date)}</td></tr>`}</table>
<h2>What it is for</h2>
<table>${lines.map(({ description, amount }) => html`<tr><td>${description}</td><td>${dollars(amount, currency)}</td></tr>`)}
<tr class="sum"><td>Total</td><td>${dollars(invoice.total, currency)}</td></tr></table>
<p><a href="${invoice.invoice_pdf}">Download the PDF</a></p>
${status === "open" ? payForm(invoice, refusal) : null}`,
    ),
  };
}

const payForm = (
  { amount_remaining, currency }: Invoice,
  refusal: StripeRefusal | undefined,
): Html => html`<h2>Pay it</h2>
<form method="post">${complaint(refusal && `${refusal.body.message} You were not charged.`)}${cardFields(refusal?.body.param)}
<button class="book">Pay ${dollars(amount_remaining, currency)}</button></form>`;

function linesOf(space: Space, invoice: Invoice): string[] {
  const { currency } = invoice;
  return [
    `Invoice ${invoice.number ?? "(draft)"}`,
    "Test. No money moves.",
    "",
    `For ${invoice.customer_name ?? invoice.customer_email ?? invoice.customer}`,
    `Date ${new Date(invoice.created * 1_000).toISOString().slice(0, 10)}`,
    "",
    ...(space.inner(invoice).lines ?? []).map(
      ({ description, amount }) => `${description ?? ""}   ${dollars(amount, currency)}`,
    ),
    "",
    `Total ${dollars(invoice.total, currency)}`,
    `Paid ${dollars(invoice.amount_paid, currency)}`,
    `Due ${dollars(invoice.amount_remaining, currency)}`,
  ];
}
