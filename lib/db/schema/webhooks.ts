import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { Id } from "@/lib/ids";
import { accounts, users } from "./accounts";
import { instant, stampedNow } from "./columns";

/** One row is one address of a user's own, to which an account's events are sent. */
export const endpoints = pgTable(
  "endpoints",
  {
    id: text().$type<Id<"endpoint">>().primaryKey(),
    accountId: text()
      .$type<Id<"account">>()
      .notNull()
      .references(() => accounts.id),
    url: text().notNull(),
    description: text().notNull(),
    /** The types it listens to; empty means all of them. */
    events: text().array().notNull(),
    /** Sealed. It signs every request, so it cannot be a hash. */
    secret: text().notNull(),
    /** Signs beside the other one until then, after a rotation. */
    previousSecret: text(),
    previousUntil: instant(),
    state: text().$type<"enabled" | "disabled">().notNull().default("enabled"),
    /** Why it is disabled: by somebody, because it answered 410, or because it took nothing for days. */
    reason: text().$type<"by_hand" | "gone" | "failing">(),
    stateSince: stampedNow(),
    /** The first failure after the last success. */
    failingSince: instant(),
    createdBy: text()
      .$type<Id<"user">>()
      .notNull()
      .references(() => users.id),
    createdAt: stampedNow(),
  },
  (table) => [
    index("endpoints_account").on(table.accountId, table.id),
    check("endpoints_state", sql`${table.state} in ('enabled', 'disabled')`),
    check("endpoints_reason", sql`${table.reason} in ('by_hand', 'gone', 'failing')`),
    check("endpoints_why", sql`(${table.state} = 'disabled') = (${table.reason} is not null)`),
    check("endpoints_previous", sql`(${table.previousSecret} is null) = (${table.previousUntil} is null)`),
  ],
);

/** One row is something that happened in an account, in the words and bytes that its receivers get. */
export const events = pgTable(
  "events",
  {
    id: text().$type<Id<"event">>().primaryKey(),
    accountId: text()
      .$type<Id<"account">>()
      .notNull()
      .references(() => accounts.id),
    type: text().notNull(),
    body: text().notNull(),
    createdAt: stampedNow(),
  },
  (table) => [
    index("events_account").on(table.accountId, table.createdAt),
    index("events_created").on(table.createdAt),
  ],
);

/** One row is the plan to bring one event to one endpoint, and what came of the latest try. */
export const deliveries = pgTable(
  "deliveries",
  {
    endpointId: text().$type<Id<"endpoint">>().notNull(),
    eventId: text().$type<Id<"event">>().notNull(),
    accountId: text().$type<Id<"account">>().notNull(),
    state: text().$type<"waiting" | "delivered" | "failed">().notNull().default("waiting"),
    attempts: integer().notNull().default(0),
    dueAt: stampedNow(),
    /** Until then somebody has it in hand. */
    leasedUntil: instant(),
    triedAt: instant(),
    status: integer(),
    /** The first kilobyte of the answer. */
    answer: text(),
    durationMs: integer(),
    /** What went wrong, as a sentence. */
    failure: text(),
  },
  (table) => [
    primaryKey({ columns: [table.endpointId, table.eventId] }),
    foreignKey({ columns: [table.endpointId], foreignColumns: [endpoints.id] }).onDelete("cascade"),
    foreignKey({ columns: [table.eventId], foreignColumns: [events.id] }).onDelete("cascade"),
    index("deliveries_event").on(table.eventId),
    index("deliveries_due").on(table.dueAt).where(sql`${table.state} = 'waiting'`),
    check("deliveries_state", sql`${table.state} in ('waiting', 'delivered', 'failed')`),
  ],
);
