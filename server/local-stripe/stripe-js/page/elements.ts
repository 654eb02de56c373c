import type { Appearance, StripeError } from "@stripe/stripe-js";
import type { Font, Params } from "../wire";
import type { OwnElement, PublicElement } from "./element";
import { createEmitter } from "./emitter";
import { createGroup, type Group } from "./group";
import type { House } from "./house";
import { judge, type Offer, offerOf } from "./offer";

export type GroupOptions = Params & {
  clientSecret?: string;
  mode?: "payment" | "setup" | "subscription";
  amount?: number;
  currency?: string;
  appearance?: Appearance;
  fonts?: Font[];
  allowedPaymentMethodTypes?: string[];
  excludedPaymentMethodTypes?: string[];
  setupFutureUsage?: string | null;
};

export type Submitted = { error: StripeError } | { selectedPaymentMethod: string };

/** What a page holds in its hands. */
export type PublicElements = {
  create(kind: string, options?: Params): PublicElement;
  getElement(kind: unknown, options?: { mode?: string }): PublicElement | null;
  update(options: GroupOptions): Promise<void>;
  fetchUpdates(): Promise<{ error?: StripeError }>;
  submit(): Promise<Submitted>;
  on(name: string, listener: () => void): void;
  once(name: string, listener: () => void): void;
  off(name: string, listener?: () => void): void;
};

/** The same from the inside. */
export type OwnElements = {
  handle: PublicElements;
  options: GroupOptions;
  isSubmitted(): boolean;
  find(kind: string, mode?: string): OwnElement | undefined;
  create(kind: string, options?: Params): PublicElement;
  submit(): Promise<Submitted>;
};

/** Elements that belong together, and to one intent. */
export function createElements(house: House, given: GroupOptions, offered?: () => Promise<Offer>): OwnElements {
  judge(given);
  const options = { ...given };
  const { on, once, off, emit } = createEmitter();
  const group = createGroup(house, options, offered ?? (() => offerOf(house, options)));
  const { create, find } = group;
  let submitted = false;
  const submit = (): Promise<Submitted> => {
    submitted = true;
    return submitAll(group);
  };

  const handle: PublicElements = {
    ...{ create, submit, on, once, off },
    getElement: (kind, { mode } = {}) => find(kindOf(kind), mode)?.handle ?? null,
    async update(changes) {
      judge({ ...options, ...changes });
      Object.assign(options, changes);
      const { appearance, fonts, ...others } = changes;
      const look = { ...(appearance && { appearance }), ...(fonts && { fonts }) };
      for (const one of group.all()) one.wear(look);
      if (Object.keys(others).length > 0) await group.refresh();
      emit("update-end", undefined);
    },
    async fetchUpdates() {
      const made = await group.refresh();
      return "error" in made ? made : {};
    },
  };
  return { handle, options, isSubmitted: () => submitted, find, create, submit };
}

/** Has every element say whether it is finished, in order, until one is not. */
async function submitAll(group: Group): Promise<Submitted> {
  let selectedPaymentMethod = "";
  for (const one of group.all()) {
    const checked = await one.line()?.check();
    if (checked?.fault) return { error: checked.fault };
    if (one.kind === "payment" && checked) selectedPaymentMethod = checked.method;
  }
  return { selectedPaymentMethod };
}

/** React hands over a component, everybody else a word. */
function kindOf(asked: unknown): string {
  if (typeof asked === "string") return asked;
  return (asked as { __elementType?: string } | null)?.__elementType ?? "";
}
