import { type Html, html } from "./html";

/** What was wrong with what was typed, by the parameter that the API names. */
export type Wrong = string | undefined;

const invalid = (wrong: Wrong, ...params: string[]): Html =>
  wrong !== undefined && params.includes(wrong) ? html` aria-invalid="true" autofocus` : html``;

/** The card fields of a page, with the usual test card filled in. */
export const cardFields = (wrong?: Wrong): Html => html`
<label for="number">Card number</label><input id="number" name="number" inputmode="numeric" autocomplete="cc-number" value="4242 4242 4242 4242" aria-describedby="test-cards"${invalid(wrong, "number")}>
<div class="pair">
<div><label for="expiry">Expiry date</label><input id="expiry" name="expiry" inputmode="numeric" autocomplete="cc-exp" placeholder="MM / YY" value="12 / 34"${invalid(wrong, "exp_month", "exp_year")}></div>
<div><label for="cvc">Security code</label><input id="cvc" name="cvc" inputmode="numeric" autocomplete="cc-csc" value="123"${invalid(wrong, "cvc")}></div>
</div>
<p class="hint" id="test-cards">4000 0000 0000 0002 is declined, 4000 0027 6000 3184 has its bank ask first.</p>`;

const bankFields = (): Html => html`
<div class="pair">
<div><label for="routing">Routing number</label><input id="routing" name="routing" inputmode="numeric" autocomplete="off" value="110000000"></div>
<div><label for="account">Account number</label><input id="account" name="account" inputmode="numeric" autocomplete="off" value="000123456789" aria-describedby="test-accounts"></div>
</div>
<p class="hint" id="test-accounts">The debit takes four days. 000222222227 comes back for want of money.</p>`;

/** A card, or where it is taken a debit. */
export const methodFields = (types: string[], wrong?: Wrong): Html =>
  types.includes("us_bank_account")
    ? html`<fieldset><legend>How to pay</legend>
<div class="ways"><label class="way"><input type="radio" name="method" value="card" checked>Card</label><label class="way"><input type="radio" name="method" value="us_bank_account">US bank account</label></div>
<div class="of-card">${cardFields(wrong)}</div><div class="of-bank">${bankFields()}</div></fieldset>`
    : cardFields(wrong);
