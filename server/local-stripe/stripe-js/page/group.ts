import type { FrameKind, Params } from "../wire";
import { createElement, type OwnElement, type PublicElement, type Surroundings } from "./element";
import type { GroupOptions } from "./elements";
import { createExpressElement } from "./express-element";
import type { House } from "./house";
import { IntegrationError } from "./integration-error";
import type { Offer } from "./offer";

const FRAMED: Record<FrameKind, true> = {
  ...{ payment: true, card: true, cardNumber: true, cardExpiry: true, cardCvc: true },
  ...{ address: true, linkAuthentication: true },
};
const isFramed = (kind: string): kind is FrameKind => kind in FRAMED;

export type Group = {
  create(kind: string, options?: Params): PublicElement;
  find(kind: string, mode?: string): OwnElement | undefined;
  all(): OwnElement[];
  /** Asks again what may be offered, and shows it. */
  refresh(): Promise<Offer>;
};

/** The elements of one group: what they share, and which of them there are. */
export function createGroup(house: House, options: GroupOptions, offer: () => Promise<Offer>): Group {
  const group = crypto.randomUUID();
  let elements: OwnElement[] = [];
  let offering: Promise<Offer> | undefined;
  const around: Surroundings = {
    origin: house.origin,
    async offer() {
      offering ??= offer();
      const made = await offering;
      if ("error" in made) return made;
      const { appearance = {}, fonts = [] } = options;
      return { setting: { key: house.key, group, appearance, fonts, ...made } };
    },
  };
  const find = (kind: string, mode?: string) =>
    elements.find((one) => one.kind === kind && (mode === undefined || one.options.mode === mode));

  return {
    find,
    all: () => elements,
    create(kind, wanted = {}) {
      judgeKind(kind, wanted, find(kind));
      const onDestroy = () => {
        elements = elements.filter((one) => one !== made);
      };
      const made = isFramed(kind)
        ? createElement({ kind, options: wanted, around, onDestroy })
        : createExpressElement(onDestroy);
      elements.push(made);
      return made.handle;
    },
    async refresh() {
      offering = offer();
      const made = await offering;
      if (!("error" in made)) for (const one of elements) one.wear(made);
      return made;
    },
  };
}

function judgeKind(kind: string, { mode }: Params, twin: OwnElement | undefined): void {
  if (kind !== "expressCheckout" && !isFramed(kind))
    throw new IntegrationError(`The local Stripe has no Element of type \`${kind}\`.`);
  if (kind === "address" && mode !== "billing" && mode !== "shipping")
    throw new IntegrationError('You must supply options.mode. mode must be "billing" or "shipping".');
  if (kind !== "address" && twin)
    throw new IntegrationError(`Can only create one Element of type ${kind} through the same set of Elements.`);
}
