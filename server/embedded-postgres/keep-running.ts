import { isAlive, startMarkOf } from "./liveness";
import type { Running } from "./pid-file";

const WATCH_MS = 200;

type Keeping = {
  find(): Running | undefined;
  restart(): Promise<unknown>;
  report(line: string): void;
};

/** Brings the server back when it dies under us. The port stays, so that every pool finds it again by itself. */
export function keepRunning({ find, restart, report }: Keeping): { stop(): Promise<void> } {
  let watched = identify(find());
  let mending: Promise<void> | undefined;

  const mend = async () => {
    const since = Date.now();
    try {
      await restart();
      watched = identify(find());
      report(`The database had died and runs again after ${Date.now() - since} ms.`);
    } catch (error) {
      report(`The database died and did not start again. ${error instanceof Error ? error.message : error}`);
    }
  };

  const timer = setInterval(() => {
    if (mending || (watched && isAlive(watched.pid, watched.startMark))) return;
    mending = mend().finally(() => {
      mending = undefined;
    });
  }, WATCH_MS);
  timer.unref();

  return {
    stop: async () => {
      clearInterval(timer);
      await mending;
    },
  };
}

const identify = (running: Running | undefined) => running && { pid: running.pid, startMark: startMarkOf(running.pid) };
