import { and, eq, inArray, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/ctx";
import { stripeEvents } from "@/lib/db/schema";
import { log } from "@/lib/log";
import { stripeMode } from "@/lib/stripe/target";
import { lastAttempt, mostAttempts, slowRetryMs, waitBeforeRetry } from "./rules";

const LEASE_SECONDS = 20;

export type EventRow = typeof stripeEvents.$inferSelect;

/** Takes events that are due, the oldest first. Whoever dies with one in hand loses it when the lease runs out. */
export async function leaseEvents({ db }: Ctx, most: number): Promise<EventRow[]> {
  const due = sql`(select id from ${stripeEvents}
    where state = 'new' and stripe = ${stripeMode()} and due_at <= clock_timestamp()
      and (leased_until is null or leased_until < clock_timestamp())
    order by created_at, id limit ${most} for update skip locked)`;
  return db
    .update(stripeEvents)
    .set({
      leasedUntil: sql`clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})`,
      attempts: sql`${stripeEvents.attempts} + 1`,
    })
    .where(sql`${stripeEvents.id} in ${due}`)
    .returning();
}

export type Outcome = { state: "done" | "ignored" | "parked"; note?: string };

export async function markEvents({ db }: Ctx, events: EventRow[], { state, note }: Outcome): Promise<void> {
  await db
    .update(stripeEvents)
    .set({ state, note: note ?? null, leasedUntil: null, doneAt: sql`clock_timestamp()` })
    .where(
      inArray(
        stripeEvents.id,
        events.map(({ id }) => id),
      ),
    );
}

/**
 * Comes again later: soon, until it was tried often enough; after that it is set aside, and comes seldom. While Stripe
 * is out of reach, trying costs nothing.
 */
export async function postponeEvents(
  { db }: Ctx,
  events: EventRow[],
  why: { note: string; counts: boolean },
): Promise<void> {
  for (const { id, attempts } of events) {
    const isAside = why.counts && attempts >= mostAttempts;
    const waitSeconds = (isAside ? slowRetryMs : waitBeforeRetry(attempts)) / 1_000;
    if (isAside) log().error({ event: id, attempts, note: why.note }, wordsFor(attempts));
    await db
      .update(stripeEvents)
      .set({
        note: why.note.slice(0, 500),
        leasedUntil: null,
        dueAt: sql`clock_timestamp() + make_interval(secs => ${waitSeconds})`,
        ...(isAside && { state: "failed" as const }),
        ...(!why.counts && { attempts: Math.min(attempts, Math.max(attempts - 1, mostAttempts - 1)) }),
      })
      .where(and(eq(stripeEvents.id, id), eq(stripeEvents.attempts, attempts)));
  }
}

const wordsFor = (attempts: number): string =>
  attempts < lastAttempt
    ? "an event of stripe is set aside, and tried again every six hours"
    : "an event of stripe is given up; somebody has to look at it";
