import type { StripeRefusal } from "../http/errors";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { type Html, html } from "./html";
import { complaint, day, dollars, page } from "./layout";
import { cardFields } from "./method-fields";
import { plansOf } from "./portal-acts";

/** What a customer sees of their cards, subscriptions and invoices. */
export async function portalView(
  space: Space,
  session: Kinds["billing_portal.session"],
  problem: StripeRefusal | undefined,
): Promise<string> {
  const customer = await space.own("customer", String(session.customer));
  const { features } = await space.own("billing_portal.configuration", String(session.configuration));
  const where = [{ at: "customer", is: customer.id }];
  const subscriptions = (await space.select("subscription", { where })).filter(
    ({ status }) => status !== "canceled" && status !== "incomplete_expired",
  );
  const methods = await space.select("payment_method", { where });
  const invoices = features.invoice_history.enabled ? await space.select("invoice", { where, limit: 12 }) : [];
  const { enabled, mode } = features.subscription_cancel;
  const cancel = enabled ? (mode === "immediately" ? "Cancel now" : "Cancel at the period's end") : undefined;
  const plans = await Promise.all(plansOf(features).map((id) => planOf(space, id)));
  const rows = await Promise.all(subscriptions.map(async (one) => ({ one, name: await nameOf(space, one) })));
  return page(
    "Billing",
    html`${session.return_url ? html`<a class="back" href="${session.return_url}">← Back to the shop</a>` : null}
<h1>Your billing</h1><p class="soft">${customer.name ?? customer.email}</p>
<h2>Subscriptions</h2>${list(
      rows.map(({ one, name }) => subscriptionRow(one, { name, cancel, plans })),
      "You have none.",
    )}
<h2>Cards</h2>${list(
      methods.map((method) => methodRow(method, customer.invoice_settings.default_payment_method === method.id)),
      "None is kept.",
    )}
${features.payment_method_update.enabled ? cardForm(problem) : complaint(problem?.message)}
${features.invoice_history.enabled ? html`<h2>Invoices</h2>${list(invoices.map(invoiceRow), "There are none yet.")}` : null}`,
  );
}

const list = (rows: Html[], none: string): Html =>
  rows.length === 0 ? html`<p class="hint">${none}</p>` : html`<ul class="list">${rows}</ul>`;

async function nameOf(space: Space, { items }: Kinds["subscription"]): Promise<string> {
  const product = await space.find("product", String(items.data[0]?.price.product ?? ""));
  return product?.name ?? "Subscription";
}

type Plan = { id: string; words: string };

async function planOf(space: Space, id: string): Promise<Plan> {
  const price = await space.own("price", id);
  const product = await space.own("product", String(price.product));
  return { id, words: `${product.name}, ${priceWords(price)}` };
}

const priceWords = ({ unit_amount, currency, recurring }: Kinds["price"]): string =>
  `${dollars(unit_amount ?? 0, currency)} each ${recurring?.interval ?? "month"}`;

type Offer = { name: string; cancel: string | undefined; plans: Plan[] };

function subscriptionRow(subscription: Kinds["subscription"], { name, cancel, plans }: Offer): Html {
  const [item] = subscription.items.data;
  const ends = subscription.cancel_at;
  const price = item ? priceWords(item.price) : "";
  const others = plans.filter(({ id }) => id !== item?.price.id);
  const state =
    ends === null
      ? html`<span class="state good">${subscription.status}</span>${item ? html`<span class="faint"> until ${day(item.current_period_end)}, then again</span>` : null}`
      : html`<span class="state">ends ${day(ends)}</span><span class="faint"> and is not charged again</span>`;
  const button = html`<form method="post"><input type="hidden" name="subscription" value="${subscription.id}"><button class="small quiet" name="do" value="${ends === null ? "cancel" : "keep"}">${ends === null ? cancel : "Keep it"}</button></form>`;
  return html`<li><div><b>${name}</b> <span class="soft money">${price}</span><br>${state}</div>${cancel ? button : null}${others.length > 0 ? planForm(subscription.id, others) : null}</li>`;
}

const planForm = (subscription: string, plans: Plan[]): Html =>
  html`<details><summary>Change the plan</summary><form method="post"><input type="hidden" name="subscription" value="${subscription}">
<label for="price-${subscription}">Another plan</label><select id="price-${subscription}" name="price">${plans.map(({ id, words }) => html`<option value="${id}">${words}</option>`)}</select>
<button name="do" value="plan">Change to it</button></form></details>`;

function methodRow({ card, us_bank_account: bank }: Kinds["payment_method"], isDefault: boolean): Html {
  const words = card
    ? `${card.brand} ending in ${card.last4}, until ${String(card.exp_month).padStart(2, "0")}/${card.exp_year}`
    : `${bank?.bank_name ?? "Bank account"} ending in ${bank?.last4}`;
  return html`<li><span class="money first">${words}</span>${isDefault ? html`<span class="state good">Pays from now on</span>` : null}</li>`;
}

const cardForm = (
  problem: StripeRefusal | undefined,
): Html => html`<details${problem ? html` open` : null}><summary>Pay with another card</summary>
<form method="post">${complaint(problem && `${problem.message} The card before it still pays.`)}${cardFields(problem?.body.param)}<button name="do" value="card">Use this card</button></form></details>`;

const invoiceRow = ({ hosted_invoice_url, number, total, currency, status, created }: Kinds["invoice"]): Html =>
  html`<li><span><a href="${hosted_invoice_url}">${number ?? "Draft"}</a> <span class="faint">${day(created)}</span></span><span class="money">${dollars(total, currency)} <span class="state ${status === "paid" ? "good" : ""}">${status}</span></span></li>`;
