type Listener = (payload?: unknown) => unknown;

export type Emitter = {
  on(name: string, listener: Listener): void;
  once(name: string, listener: Listener): void;
  off(name: string, listener?: Listener): void;
  emit(name: string, payload: unknown): void;
  /** Tells it now, and tells it to whoever asks later. */
  settle(name: string, payload: unknown): void;
  reset(): void;
};

export function createEmitter(): Emitter {
  let listeners: { name: string; listener: Listener; once: boolean }[] = [];
  const settled = new Map<string, unknown>();

  const call = (listener: Listener, payload: unknown): void => {
    try {
      listener(payload);
    } catch (error) {
      // Somebody else's mistake shows in their console and stops nothing here.
      reportError(error);
    }
  };
  const off = (name: string, listener?: Listener): void => {
    listeners = listeners.filter((one) => one.name !== name || (listener !== undefined && one.listener !== listener));
  };
  const add = (name: string, listener: Listener, once: boolean): void => {
    listeners.push({ name, listener, once });
    if (!settled.has(name)) return;
    queueMicrotask(() => {
      if (!listeners.some((one) => one.name === name && one.listener === listener)) return;
      if (once) off(name, listener);
      call(listener, settled.get(name));
    });
  };
  const emit = (name: string, payload: unknown): void => {
    for (const one of listeners.filter((listener) => listener.name === name)) {
      if (one.once) off(name, one.listener);
      call(one.listener, payload);
    }
  };

  return {
    on: (name, listener) => add(name, listener, false),
    once: (name, listener) => add(name, listener, true),
    off,
    emit,
    settle(name, payload) {
      settled.set(name, payload);
      emit(name, payload);
    },
    reset: () => settled.clear(),
  };
}
