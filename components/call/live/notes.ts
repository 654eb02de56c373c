import { createStore, type Readable } from "@/lib/rtc/store";
import { seconds } from "@/lib/time";

export type Note = {
  id: number;
  words: string;
  action?: { label: string; run: () => void } | undefined;
  /** Said at once by a screen reader. */
  urgent: boolean;
};

export type Notes = Readable<readonly Note[]> & {
  say(words: string, more?: { action?: Note["action"]; urgent?: boolean }): void;
  dismiss(id: number): void;
  close(): void;
};

const SHOWN_MS = seconds(7);
const MOST = 2;

/** Short words over the stage, which go by themselves. */
export function createNotes(): Notes {
  const store = createStore<readonly Note[]>([]);
  const timers = new Map<number, ReturnType<typeof setTimeout>>();
  let lastId = 0;

  const dismiss = (id: number) => {
    clearTimeout(timers.get(id));
    timers.delete(id);
    store.set(store.getSnapshot().filter((note) => note.id !== id));
  };

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    dismiss,
    say(words, { action, urgent = false } = {}) {
      lastId += 1;
      const id = lastId;
      store.set([...store.getSnapshot(), { id, words, action, urgent }].slice(-MOST));
      timers.set(
        id,
        setTimeout(() => dismiss(id), SHOWN_MS),
      );
    },
    close() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
