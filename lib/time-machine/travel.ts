import { setTimeout as wait } from "node:timers/promises";
import type { Ctx } from "@/lib/ctx";
import { seconds } from "@/lib/time";
import { conduct } from "./conductor";
import { readClock } from "./queries";
import type { Clock, MoveClock } from "./schema";

/** Less than a request may take. */
const LONGEST_WAIT_MS = seconds(5);

/** Sets out, waits a little for the arrival, and says where the clock is. What takes longer goes on by itself. */
export async function travel(ctx: Ctx, input: MoveClock): Promise<Clock> {
  const arrival = conduct(ctx, input);
  // Who no longer waits reads it from the clock.
  arrival.catch(() => undefined);
  const impatience = new AbortController();
  try {
    await Promise.race([arrival, wait(LONGEST_WAIT_MS, undefined, { signal: impatience.signal })]);
  } finally {
    impatience.abort();
  }
  return readClock(ctx);
}
