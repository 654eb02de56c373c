import { log } from "@/lib/log";

export type Loop = { kick(): void; stop(): Promise<void> };

/** Runs `turn` at a steady interval, at once when kicked, and never twice at the same time. */
export function every(name: string, intervalMs: number, turn: () => Promise<void>): Loop {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let failing = false;

  const run = async (): Promise<void> => {
    do {
      again = false;
      try {
        await turn();
        if (failing) log().info({ loop: name }, "loop works again");
        failing = false;
      } catch (error) {
        if (!stopped && !failing) log().error({ err: error, loop: name }, "loop failed, will go on trying");
        failing = true;
      }
    } while (again && !stopped);
  };

  const start = (): void => {
    if (stopped) return;
    if (running !== undefined) {
      again = true;
      return;
    }
    clearTimeout(timer);
    running = run().finally(() => {
      running = undefined;
      if (!stopped) timer = setTimeout(start, intervalMs);
    });
  };

  start();
  return {
    kick: start,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
