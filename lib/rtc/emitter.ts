export type Emitter<Events> = {
  on<K extends keyof Events>(name: K, listener: (body: Events[K]) => void): () => void;
  /** Hears everything, whatever its name. */
  onAny(listener: (name: keyof Events, body: Events[keyof Events]) => void): () => void;
  emit<K extends keyof Events>(name: K, body: Events[K]): void;
};

/** Who listens is told in turn; one that throws does not keep the others from hearing. */
export function createEmitter<Events>(): Emitter<Events> {
  const listeners = new Map<keyof Events, Set<(body: never) => void>>();
  const all = new Set<(name: keyof Events, body: Events[keyof Events]) => void>();
  return {
    on(name, listener) {
      const own = (body: never) => listener(body);
      const heard = listeners.get(name) ?? new Set();
      listeners.set(name, heard.add(own));
      return () => void heard.delete(own);
    },
    onAny(listener) {
      const own: typeof listener = (name, body) => listener(name, body);
      all.add(own);
      return () => void all.delete(own);
    },
    emit(name, body) {
      for (const listener of [...all]) apart(() => listener(name, body));
      for (const listener of [...(listeners.get(name) ?? [])]) apart(() => listener(body as never)); // put in under this very name
    },
  };
}

function apart(tell: () => void): void {
  try {
    tell();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
