import type { Checked, Setting } from "../wire";
import { bankSection } from "./bank-section";
import { cardSection, writeTerms } from "./card-section";
import { chooser } from "./chooser";
import type { Section } from "./section";
import type { View } from "./view";

const SECTIONS: Record<string, (setting: Setting, now: () => Date) => Section> = {
  card: cardSection,
  us_bank_account: bankSection,
};

/** The Payment Element: the ways to pay that are offered here, one of them open. */
export function paymentView(first: Setting, now: () => Date): View {
  let setting = first;
  const made = new Map<string, Section>();
  const sectionOf = (method: string): Section | undefined => {
    const known = made.get(method) ?? SECTIONS[method]?.(setting, now);
    if (known) made.set(method, known);
    return known;
  };
  const offered = () => setting.methods.flatMap((method) => sectionOf(method) ?? []);
  const choice = chooser(offered(), setting.options.layout);

  return {
    root: choice.root,
    state() {
      const open = choice.open();
      const fields = open?.fields() ?? [];
      return {
        empty: fields.every((field) => field.control instanceof HTMLSelectElement || field.value() === ""),
        complete: open !== undefined && fields.every((field) => !field.fault()),
        collapsed: open === undefined,
        value: { type: choice.method() },
      };
    },
    check(): Checked {
      const open = choice.open();
      if (!open) {
        const message = "Please select a payment method.";
        return { method: "", fault: { type: "validation_error", code: "incomplete_payment_details", message } };
      }
      const wrong = open.fields().flatMap((field) => {
        const fault = field.judge();
        return fault ? [{ field, fault }] : [];
      });
      wrong[0]?.field.control.focus();
      return { method: open.method, ...(wrong[0] && { fault: wrong[0].fault }) };
    },
    params: () => choice.open()?.params() ?? {},
    update(next) {
      setting = next;
      choice.offer(offered());
      for (const section of offered()) writeTerms(section, setting);
      for (const control of choice.root.querySelectorAll<HTMLInputElement>("input, select, button"))
        control.disabled = setting.options.readOnly === true;
    },
    focus: () => choice.open()?.fields()[0]?.control.focus(),
    clear: () => {
      for (const field of choice.open()?.fields() ?? []) if (field.control instanceof HTMLInputElement) field.set("");
    },
    collapse: () => choice.close(),
  };
}
