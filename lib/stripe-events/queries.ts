import { and, asc, count, desc, eq, isNotNull, min, or, sql } from "drizzle-orm";
import { type Ctx, requireStaff } from "@/lib/ctx";
import { stripeEvents } from "@/lib/db/schema";
import type { EventRow } from "./internal";
import type { EventPage, ListEvents, StripeEvent } from "./schema";

const MOST_ABOUT_ONE = 100;

/** What Stripe told us, the latest first, for staff. */
export async function listEvents(ctx: Ctx, { limit, cursor, state, type }: ListEvents): Promise<EventPage> {
  requireStaff(ctx);
  const rows = await ctx.db
    .select()
    .from(stripeEvents)
    .where(
      and(
        state && eq(stripeEvents.state, state),
        type === undefined ? undefined : eq(stripeEvents.type, type),
        cursor === undefined
          ? undefined
          : sql`(${stripeEvents.receivedAt}, ${stripeEvents.id}) < (select last.received_at, last.id from ${stripeEvents} as last where last.id = ${cursor})`,
      ),
    )
    .orderBy(desc(stripeEvents.receivedAt), desc(stripeEvents.id))
    .limit(limit + 1);
  const events = rows.slice(0, limit).map(asEvent);
  return { events, nextCursor: rows.length > limit ? (events.at(-1)?.id ?? null) : null };
}

/** Every event about one thing at Stripe, in the order in which they happened. */
export async function listEventsAbout(ctx: Ctx, subject: string): Promise<StripeEvent[]> {
  requireStaff(ctx);
  const rows = await ctx.db
    .select()
    .from(stripeEvents)
    .where(eq(stripeEvents.subject, subject))
    .orderBy(asc(stripeEvents.createdAt), asc(stripeEvents.id))
    .limit(MOST_ABOUT_ONE);
  return rows.map(asEvent);
}

/** How many events are in each state. */
export async function countEvents(ctx: Ctx): Promise<Record<StripeEvent["state"], number>> {
  requireStaff(ctx);
  const rows = await ctx.db
    .select({ state: stripeEvents.state, count: count() })
    .from(stripeEvents)
    .groupBy(stripeEvents.state);
  const none = { new: 0, done: 0, ignored: 0, parked: 0, failed: 0 };
  return { ...none, ...Object.fromEntries(rows.map((row) => [row.state, row.count])) };
}

/** How many events go through no more by themselves, or only after hours, for whoever is to be woken by it. */
export async function countFailed({ db }: Pick<Ctx, "db">): Promise<number> {
  return db.$count(stripeEvents, eq(stripeEvents.state, "failed"));
}

export function asEvent(row: EventRow): StripeEvent {
  const { id, type, account, subject, state, attempts, via, createdAt, receivedAt, doneAt, note } = row;
  return { id, type, account, subject, state, attempts, via, createdAt, receivedAt, doneAt, note };
}

/** When the oldest event happened that nobody has tried yet, for whoever moves the clock. */
export async function oldestUntried({ db }: Pick<Ctx, "db">): Promise<Date | null> {
  const [row] = await db
    .select({ at: min(stripeEvents.createdAt) })
    .from(stripeEvents)
    .where(and(eq(stripeEvents.state, "new"), or(eq(stripeEvents.attempts, 0), isNotNull(stripeEvents.leasedUntil))));
  return row?.at ?? null;
}
