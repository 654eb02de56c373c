import type { PublicElement } from "./element";
import type { Emitter } from "./emitter";

type Listening = Pick<PublicElement, "on" | "once" | "off">;

/** Each answers with the element, so that calls can be strung together. */
export function listening(events: Emitter, self: () => PublicElement): Listening {
  return {
    on(name, listener) {
      events.on(name, listener);
      return self();
    },
    once(name, listener) {
      events.once(name, listener);
      return self();
    },
    off(name, listener) {
      events.off(name, listener);
      return self();
    },
  };
}
