import type { Params } from "../wire";
import type { Field } from "./field";
import { make } from "./make";

/** One way to pay: its fields, and what the API is told of them. */
export type Section = {
  method: string;
  label: string;
  root: HTMLElement;
  /** Those that are asked just now, in reading order. */
  fields(): Field[];
  /** The part of `payment_method_data` that these fields are. */
  params(): Params;
  terms: HTMLElement;
};

export type Fill = { label: string; what: string; fill(): void };

/** Says that nothing here is real, and types what would have to be looked up. */
export const testRow = (fills: Fill[]): HTMLElement =>
  make(
    "div",
    { class: "Test" },
    "Test. No money moves.",
    ...fills.map(({ label, what, fill }) => {
      const button = make("button", { type: "button", "aria-label": what, title: what }, label);
      button.addEventListener("click", () => {
        fill();
        button.dispatchEvent(new Event("input", { bubbles: true }));
      });
      return button;
    }),
  );
