import { sql } from "drizzle-orm";
import { type Ctx, inTx, type TxCtx } from "@/lib/ctx";
import { clock } from "@/lib/db/schema";
import { env } from "@/lib/env";
import { AppError, invalid } from "@/lib/errors";
import { formatInstant, later, seconds } from "@/lib/time";
import { loadClock, readHands } from "./load";
import { businessAt, furthestFrom, readStep } from "./rules";
import { type MoveClock, NO_LANDMARK } from "./schema";
import { landmarksNext } from "./sources";

/** If whoever moves the clock dies on the way, it goes on by itself after so long. */
const STAND_MS = seconds(30);

/** Where other people's money could move, there is no such thing. */
export function requireTimeMachine(): void {
  if (env().isProduction || env().isLive) throw new AppError("not_found", "There is nothing at this address.");
}

type Way = Omit<MoveClock, "next">;
type Hand = { now: Date; elapsed: Date; movedAt: Date };

export async function readHand({ db }: Pick<Ctx, "db">): Promise<Hand> {
  const { elapsedMs, offsetMs, movedAtMs } = await readHands(db);
  const [elapsed, movedAt] = [new Date(elapsedMs), new Date(movedAtMs)];
  return { now: businessAt(elapsed, { offsetMs, movedAt }), elapsed, movedAt };
}

/** A step, or an instant: where something is gone to by name, the instant that it has just now. */
export async function wayOf({ next, ...way }: MoveClock): Promise<Way> {
  if (!next) return way;
  const landmark = (await landmarksNext())[next];
  if (!landmark) throw invalid({ next: NO_LANDMARK[next] });
  return { to: landmark.at };
}

/** Where a move would lead from here, or why it may not. */
export function targetOf(input: Way, now: Date): Date {
  const field = input.to ? "to" : "by";
  const target = input.to ?? readStep(input.by ?? "")?.(now);
  if (!target || target <= now) throw invalid({ [field]: `The clock only goes forward. It is ${formatInstant(now)}.` });
  if (target > furthestFrom(now)) throw invalid({ [field]: "The clock goes at most five years at a time." });
  return target;
}

/** Puts the clock at an instant, or leaves it where that is past already. It stands there until it is put elsewhere. */
export const standAt = (ctx: Ctx, instant: Date): Promise<void> =>
  turnHand(ctx, ({ now, elapsed }) => ({ now: laterOf(instant, now), movedAt: later(elapsed, STAND_MS) }));

/** Lets the clock go on from where it stands. It is never behind the database's own. */
export const letGo = (ctx: Ctx): Promise<void> =>
  turnHand(ctx, ({ now, elapsed }) => ({ now: laterOf(now, elapsed), movedAt: elapsed }));

/** Writes down where the clock is, tells every process, and goes by it here at once. */
export async function turnHand(ctx: Ctx, turned: (hand: Hand) => { now: Date; movedAt: Date }): Promise<void> {
  await inTx(ctx, async (ctx) => {
    const { now, movedAt } = turned(await lockHand(ctx));
    await ctx.db.update(clock).set({ offsetMs: now.getTime() - movedAt.getTime(), movedAt });
    await ctx.db.execute(sql`select pg_notify('parley_clock', '')`);
  });
  await loadClock(ctx.db);
}

/** Locks the clock, so that two who turn it at once take turns. */
async function lockHand(ctx: TxCtx): Promise<Hand> {
  await ctx.db.insert(clock).values({ offsetMs: 0, movedAt: sql`clock_timestamp()` }).onConflictDoNothing();
  await ctx.db.select({ id: clock.id }).from(clock).for("update");
  return readHand(ctx);
}

const laterOf = (a: Date, b: Date): Date => new Date(Math.max(a.getTime(), b.getTime()));
