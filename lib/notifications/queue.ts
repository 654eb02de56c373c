import { and, eq, sql } from "drizzle-orm";
import { db } from "@/lib/db/client";
import { outbox } from "@/lib/db/schema";
import { hours, seconds } from "@/lib/time";

const LEASE_SECONDS = 60;
export const MOST_TRIES = 8;

export type LeasedMail = { id: number; payload: unknown; attempts: number };

/** Takes mails that are due. Whoever dies with one in hand loses it when the lease runs out, and another worker sends it. */
export async function leaseMails(most: number): Promise<LeasedMail[]> {
  const due = sql`(select id from ${outbox}
    where kind = 'mail' and done_at is null and dead_at is null and due_at <= clock_timestamp()
      and (leased_until is null or leased_until < clock_timestamp())
    order by due_at limit ${most} for update skip locked)`;
  return db()
    .update(outbox)
    .set({
      leasedUntil: sql`clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})`,
      attempts: sql`${outbox.attempts} + 1`,
    })
    .where(sql`${outbox.id} in ${due}`)
    .returning({ id: outbox.id, payload: outbox.payload, attempts: outbox.attempts });
}

/** Gone. What it said is forgotten here; only that it was sent stays. */
export async function markSent({ id }: LeasedMail): Promise<void> {
  await db()
    .update(outbox)
    .set({ doneAt: sql`clock_timestamp()`, leasedUntil: null, lastError: null, payload: withoutFacts })
    .where(eq(outbox.id, id));
}

export type Failure = { why: string; isHopeless: boolean };

/** Not gone: comes again later, or never when it was tried often enough or can never work. Somebody else's lease is left alone. */
export async function markFailed({ id, attempts }: LeasedMail, { why, isHopeless }: Failure): Promise<void> {
  const isDead = isHopeless || attempts >= MOST_TRIES;
  const waitSeconds = waitBeforeRetry(attempts) / 1_000;
  await db()
    .update(outbox)
    .set({
      leasedUntil: null,
      lastError: why.slice(0, 500),
      ...(isDead
        ? { deadAt: sql`clock_timestamp()`, payload: withoutFacts }
        : { dueAt: sql`clock_timestamp() + make_interval(secs => ${waitSeconds})` }),
    })
    .where(and(eq(outbox.id, id), eq(outbox.attempts, attempts)));
}

/** Half a minute, a minute, two, and so on; up to a quarter more or less, so that a full queue does not come back all at once. */
export const waitBeforeRetry = (attempts: number, chance = Math.random()): number =>
  Math.min(seconds(15) * 2 ** attempts, hours(1)) * (0.75 + chance / 2);

const withoutFacts = sql`${outbox.payload} || '{"facts": {}}'::jsonb`;
