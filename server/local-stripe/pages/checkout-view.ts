import type { CheckoutLine, Kinds } from "../store/kinds";
import { type Html, html } from "./html";
import { complaint, dollars, page } from "./layout";
import { methodFields } from "./method-fields";

type Session = Kinds["checkout.session"];
type Line = CheckoutLine & {
  recurring: Kinds["price"]["recurring"];
  /** What a whole period costs, which a trial does not. */
  everyTime: number;
};

/** What went wrong, and with which of the things that were typed. */
export type Problem = { message: string; param?: string };

type Seen = {
  session: Session;
  lines: Line[];
  trialDays: number | undefined;
  typed: { email: string; name: string };
  problem: Problem | undefined;
  inside: boolean;
};

const SCRIPT = "/v3/embedded.js";

export function checkoutView(seen: Seen): string {
  const { session, inside } = seen;
  const title = session.mode === "setup" ? "Save a card" : "Checkout";
  return page(
    title,
    html`<section class="summary"><div>${backLink(session)}${summary(seen)}</div></section>
<section class="till"><div>${till(seen)}</div></section>`,
    { shape: "split", inside, ...(inside && { script: SCRIPT }) },
  );
}

const backLink = ({ cancel_url }: Session): Html =>
  cancel_url ? html`<a class="back" href="${cancel_url}">← Back to the shop</a>` : html``;

function summary({ session, lines, trialDays }: Seen): Html {
  if (session.mode === "setup")
    return html`<h1>Save a card</h1><p class="soft">It is kept for later. Nothing is charged now.</p>`;
  const currency = session.currency ?? "usd";
  const [repeating] = lines.filter(({ recurring }) => recurring);
  const discount = session.total_details?.amount_discount ?? 0;
  const verb = session.mode === "subscription" ? "Subscribe" : "Pay";
  return html`<h1><span class="verb">${verb}</span><span class="figure">${dollars(session.amount_total ?? 0, currency)}</span></h1>
${repeating ? html`<p class="soft">${whenAgain(repeating, currency, trialDays)}</p>` : null}
<table>${lines.map((line) => lineRow(line, currency))}
${discount > 0 ? html`<tr><td>Discount</td><td>−${dollars(discount, currency)}</td></tr>` : null}
<tr class="sum"><td>Due today</td><td>${dollars(session.amount_total ?? 0, currency)}</td></tr></table>`;
}

function whenAgain({ everyTime, quantity, recurring }: Line, currency: string, trialDays: number | undefined): string {
  const every = everyOf(recurring);
  const price = quantity === null ? `What was used, every ${every}` : `${dollars(everyTime, currency)} every ${every}`;
  return trialDays === undefined ? `${price}, until cancelled.` : `${trialDays} days free. Then ${price}.`;
}

const everyOf = (recurring: Line["recurring"]): string => {
  const { interval = "month", interval_count: count = 1 } = recurring ?? {};
  return count === 1 ? interval : `${count} ${interval}s`;
};

const lineRow = ({ description, quantity, amount, recurring }: Line, currency: string): Html =>
  html`<tr><td>${description}${quantity !== null && quantity > 1 ? html` <span class="faint">× ${quantity}</span>` : null}${recurring ? html`<br><span class="faint">every ${everyOf(recurring)}</span>` : null}</td><td>${quantity === null ? "by usage" : dollars(amount, currency)}</td></tr>`;

function till({ session, typed, problem, lines }: Seen): Html {
  const isFree = session.payment_method_collection === "if_required" && session.amount_total === 0;
  const types = session.mode === "subscription" ? ["card"] : session.payment_method_types;
  return html`<h2>${isFree ? "Your details" : "Your payment"}</h2>
<form method="post">${complaint(problem && complaintOf(problem, session))}
<label for="email">E-mail</label><input id="email" name="email" type="email" autocomplete="email" value="${typed.email}" required>
<label for="name">Name</label><input id="name" name="name" autocomplete="name" value="${typed.name}">
${isFree ? null : html`<div class="ways-part">${methodFields(types, problem?.param)}</div>`}
<button class="book">${verbOf(session, lines)}</button></form>
<p class="faint">Nothing that is typed here leaves this machine.</p>`;
}

const complaintOf = ({ message }: Problem, { mode }: Session): string =>
  `${message} ${mode === "setup" ? "Nothing was saved." : "You were not charged."}`;

function verbOf(session: Session, lines: Line[]): string {
  if (session.mode === "setup") return "Save card";
  if (session.mode === "payment") return `Pay ${dollars(session.amount_total ?? 0, session.currency ?? "usd")}`;
  return lines.length > 0 && session.amount_total === 0 ? "Start" : "Subscribe";
}

/** What stands where a checkout was. In a frame it tells the page around it. */
export function closedView(session: Session, inside: boolean): string {
  const words =
    session.status === "complete"
      ? html`<h1>Thank you</h1><p class="soft">${session.payment_status === "unpaid" ? "The debit is on its way." : "This is done."}</p>`
      : html`<h1>This checkout has expired</h1><p class="soft">Nothing was charged. Start again in the shop.</p>${backLink(session)}`;
  const isDone = session.status === "complete";
  const word = html`<span id="complete" data-go-to="${goToOf(session)}"></span>`;
  return page(isDone ? "Done" : "Expired", html`${words}${inside && isDone ? word : null}`, {
    inside,
    ...(inside && { script: SCRIPT }),
  });
}

/** Where the page around a frame goes on to, if it goes anywhere. */
function goToOf({ id, return_url, redirect_on_completion }: Session): string {
  if (redirect_on_completion !== "always" || !return_url) return "";
  return return_url.replaceAll("{CHECKOUT_SESSION_ID}", id);
}
