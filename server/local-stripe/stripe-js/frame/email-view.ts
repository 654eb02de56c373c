import { fault } from "../card";
import type { Setting } from "../wire";
import { isEmail } from "./bank-section";
import { textField } from "./field";
import { make } from "./make";
import type { View } from "./view";

/** The Link Authentication Element. There is no Link here, so it takes an address for the receipt and nothing else. */
export function emailView({ options }: Setting): View {
  const email = textField({
    ...{
      id: "Field-emailInput",
      label: "Email",
      autocomplete: "email",
      inputmode: "email",
      placeholder: "you@example.com",
    },
    fault: (text) => (isEmail(text) ? undefined : fault("incomplete_email", "Your email is incomplete.")),
  });
  email.set((options.defaultValues as { email?: string } | undefined)?.email ?? "");
  return {
    root: make("div", { class: "Form" }, email.root),
    state: () => ({ empty: email.value() === "", complete: !email.fault(), value: { email: email.value() } }),
    check() {
      const wrong = email.judge();
      if (wrong) email.control.focus();
      return { method: "", ...(wrong && { fault: wrong }) };
    },
    params: () => ({ billing_details: { email: email.value() } }),
    update: () => undefined,
    focus: () => email.control.focus(),
    clear: () => email.set(""),
  };
}
