import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { instant, stampedNow } from "./columns";
import type { StripeMode } from "./payments";

/**
 * One row is one event of Stripe, recorded once however often and by whatever way it comes. It is a hint:
 * the object that it names is asked for again before anything changes.
 */
export const stripeEvents = pgTable(
  "stripe_events",
  {
    id: text().primaryKey(),
    stripe: text().$type<StripeMode>().notNull(),
    type: text().notNull(),
    /** Of a connected account; null where it is ours. */
    account: text(),
    /** The id of what has to be looked at, such as the intent of a charge. */
    subject: text(),
    apiVersion: text(),
    livemode: boolean().notNull(),
    /** When it happened, by Stripe's clock. */
    createdAt: instant().notNull(),
    via: text().$type<"webhook" | "reconciliation">().notNull(),
    /** `ignored`: nothing of ours. `parked`: nobody here knows what to do with it. `failed`: given up, for staff to replay. */
    state: text().$type<"new" | "done" | "ignored" | "parked" | "failed">().notNull().default("new"),
    attempts: integer().notNull().default(0),
    receivedAt: stampedNow(),
    dueAt: stampedNow(),
    leasedUntil: instant(),
    doneAt: instant(),
    /** Why it is where it is. */
    note: text(),
  },
  (table) => [
    index("stripe_events_due").on(table.dueAt).where(sql`${table.state} = 'new'`),
    index("stripe_events_received").on(table.receivedAt),
    check("stripe_events_state", sql`${table.state} in ('new', 'done', 'ignored', 'parked', 'failed')`),
    check("stripe_events_via", sql`${table.via} in ('webhook', 'reconciliation')`),
  ],
);

/** One row is how far the events of one Stripe were read in order. */
export const stripeCursors = pgTable("stripe_cursors", {
  stripe: text().$type<StripeMode>().primaryKey(),
  /** The newest event that was read, by Stripe's clock. */
  reachedAt: instant().notNull(),
  lookedAt: stampedNow(),
});
