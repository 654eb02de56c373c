import type { Ctx } from "@/lib/ctx";
import { readHand, requireTimeMachine } from "./internal";
import { journey } from "./journey";
import type { Clock } from "./schema";
import { dueNext, landmarksNext } from "./sources";

/** What time it is, how that came about, and what comes next. */
export async function readClock(ctx: Ctx): Promise<Clock> {
  requireTimeMachine();
  const [{ now, elapsed, movedAt }, due, next] = await Promise.all([readHand(ctx), dueNext(), landmarksNext()]);
  const { target, trouble } = journey();
  const offsetMs = now.getTime() - elapsed.getTime();
  return { now, elapsed, offsetMs, moving: movedAt > elapsed, goingTo: target, due, next, trouble };
}
