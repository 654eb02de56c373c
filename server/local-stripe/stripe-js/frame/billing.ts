import { fault } from "../card";
import type { Params } from "../wire";
import { countries, homeCountry, postalLabel } from "./countries";
import { choiceField, type Field, textField } from "./field";
import { make } from "./make";

type Wanted = string | undefined;
export type BillingAsked = { name: Wanted; email: Wanted; country: Wanted; postalCode: Wanted };

/** Which of the payer's details the page leaves to us. `never` means that it knows them itself. */
export function billingAsked(options: Params): BillingAsked {
  const all = (options.fields as Params | undefined)?.billingDetails;
  if (typeof all === "string") return { name: all, email: all, country: all, postalCode: all };
  const { name, email, address } = (all ?? {}) as { name?: Wanted; email?: Wanted; address?: Wanted | Params };
  if (typeof address === "object") {
    const { country, postalCode } = address as { country?: Wanted; postalCode?: Wanted };
    return { name, email, country, postalCode };
  }
  return { name, email, country: address, postalCode: address };
}

export const isHidden = (wanted: Wanted): boolean => wanted === "never" || wanted === "if_required";

export type Known = { name?: string; email?: string; address?: { country?: string; postal_code?: string } };
export const knownOf = (options: Params): Known =>
  ((options.defaultValues as Params | undefined)?.billingDetails ?? {}) as Known; // as the types of Stripe.js have it

/** Country, and the postal code where the country's banks compare it. */
export function countryFields(
  asked: BillingAsked,
  known: Known,
): { root: HTMLElement; fields(): Field[]; params(): Params } {
  const country = choiceField({
    ...{ id: "payment-countryInput", label: "Country", autocomplete: "billing country" },
    ...{ choices: countries(), chosen: known.address?.country ?? homeCountry() },
  });
  const postal = textField({
    ...{ id: "payment-postalCodeInput", label: "ZIP code", autocomplete: "billing postal-code" },
    placeholder: "12345",
    fault: (text) => (text.trim().length < 3 ? fault("incomplete_zip", "Your postal code is incomplete.") : undefined),
  });
  if (known.address?.postal_code) postal.set(known.address.postal_code);
  const root = make("div", { class: "Row" }, country.root, postal.root);
  const asks = () => !isHidden(asked.postalCode) && postalLabel(country.value()) !== undefined;
  const settle = (): void => {
    country.root.hidden = isHidden(asked.country);
    postal.root.hidden = !asks();
    root.hidden = country.root.hidden && postal.root.hidden;
    const label = postal.root.querySelector("label");
    if (label) label.textContent = postalLabel(country.value()) ?? "Postal code";
    if (postal.control instanceof HTMLInputElement)
      postal.control.placeholder = country.value() === "US" ? "12345" : "";
  };
  country.control.addEventListener("change", settle);
  settle();
  return {
    root,
    fields: () => [...(isHidden(asked.country) ? [] : [country]), ...(asks() ? [postal] : [])],
    params: () => ({
      ...(!isHidden(asked.country) && { country: country.value() }),
      ...(asks() && { postal_code: postal.value() }),
    }),
  };
}
