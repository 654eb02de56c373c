import { ask } from "../ask";
import { addressView } from "../frame/address-view";
import { cardPartView, cardView } from "../frame/card-view";
import { emailView } from "../frame/email-view";
import { paymentView } from "../frame/payment-view";
import { loadFonts, wear } from "../frame/style";
import type { View } from "../frame/view";
import type { FrameKind, FromFrame, Opening, Params, Setting, ToFrame } from "../wire";

const VIEWS: Record<FrameKind, (setting: Setting, now: () => Date) => View> = {
  ...{ payment: paymentView, card: cardView, address: addressView, linkAuthentication: emailView },
  ...{ cardNumber: cardPartView, cardExpiry: cardPartView, cardCvc: cardPartView },
};

/** Where a frame may send a card. */
const ALLOWED =
  /^\/v1\/(?:(?:payment_intents|setup_intents)\/\w+\/confirm|payment_methods|confirmation_tokens|tokens|_local\/checkout\/\w+\/complete)$/;

/** The local Stripe's clock, which may be ahead of this machine's. */
const ahead = Number(document.documentElement.dataset.now) * 1_000 - Date.now();
const now = () => new Date(Date.now() + ahead);

/** The page opens a frame once, with a port that nobody else has. */
function awaitOpening({ data, source, ports: [port] }: MessageEvent<Opening>): void {
  if (source !== parent || data?.localStripe !== "open" || !port) return;
  removeEventListener("message", awaitOpening);
  open(data.setting, port);
}
addEventListener("message", awaitOpening);

function open(first: Setting, port: MessagePort): void {
  let setting = first;
  const tell = (message: FromFrame): void => port.postMessage(message);
  wear(setting.appearance);
  loadFonts(setting.fonts);
  const view = VIEWS[setting.kind](setting, now);
  document.body.replaceChildren(view.root);

  let told = "";
  const tellChange = (): void => {
    const payload = view.state();
    const text = JSON.stringify(payload);
    if (text !== told) tell({ tell: "event", name: "change", payload });
    told = text;
  };
  told = JSON.stringify(view.state());
  // After the field's own listeners, which may still change what is in it.
  for (const name of ["input", "change", "focusout"]) document.addEventListener(name, () => queueMicrotask(tellChange));
  followFocus(tell);
  new ResizeObserver(() => tell({ tell: "size", height: document.body.scrollHeight })).observe(view.root);

  port.onmessage = ({ data }: MessageEvent<ToFrame>) => {
    if (data.do === "update") {
      const { do: _, ...changes } = data;
      setting = { ...setting, ...changes, options: { ...setting.options, ...changes.options } };
      wear(setting.appearance);
      if (changes.fonts) loadFonts(changes.fonts);
      view.update(setting);
      tellChange();
    } else if (data.do === "check") {
      const answer = view.check();
      if (answer.fault) keepReaderHere();
      tell({ tell: "answer", call: data.call, answer });
    } else if (data.do === "send") {
      void sendTyped(view, setting, data).then((answer) => tell({ tell: "answer", call: data.call, answer }));
    } else if (data.do === "blur") {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    } else {
      view[data.do]?.();
      tellChange();
    }
  };
  tell({ tell: "size", height: document.body.scrollHeight });
  tell({ tell: "ready", state: view.state() });
}

/**
 * The browser's word that the page's button took the focus may come after the wrong field was given it, and takes
 * it away again. The page then sends the reader back in here, to the same field.
 */
function keepReaderHere(): void {
  const wrong = document.activeElement;
  if (!(wrong instanceof HTMLElement)) return;
  const over = new AbortController();
  const once = { once: true, signal: over.signal };
  addEventListener("focus", () => wrong.focus(), once);
  for (const name of ["pointerdown", "keydown"]) addEventListener(name, () => over.abort(), once);
}

function followFocus(tell: (message: FromFrame) => void): void {
  let isIn = false;
  const settle = (isInNow: boolean): void => {
    if (isInNow !== isIn) tell({ tell: "event", name: isInNow ? "focus" : "blur", payload: {} });
    isIn = isInNow;
  };
  document.addEventListener("focusin", () => settle(true));
  document.addEventListener("focusout", ({ relatedTarget }) => settle(relatedTarget !== null));
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") tell({ tell: "event", name: "escape", payload: {} });
  });
}

/** The card leaves this frame for the API and for nowhere else. */
async function sendTyped(view: View, { key }: Setting, { to, params }: ToFrame & { do: "send" }) {
  if (!ALLOWED.test(to)) throw new Error(`A frame does not send to ${to}.`);
  const typed = await view.params();
  return ask({ origin: location.origin, key, method: "POST", to, params: placed(to, params, typed) });
}

function placed(to: string, params: Params, typed: Params): Params {
  if (to === "/v1/tokens") return { ...params, card: { ...(typed.card as Params), ...(params.card as Params) } };
  if (to === "/v1/payment_methods") return merged(typed, params);
  const given = (params.payment_method_data ?? {}) as Params;
  return { ...params, payment_method_data: merged(typed, given) };
}

/** What the page knows of the payer stands beside what was typed, and yields to it. */
function merged(typed: Params, given: Params): Params {
  const own = (typed.billing_details ?? {}) as Params;
  const theirs = (given.billing_details ?? {}) as Params;
  const address = { ...(theirs.address as Params), ...(own.address as Params) };
  const billing = { ...theirs, ...own, ...(Object.keys(address).length > 0 && { address }) };
  const { billing_details: _, ...rest } = typed;
  return { ...given, ...rest, ...(Object.keys(billing).length > 0 && { billing_details: billing }) };
}
