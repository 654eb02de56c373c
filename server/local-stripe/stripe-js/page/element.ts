import type { StripeError } from "@stripe/stripe-js";
import type { FrameKind, Params, Setting } from "../wire";
import { listening } from "./element-events";
import { createEmitter, type Emitter } from "./emitter";
import { type FrameLine, type Heard, openFrame } from "./frame-line";
import { IntegrationError } from "./integration-error";

/** What every element of a group shares: how it looks, and what it may offer. */
export type Surroundings = {
  origin: string;
  /** The part of the setting that all share, or why nothing can be shown. */
  offer(): Promise<{ setting: Omit<Setting, "kind" | "options"> } | { error: StripeError }>;
};

/** What a page holds in its hands. */
export type PublicElement = {
  mount(place: string | HTMLElement): void;
  unmount(): void;
  destroy(): void;
  update(options: Params): PublicElement;
  on(name: string, listener: (payload?: unknown) => unknown): PublicElement;
  once(name: string, listener: (payload?: unknown) => unknown): PublicElement;
  off(name: string, listener?: (payload?: unknown) => unknown): PublicElement;
  focus(): void;
  blur(): void;
  clear(): void;
  collapse(): PublicElement;
  getValue(): Promise<Params>;
};

/** The same from the inside. */
export type OwnElement = {
  kind: string;
  options: Params;
  handle: PublicElement;
  line(): FrameLine | undefined;
  /** The payload of the latest change. */
  latest(): Params;
  wear(setting: Partial<Setting>): void;
};

type Made = { kind: FrameKind; options: Params; around: Surroundings; onDestroy(): void };

type Change = { do: "update" } & Partial<Setting>;

export function createElement({ kind, options, around, onDestroy }: Made): OwnElement {
  const own = { kind, options: { ...options } };
  const events = createEmitter();
  const frame = createFramed(own, around, events);
  let isDestroyed = false;

  const handle: PublicElement = {
    mount(place) {
      if (isDestroyed) throw new IntegrationError("This Element has already been destroyed. Please create a new one.");
      frame.leave();
      void frame.enter(placeOf(place));
    },
    unmount: frame.leave,
    destroy() {
      if (isDestroyed) throw new IntegrationError("This Element has already been destroyed.");
      frame.leave();
      isDestroyed = true;
      onDestroy();
    },
    update(changes) {
      Object.assign(own.options, changes);
      frame.change({ do: "update", options: own.options });
      return handle;
    },
    ...listening(events, () => handle),
    focus: () => frame.line()?.say({ do: "focus" }),
    blur: () => frame.line()?.say({ do: "blur" }),
    clear: () => frame.line()?.say({ do: "clear" }),
    collapse() {
      frame.line()?.say({ do: "collapse" });
      return handle;
    },
    getValue: async () => frame.latest(),
  };
  return {
    ...{ ...own, handle, line: frame.line, latest: frame.latest },
    wear: (setting) => frame.change({ do: "update", ...setting }),
  };
}

type Framed = {
  enter(place: HTMLElement): Promise<void>;
  leave(): void;
  /** Made now, or as soon as there is somebody to make it. */
  change(message: Change): void;
  line(): FrameLine | undefined;
  latest(): Params;
};

/** The frame of one element, while there is one. */
function createFramed(own: { kind: FrameKind; options: Params }, around: Surroundings, events: Emitter): Framed {
  let line: FrameLine | undefined;
  let isReady = false;
  let waiting: Change | undefined;
  let latest: Params = {};
  let visit = 0;
  const elementType = own.kind;

  const change = (message: Change): void => {
    if (message.appearance) line?.wear({ appearance: message.appearance });
    if (isReady) line?.say(message);
    else waiting = { ...waiting, ...message };
  };
  const hear = (message: Heard): void => {
    if (message.tell === "ready") {
      isReady = true;
      latest = message.state;
      if (waiting) change(waiting);
      events.settle("ready", { elementType });
    } else if (message.tell === "event") {
      if (message.name === "change") latest = message.payload;
      events.emit(message.name, { elementType, ...message.payload });
    }
  };

  return {
    change,
    line: () => (isReady ? line : undefined),
    latest: () => latest,
    async enter(place) {
      const here = visit;
      waiting = undefined;
      events.emit("loaderstart", { elementType });
      const offer = await around.offer();
      // It may have been taken away, or put elsewhere, while the offer was on its way.
      if (here !== visit) return;
      if ("error" in offer) events.settle("loaderror", { elementType, error: offer.error });
      else line = openFrame(place, around.origin, { setting: { ...offer.setting, ...own }, hear });
    },
    leave() {
      visit += 1;
      isReady = false;
      events.reset();
      line?.remove();
      line = undefined;
    },
  };
}

function placeOf(place: string | HTMLElement): HTMLElement {
  const found = typeof place === "string" ? document.querySelector<HTMLElement>(place) : place;
  if (!found)
    throw new IntegrationError(
      `The selector you specified (${String(place)}) applies to no DOM elements that are currently on the page. Make sure the element exists on the page before calling mount().`,
    );
  found.classList.add("StripeElement");
  return found;
}
