import type { OwnElement, PublicElement } from "./element";
import { listening } from "./element-events";
import { createEmitter } from "./emitter";

/** There are no wallets here, and this says so in the way the real one does. */
export function createExpressElement(onDestroy: () => void): OwnElement {
  const events = createEmitter();
  let isDestroyed = false;
  const handle: PublicElement = {
    mount: () =>
      queueMicrotask(() => {
        if (!isDestroyed)
          events.settle("ready", { elementType: "expressCheckout", availablePaymentMethods: undefined });
      }),
    unmount: () => events.reset(),
    destroy() {
      isDestroyed = true;
      events.reset();
      onDestroy();
    },
    update: () => handle,
    ...listening(events, () => handle),
    ...{ focus: () => undefined, blur: () => undefined, clear: () => undefined, collapse: () => handle },
    getValue: async () => ({}),
  };
  return {
    ...{ kind: "expressCheckout", options: {}, handle, line: () => undefined, latest: () => ({}) },
    wear: () => undefined,
  };
}
