import { schemeOf } from "../appearance";
import type { Answer, Checked, FromFrame, Opening, Params, Setting, ToFrame } from "../wire";

export type Heard = Exclude<FromFrame, { tell: "answer" }>;

export type FrameLine = {
  say(message: Exclude<ToFrame, { call: number }>): void;
  check(): Promise<Checked>;
  send(to: string, params: Params): Promise<Answer>;
  wear(setting: Pick<Setting, "appearance">): void;
  remove(): void;
};

const TITLES: Partial<Record<Setting["kind"], string>> = {
  payment: "Secure payment input frame",
  card: "Secure card payment input frame",
  cardNumber: "Secure card number input frame",
  cardExpiry: "Secure expiration date input frame",
  cardCvc: "Secure CVC input frame",
  address: "Secure address input frame",
  linkAuthentication: "Secure email input frame",
};

type Opened = { setting: Setting; hear(message: Heard): void };

/** A frame of the local Stripe's own origin inside the page, and the line to it. */
export function openFrame(place: HTMLElement, origin: string, { setting, hear }: Opened): FrameLine {
  const frame = drawFrame(origin, setting);
  const { port1: port, port2 } = new MessageChannel();
  const calls = createCalls(port);

  port.onmessage = ({ data }: MessageEvent<FromFrame>) => {
    if (data.tell === "answer") return calls.answered(data);
    if (data.tell === "size") frame.style.height = `${data.height}px`;
    hear(data);
  };
  const open = (): void => {
    const opening: Opening = { localStripe: "open", setting };
    frame.contentWindow?.postMessage(opening, origin, [port2]);
  };
  frame.addEventListener("load", open, { once: true });
  place.append(frame);

  return {
    say: (message) => port.postMessage(message),
    async check() {
      const checked = await calls.make<Checked>((call) => ({ do: "check", call }));
      if (checked.fault) frame.focus();
      return checked;
    },
    send: (to, params) => calls.make<Answer>((call) => ({ do: "send", call, to, params })),
    wear({ appearance }) {
      frame.style.colorScheme = schemeOf(appearance);
    },
    remove() {
      port.close();
      frame.remove();
    },
  };
}

let count = 0;

function drawFrame(origin: string, { kind, appearance }: Setting): HTMLIFrameElement {
  count += 1;
  const frame = document.createElement("iframe");
  frame.name = `__privateStripeFrame${count}`;
  frame.title = TITLES[kind] ?? "Secure input frame";
  frame.src = `${origin}/v3/elements-inner.html`;
  Object.assign(frame.style, {
    ...{ border: "0", display: "block", height: "0", overflow: "hidden", background: "transparent" },
    // Four pixels more on every side, so that the ring around a focused field is not cut off.
    ...{ margin: "-4px", width: "calc(100% + 8px)", colorScheme: schemeOf(appearance) },
  });
  return frame;
}

/** Questions to the frame, each with the promise that its answer keeps. */
function createCalls(port: MessagePort) {
  const waiting = new Map<number, (answer: unknown) => void>();
  let calls = 0;
  return {
    make: <T>(message: (call: number) => ToFrame): Promise<T> =>
      new Promise((resolve) => {
        calls += 1;
        waiting.set(calls, (answer) => resolve(answer as T)); // the frame answers each kind of call in its own shape
        port.postMessage(message(calls));
      }),
    answered({ call, answer }: { call: number; answer: unknown }): void {
      waiting.get(call)?.(answer);
      waiting.delete(call);
    },
  };
}
