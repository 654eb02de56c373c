import { setTimeout as wait } from "node:timers/promises";
import type { Ctx } from "@/lib/ctx";
import { AppError, toRefusal } from "@/lib/errors";
import { log } from "@/lib/log";
import { formatInstant, later, seconds } from "@/lib/time";
import { letGo, readHand, requireTimeMachine, standAt, targetOf, wayOf } from "./internal";
import { alone, journey } from "./journey";
import type { Due, MoveClock } from "./schema";
import { drainSource, dueNext } from "./sources";

/** How long work may be due without getting done before the journey ends there. */
const PATIENCE_MS = seconds(5);
const LOOK_AGAIN_MS = 20;
const LONGEST_WORK_MS = seconds(60);

/**
 * Moves business time to its target by way of every instant at which something is due. At each the clock stands still
 * until that work and all it brings about is done, so a leap does what the same time would have done, in the same order.
 */
export function conduct(ctx: Ctx, input: MoveClock): Promise<void> {
  requireTimeMachine();
  return alone(async () => {
    const target = targetOf(await wayOf(input), (await readHand(ctx)).now);
    Object.assign(journey(), { target, trouble: null, abandoned: false });
    try {
      await goBy(ctx, target);
      await standAt(ctx, target);
    } catch (error) {
      log().warn({ err: error, target }, "the clock stopped on its way");
      journey().trouble = toRefusal(error).message;
      throw error;
    } finally {
      journey().target = null;
      await letGo(ctx);
    }
  });
}

async function goBy(ctx: Ctx, target: Date): Promise<void> {
  let stop: Due | undefined;
  let arrivedMs = 0;
  for (;;) {
    if (journey().abandoned) throw new AppError("unavailable", "The server stops, and the clock with it.");
    const [next] = await dueNext();
    if (!next || next.at > target) return;
    const isStillHere = stop?.name === next.name && stop.at.getTime() === next.at.getTime();
    if (isStillHere) await patience(next, arrivedMs);
    else [stop, arrivedMs] = [next, performance.now()];
    // A row may be due at a fraction of a millisecond, of which a date here knows nothing.
    const until = isStillHere ? later(next.at, 1) : next.at;
    await standAt(ctx, until);
    await inTime(next, drainSource(next.name, until));
  }
}

/** Work that never ends may go on, but it does not hold the clock for ever. */
async function inTime({ name, at }: Due, work: Promise<void>): Promise<void> {
  const over = new AbortController();
  const tooLong = wait(LONGEST_WORK_MS, undefined, { signal: over.signal }).then(() => {
    throw stuck(name, at);
  });
  try {
    await Promise.race([work, tooLong]);
  } finally {
    over.abort();
  }
}

/** Another process may be at this very work, or it brought about more of the same. */
async function patience({ name, at }: Due, arrivedMs: number): Promise<void> {
  if (performance.now() - arrivedMs > PATIENCE_MS) throw stuck(name, at);
  await wait(LOOK_AGAIN_MS);
}

const stuck = (name: string, at: Date) =>
  new AppError("conflict", `${name} has work from ${formatInstant(at)} that does not get done.`);
