import type { TrialPerson } from "@/lib/rooms/schema";
import { createStore, type Readable } from "@/lib/rtc/store";
import type { Seen } from "@/lib/sdk/debug";
import { briefOf, type Entry } from "./entries";

/** More than anybody reads; what is older is let go. */
export const MOST_ENTRIES = 400;

/** `shown` stands still while it is paused, and what comes meanwhile waits in `waiting`. */
export type LogState = { shown: readonly Entry[]; waiting: readonly Entry[]; isPaused: boolean };

export type Log = Readable<LogState> & {
  begin(atMs: number): void;
  add(who: TrialPerson, seen: Seen): void;
  pause(isPaused: boolean): void;
  clear(): void;
};

const empty: LogState = { shown: [], waiting: [], isPaused: false };

export function createLog(): Log {
  const store = createStore(empty);
  let [beganAtMs, count] = [0, 0];
  const kept = (entries: readonly Entry[]) => entries.slice(-MOST_ENTRIES);
  return {
    ...{ getSnapshot: store.getSnapshot, subscribe: store.subscribe },
    begin(atMs) {
      beganAtMs = atMs;
      store.set(empty);
    },
    add(who, seen) {
      count += 1;
      const entry = { id: count, who, seen, afterMs: seen.atMs - beganAtMs, brief: briefOf(seen.body) };
      const { shown, waiting, isPaused } = store.getSnapshot();
      if (isPaused) store.set({ shown, waiting: kept([...waiting, entry]), isPaused });
      else store.set({ shown: kept([...shown, entry]), waiting, isPaused });
    },
    pause(isPaused) {
      const { shown, waiting } = store.getSnapshot();
      store.set(
        isPaused ? { shown, waiting, isPaused } : { shown: kept([...shown, ...waiting]), waiting: [], isPaused },
      );
    },
    clear: () => store.set({ ...store.getSnapshot(), shown: [], waiting: [] }),
  };
}
