import type { Fault } from "../wire";
import { make } from "./make";

type FieldSpec = {
  id: string;
  label: string;
  autocomplete: string;
  placeholder?: string;
  inputmode?: "numeric" | "email" | "tel";
  /** Stands at the end of the box. */
  aside?: HTMLElement;
  /** How the text is written while it is typed. */
  shape?: (text: string) => string;
  fault?: (text: string) => Fault | undefined;
};

export type Field = {
  root: HTMLElement;
  control: HTMLInputElement | HTMLSelectElement;
  value(): string;
  set(text: string): void;
  fault(): Fault | undefined;
  /** Shows what is wrong, or that nothing is. */
  judge(): Fault | undefined;
};

const DIGIT = /\d/;

/** One labelled input that says what is wrong with it once it was left. */
export function textField(spec: FieldSpec): Field {
  const { id, label, autocomplete, placeholder, inputmode, aside } = spec;
  const input = make("input", {
    ...{
      id,
      name: id,
      class: "Input",
      autocomplete,
      placeholder,
      inputmode,
      type: inputmode === "email" ? "email" : "text",
    },
    ...{ "aria-describedby": `${id}-error`, autocapitalize: "none", spellcheck: "false", autocorrect: "off" },
  });
  const error = make("p", { id: `${id}-error`, class: "Error", role: "alert" });
  const box = make("div", { class: "Box" }, input, ...(aside ? [aside] : []));
  const root = make("div", { class: "Field" }, make("label", { for: id, class: "Label" }, label), box, error);
  const fault = () => spec.fault?.(input.value);

  const show = (wrong: Fault | undefined): void => {
    error.textContent = wrong?.message ?? "";
    for (const [part, name] of [
      [input, "Input"],
      [root.firstElementChild, "Label"],
    ] as const)
      part?.classList.toggle(`${name}--invalid`, wrong !== undefined);
    input.setAttribute("aria-invalid", String(wrong !== undefined));
  };
  const isShown = () => error.textContent !== "";

  input.addEventListener("input", (event) => {
    if (spec.shape) reshape(input, spec.shape, event instanceof InputEvent ? event.inputType : "");
    if (isShown()) show(fault());
  });
  input.addEventListener("blur", () => {
    if (input.value !== "") show(fault());
  });

  return {
    root,
    control: input,
    value: () => input.value.trim(),
    set(text) {
      input.value = spec.shape ? spec.shape(text) : text;
      show(undefined);
    },
    fault,
    judge() {
      const wrong = fault();
      show(wrong);
      return wrong;
    },
  };
}

/** Rewrites the text and leaves the caret behind the digit it stood behind. */
function reshape(input: HTMLInputElement, shape: (text: string) => string, inputType: string): void {
  const caret = input.selectionStart ?? input.value.length;
  const atEnd = caret === input.value.length;
  const digitsBefore = [...input.value.slice(0, caret)].filter((sign) => DIGIT.test(sign)).length;
  const isDeleting = inputType.startsWith("delete");
  const shaped = shape(input.value);
  // Deleting the gap behind a group would bring it back at once, so that nothing ever went away.
  input.value = isDeleting && atEnd ? shaped.replace(/\D+$/, "") : shaped;
  if (atEnd) return;
  let seen = 0;
  let place = 0;
  while (seen < digitsBefore && place < input.value.length) {
    if (DIGIT.test(input.value[place] ?? "")) seen += 1;
    place += 1;
  }
  input.setSelectionRange(place, place);
}

type ChoiceSpec = {
  id: string;
  label: string;
  autocomplete: string;
  choices: [value: string, name: string][];
  chosen: string;
};

export function choiceField({ id, label, autocomplete, choices, chosen }: ChoiceSpec): Field {
  const select = make(
    "select",
    { id, name: id, class: "Input", autocomplete },
    ...choices.map(([value, name]) => make("option", { value, selected: value === chosen }, name)),
  );
  const root = make(
    "div",
    { class: "Field" },
    make("label", { for: id, class: "Label" }, label),
    make("div", { class: "Box Box--choice" }, select),
  );
  return {
    root,
    control: select,
    value: () => select.value,
    set(text) {
      select.value = text;
    },
    fault: () => undefined,
    judge: () => undefined,
  };
}
