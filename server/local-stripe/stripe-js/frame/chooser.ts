import { make } from "./make";
import type { Section } from "./section";

export type Chooser = {
  root: HTMLElement;
  open(): Section | undefined;
  /** What is chosen, or would be. */
  method(): string;
  close(): void;
  offer(sections: Section[]): void;
};

type Layout = { type: "tabs" | "accordion"; defaultCollapsed?: boolean };

/** Lets the payer choose between ways to pay. A single one needs no choosing. */
export function chooser(sections: Section[], wanted: unknown): Chooser {
  const layout = layoutOf(wanted);
  const root = make("div", { class: "PaymentMethods" });
  let offered = sections;
  let chosen = layout.defaultCollapsed && layout.type === "accordion" ? undefined : sections[0]?.method;

  const choose = (method: string | undefined): void => {
    chosen = method;
    for (const part of root.querySelectorAll<HTMLElement>("[data-panel]")) part.hidden = part.dataset.panel !== method;
    for (const tab of root.querySelectorAll<HTMLElement>("[role=tab]")) {
      const isChosen = tab.dataset.method === method;
      tab.classList.toggle("Tab--selected", isChosen);
      tab.setAttribute("aria-selected", String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
    }
    for (const radio of root.querySelectorAll<HTMLInputElement>("[type=radio]")) radio.checked = radio.value === method;
    root.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const draw = (): void => {
    const parts = layout.type === "tabs" ? tabs(offered, choose) : accordion(offered, choose);
    root.replaceChildren(...parts);
    choose(offered.some(({ method }) => method === chosen) || chosen === undefined ? chosen : offered[0]?.method);
  };
  draw();

  return {
    root,
    open: () => offered.find(({ method }) => method === chosen),
    method: () => chosen ?? offered[0]?.method ?? "card",
    close: () => {
      if (layout.type === "accordion") choose(undefined);
    },
    offer(next) {
      const isSame = next.length === offered.length && next.every((section, at) => section === offered[at]);
      offered = next;
      if (!isSame) draw();
    },
  };
}

function layoutOf(wanted: unknown): Layout {
  const { type, defaultCollapsed } = (typeof wanted === "object" && wanted !== null ? wanted : { type: wanted }) as {
    type?: string;
    defaultCollapsed?: boolean;
  };
  return { type: type === "accordion" ? "accordion" : "tabs", ...(defaultCollapsed && { defaultCollapsed }) };
}

function tabs(sections: Section[], choose: (method: string) => void): HTMLElement[] {
  const panel = ({ method, root }: Section) =>
    make(
      "div",
      {
        "data-panel": method,
        class: "Panel",
        ...(sections.length > 1 && { role: "tabpanel", "aria-labelledby": `${method}-tab` }),
      },
      root,
    );
  if (sections.length < 2) return sections.map(panel);
  const list = make("div", { class: "TabList", role: "tablist", "aria-label": "Ways to pay" });
  for (const { method, label } of sections) {
    const tab = make(
      "button",
      { type: "button", role: "tab", id: `${method}-tab`, class: "Tab", "data-method": method },
      label,
    );
    tab.addEventListener("click", () => choose(method));
    list.append(tab);
  }
  list.addEventListener("keydown", ({ key }) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key];
    const at = sections.findIndex(({ method }) => document.activeElement?.id === `${method}-tab`);
    if (!step || at < 0) return;
    const next = sections[(at + step + sections.length) % sections.length];
    if (!next) return;
    choose(next.method);
    document.getElementById(`${next.method}-tab`)?.focus();
  });
  return [list, ...sections.map(panel)];
}

function accordion(sections: Section[], choose: (method: string) => void): HTMLElement[] {
  return [
    make(
      "div",
      { class: "Accordion" },
      ...sections.map(({ method, label, root }) => {
        const radio = make("input", { type: "radio", name: "method", value: method });
        radio.addEventListener("change", () => choose(method));
        return make(
          "div",
          { class: "AccordionItem" },
          make("label", { class: "AccordionHead" }, radio, label),
          make("div", { class: "Panel", "data-panel": method }, root),
        );
      }),
    ),
  ];
}
