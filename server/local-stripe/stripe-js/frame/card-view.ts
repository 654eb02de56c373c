import { brandOf, digitsOf, expiryOf } from "../card";
import type { FrameKind, Params, Setting } from "../wire";
import { cardFields } from "./card-section";
import type { Field } from "./field";
import { make } from "./make";
import type { View } from "./view";

const LONGEST_WAIT_MS = 2_000;

/** The older Card Element: all of a card in one line. */
export function cardView(_: Setting, now: () => Date): View {
  const card = cardFields(now);
  const root = make("div", { class: "Inline" }, card.number.root, card.expiry.root, card.cvc.root);
  return viewOf(root, [card.number, card.expiry, card.cvc], () => card.params(), {
    brand: () => brandOf(card.number.value()),
  });
}

/** One of three frames that hold a card between them. The number's frame collects the rest, past the page. */
export function cardPartView({ kind, group }: Setting, now: () => Date): View {
  const card = cardFields(now);
  const line = new BroadcastChannel(`local-stripe ${group}`);
  const own: Record<string, { field: Field; part: () => Params }> = {
    cardNumber: { field: card.number, part: () => ({ number: digitsOf(card.number.value()) }) },
    cardExpiry: { field: card.expiry, part: () => ({ ...expiryOf(card.expiry.value()) }) },
    cardCvc: { field: card.cvc, part: () => ({ cvc: card.cvc.value() }) },
  };
  const { field, part } = own[kind] ?? { field: card.number, part: () => ({}) };
  line.addEventListener("message", ({ data }: MessageEvent<{ wanted?: true }>) => {
    if (data.wanted && kind !== "cardNumber") line.postMessage({ kind, part: part() });
  });
  const collect = async (): Promise<Params> => ({ ...part(), ...(kind === "cardNumber" && (await others(line))) });
  return viewOf(make("div", { class: "Bare" }, field.root), [field], collect, {
    ...(kind === "cardNumber" && { brand: () => brandOf(card.number.value()) }),
  });
}

/** The parts that the sibling frames hold. One that is not there leaves its part out, and the API says what is missing. */
function others(line: BroadcastChannel): Promise<Params> {
  return new Promise((resolve) => {
    const parts = new Map<FrameKind, Params>();
    const done = () => {
      clearTimeout(timer);
      line.removeEventListener("message", hear);
      resolve(Object.assign({}, ...parts.values()));
    };
    const hear = ({ data }: MessageEvent<{ kind?: FrameKind; part?: Params }>) => {
      if (data.kind && data.part) parts.set(data.kind, data.part);
      if (parts.size === 2) done();
    };
    const timer = setTimeout(done, LONGEST_WAIT_MS);
    line.addEventListener("message", hear);
    line.postMessage({ wanted: true });
  });
}

function viewOf(
  root: HTMLElement,
  fields: Field[],
  card: () => Params | Promise<Params>,
  more: { brand?: () => string },
): View {
  const faultOf = () => fields.map((field) => field.fault()).find(Boolean);
  return {
    root,
    state() {
      const isLeft = fields.some(({ control, value }) => value() !== "" && document.activeElement !== control);
      const fault = faultOf();
      return {
        empty: fields.every((field) => field.value() === ""),
        complete: fault === undefined,
        error: isLeft ? shownFault(fields) : undefined,
        ...(more.brand && { brand: more.brand() }),
      };
    },
    check() {
      const wrong = fields.map((field) => ({ field, fault: field.judge() })).find(({ fault }) => fault);
      wrong?.field.control.focus();
      return { method: "card", ...(wrong?.fault && { fault: wrong.fault }) };
    },
    params: async () => ({ type: "card", card: await card() }),
    update: () => undefined,
    focus: () => fields[0]?.control.focus(),
    clear: () => {
      for (const field of fields) field.set("");
    },
  };
}

/** What is wrong with a field that its reader has left. */
const shownFault = (fields: Field[]) =>
  fields
    .filter(({ control, value }) => value() !== "" && document.activeElement !== control)
    .map((field) => field.fault())
    .find(Boolean);
