import { fault } from "../card";
import type { Params, Setting } from "../wire";
import { countries, homeCountry } from "./countries";
import { choiceField, type Field, textField } from "./field";
import { make } from "./make";
import type { View } from "./view";

type Options = {
  mode?: "shipping" | "billing";
  allowedCountries?: string[] | null;
  fields?: { phone?: "always" | "never" | "auto"; name?: "never" | "auto" };
  validation?: { phone?: { required?: string } };
  defaultValues?: { name?: string; phone?: string; address?: Record<string, string> };
};

/** Where the postal code says more than the state, the state is not asked. */
const WITH_STATE = ["US", "CA", "AU", "MX", "BR", "IN"];

/** The Address Element. What is typed here is no secret, so every change tells the page all of it. */
export function addressView({ options }: Setting): View {
  const { mode = "billing", allowedCountries, defaultValues, fields, validation } = options as Options; // as the types of Stripe.js have it
  const parts = partsOf(mode, allowedCountries);
  const withPhone = fields?.phone === "always";
  const order = (): Field[] => {
    const { name, country, line1, line2, city, state, postal, phone } = parts;
    const lines = [country, line1, line2, city, ...(WITH_STATE.includes(country.value()) ? [state] : []), postal];
    return [...(fields?.name === "never" ? [] : [name]), ...lines, ...(withPhone ? [phone] : [])];
  };
  const isOptional = (field: Field): boolean =>
    field === parts.line2 || (field === parts.phone && validation?.phone?.required !== "always");
  const wrongWith = (field: Field) => (isOptional(field) && field.value() === "" ? undefined : field.fault());
  const root = make("div", { class: "Form" });
  const draw = () => root.replaceChildren(...order().map((field) => field.root));
  for (const [key, text] of Object.entries({ ...defaultValues, ...defaultValues?.address }))
    if (typeof text === "string") parts[key === "postal_code" ? "postal" : (key as keyof typeof parts)]?.set(text);
  parts.country.control.addEventListener("change", draw);
  draw();

  return {
    root,
    state: () => ({
      ...{ elementMode: mode, isNewAddress: true, value: contactOf(parts, withPhone) },
      empty: order().every((field) => field === parts.country || field.value() === ""),
      complete: order().every((field) => !wrongWith(field)),
    }),
    check() {
      const wrong = order()
        .map((field) => ({ field, fault: isOptional(field) && field.value() === "" ? undefined : field.judge() }))
        .find(({ fault: one }) => one);
      wrong?.field.control.focus();
      return { method: "", ...(wrong?.fault && { fault: wrong.fault }) };
    },
    params: () => ({}),
    update: () => undefined,
    focus: () => order()[0]?.control.focus(),
    clear: () => {
      for (const field of order()) if (field !== parts.country) field.set("");
    },
  };
}

function partsOf(mode: string, allowed: string[] | null | undefined) {
  const text = (name: string, label: string, autocomplete: string, code: string): Field =>
    textField({
      ...{ id: `Field-${name}Input`, label, autocomplete: `${mode} ${autocomplete}` },
      fault: (typed) => (typed.trim() === "" ? fault(code, `Your ${label.toLowerCase()} is incomplete.`) : undefined),
    });
  const choices = countries(allowed);
  const home = homeCountry();
  return {
    name: text("name", "Full name", "name", "incomplete_name"),
    country: choiceField({
      ...{ id: "Field-countryInput", label: "Country or region", autocomplete: `${mode} country`, choices },
      chosen: choices.some(([code]) => code === home) ? home : (choices[0]?.[0] ?? "US"),
    }),
    line1: text("addressLine1", "Address line 1", "address-line1", "incomplete_address"),
    line2: text("addressLine2", "Address line 2", "address-line2", "incomplete_address"),
    city: text("locality", "City", "address-level2", "incomplete_city"),
    state: text("administrativeArea", "State", "address-level1", "incomplete_state"),
    postal: text("postalCode", "Postal code", "postal-code", "incomplete_zip"),
    phone: text("phone", "Phone number", "tel", "incomplete_phone"),
  };
}

function contactOf(parts: ReturnType<typeof partsOf>, withPhone: boolean): Params {
  return {
    name: parts.name.value(),
    address: {
      ...{ line1: parts.line1.value(), line2: parts.line2.value() || null, city: parts.city.value() },
      state: WITH_STATE.includes(parts.country.value()) ? parts.state.value() : "",
      ...{ postal_code: parts.postal.value(), country: parts.country.value() },
    },
    ...(withPhone && { phone: parts.phone.value() }),
  };
}
