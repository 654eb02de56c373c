import {
  brandOf,
  cvcFault,
  cvcLength,
  digitsOf,
  expiryFault,
  expiryOf,
  grouped,
  numberFault,
  spacedExpiry,
} from "../card";
import type { Params, Setting } from "../wire";
import { billingAsked, countryFields, knownOf } from "./billing";
import { type Field, textField } from "./field";
import { make } from "./make";
import { type Section, testRow } from "./section";

const BRAND_NAMES: Record<string, string> = {
  ...{ visa: "Visa", mastercard: "Mastercard", amex: "Amex", discover: "Discover" },
  ...{ diners: "Diners", jcb: "JCB", unionpay: "UnionPay" },
};

export type CardFields = { number: Field; expiry: Field; cvc: Field; params(): Params };

/** The three things that are printed on a card. Whoever finishes one is taken to the next. */
export function cardFields(now: () => Date): CardFields {
  const brand = make("span", { class: "Brand", "aria-hidden": "true" });
  const number = textField({
    ...{ id: "payment-numberInput", label: "Card number", autocomplete: "cc-number", inputmode: "numeric" },
    ...{ placeholder: "1234 1234 1234 1234", aside: brand, shape: grouped, fault: numberFault },
  });
  const expiry = textField({
    ...{ id: "payment-expiryInput", label: "Expiration date", autocomplete: "cc-exp", inputmode: "numeric" },
    ...{ placeholder: "MM / YY", shape: spacedExpiry, fault: (text) => expiryFault(text, now()) },
  });
  const cvc = textField({
    ...{
      id: "payment-cvcInput",
      label: "Security code",
      autocomplete: "cc-csc",
      inputmode: "numeric",
      placeholder: "CVC",
    },
    shape: (text) => digitsOf(text).slice(0, cvcLength(number.value())),
    fault: (text) => cvcFault(text, number.value()),
  });
  number.control.addEventListener("input", () => {
    brand.textContent = BRAND_NAMES[brandOf(number.value())] ?? "";
  });
  goOn(number, expiry);
  goOn(expiry, cvc);
  return {
    ...{ number, expiry, cvc },
    params: () => ({ number: digitsOf(number.value()), ...expiryOf(expiry.value()), cvc: cvc.value() }),
  };
}

function goOn(from: Field, to: Field): void {
  from.control.addEventListener("input", (event) => {
    const isTyping = event instanceof InputEvent && event.inputType === "insertText";
    if (isTyping && document.activeElement === from.control && !from.fault()) to.control.focus();
  });
}

export function cardSection({ options, keeps }: Setting, now: () => Date): Section {
  const card = cardFields(now);
  const asked = billingAsked(options);
  const where = countryFields(asked, knownOf(options));
  const terms = make("p", { class: "TermsText" });
  const fill = (digits: string) => () => {
    card.number.set(digits);
    card.expiry.set("1234");
    card.cvc.set("123");
    const postal = where.fields().find(({ control }) => control.id === "payment-postalCodeInput");
    if (postal?.value() === "") postal.set("94107");
    card.number.control.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const root = make(
    "div",
    { class: "Form" },
    card.number.root,
    make("div", { class: "Row" }, card.expiry.root, card.cvc.root),
    where.root,
    terms,
    testRow([
      { label: "Pays", what: "Fill in a test card that pays", fill: fill("4242424242424242") },
      { label: "Declined", what: "Fill in a test card that is declined", fill: fill("4000000000000002") },
      { label: "Bank asks", what: "Fill in a test card whose bank asks first", fill: fill("4000002760003184") },
    ]),
  );
  const section: Section = {
    ...{ method: "card", label: "Card", root, terms },
    fields: () => [card.number, card.expiry, card.cvc, ...where.fields()],
    params: () => ({ type: "card", card: card.params(), billing_details: { address: where.params() } }),
  };
  writeTerms(section, { options, keeps });
  return section;
}

/** What the holder agrees to when a card or an account is kept for later. */
export function writeTerms({ method, terms }: Section, { options, keeps }: Pick<Setting, "options" | "keeps">): void {
  const name = (options.business as { name?: string } | undefined)?.name ?? "this business";
  const key = method === "card" ? "card" : "usBankAccount";
  const wanted = (options.terms as Record<string, string> | undefined)?.[key] ?? "auto";
  const what = method === "card" ? "card" : "bank account";
  const isDue = wanted === "always" || (wanted === "auto" && (keeps || method !== "card"));
  terms.hidden = !isDue;
  terms.textContent = keeps
    ? `You allow ${name} to charge this ${what} for future payments in accordance with their terms.`
    : `You allow ${name} to debit this ${what} for this payment.`;
}
