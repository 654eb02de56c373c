/** One value that is replaced, never changed in place: made for `useSyncExternalStore`. */
export type Readable<T> = {
  getSnapshot(): T;
  subscribe(listener: () => void): () => void;
};

export type Store<T> = Readable<T> & {
  /** Puts the value in place and then tells; the same value again tells nobody. */
  set(next: T): void;
};

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    getSnapshot: () => value,
    subscribe(listener) {
      // One of its own each time, so that the same function heard twice is let go once at a time.
      const own = () => listener();
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
  };
}
