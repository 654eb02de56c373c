import { digitsOf, fault } from "../card";
import type { Setting } from "../wire";
import { billingAsked, isHidden, knownOf } from "./billing";
import { writeTerms } from "./card-section";
import { type Field, textField } from "./field";
import { make } from "./make";
import { type Section, testRow } from "./section";

const ROUTING_DIGITS = 9;
const SHORTEST_ACCOUNT = 4;
const LONGEST_ACCOUNT = 17;
const TEST_BANK = "110000000";

export const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim());

/** A debit from an account at a bank in the United States. */
export function bankSection({ options, keeps }: Setting): Section {
  const asked = billingAsked(options);
  const known = knownOf(options);
  const name = textField({
    ...{
      id: "payment-nameInput",
      label: "Full name",
      autocomplete: "billing name",
      placeholder: "First and last name",
    },
    fault: (text) => (text.trim() === "" ? fault("incomplete_name", "Your name is incomplete.") : undefined),
  });
  const email = textField({
    ...{
      id: "payment-emailInput",
      label: "Email",
      autocomplete: "billing email",
      inputmode: "email",
      placeholder: "you@example.com",
    },
    fault: (text) => (isEmail(text) ? undefined : fault("incomplete_email", "Your email is incomplete.")),
  });
  name.set(known.name ?? "");
  email.set(known.email ?? "");
  const { routing, account } = numbers();
  const terms = make("p", { class: "TermsText" });
  const asks: Field[] = [
    ...(isHidden(asked.name) ? [] : [name]),
    ...(isHidden(asked.email) ? [] : [email]),
    routing,
    account,
  ];
  const fill = (number: string) => () => {
    if (name.value() === "") name.set("Robin Vale");
    if (email.value() === "") email.set("robin@example.com");
    routing.set(TEST_BANK);
    account.set(number);
  };
  const section: Section = {
    ...{ method: "us_bank_account", label: "US bank account", terms },
    root: make(
      "div",
      { class: "Form" },
      ...asks.slice(0, -2).map(({ root }) => root),
      make("div", { class: "Row" }, routing.root, account.root),
      terms,
      testRow([
        { label: "Arrives", what: "Fill in a test account that pays", fill: fill("000123456789") },
        { label: "Comes back", what: "Fill in a test account without the money", fill: fill("000222222227") },
      ]),
    ),
    fields: () => asks,
    params: () => ({
      type: "us_bank_account",
      us_bank_account: {
        ...{ account_holder_type: "individual", account_type: "checking" },
        ...{ routing_number: routing.value(), account_number: account.value() },
      },
      billing_details: {
        ...(asks.includes(name) && { name: name.value() }),
        ...(asks.includes(email) && { email: email.value() }),
      },
    }),
  };
  writeTerms(section, { options, keeps });
  return section;
}

function numbers(): { routing: Field; account: Field } {
  const routing = textField({
    ...{
      id: "payment-routingNumberInput",
      label: "Routing number",
      autocomplete: "off",
      inputmode: "numeric",
      placeholder: TEST_BANK,
    },
    shape: (text) => digitsOf(text).slice(0, ROUTING_DIGITS),
    fault: (text) =>
      text.length === ROUTING_DIGITS
        ? undefined
        : fault("incomplete_routing_number", "Your routing number is incomplete."),
  });
  const account = textField({
    ...{
      id: "payment-accountNumberInput",
      label: "Account number",
      autocomplete: "off",
      inputmode: "numeric",
      placeholder: "000123456789",
    },
    shape: (text) => digitsOf(text).slice(0, LONGEST_ACCOUNT),
    fault: (text) =>
      text.length >= SHORTEST_ACCOUNT
        ? undefined
        : fault("incomplete_account_number", "Your account number is incomplete."),
  });
  return { routing, account };
}
