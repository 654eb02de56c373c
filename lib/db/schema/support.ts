import { sql } from "drizzle-orm";
import { check, index, pgTable, text } from "drizzle-orm/pg-core";
import type { Id } from "@/lib/ids";
import { accounts, users } from "./accounts";
import { instant, stampedNow } from "./columns";

/** One row is one thing that somebody asked the operator's staff. */
export const supportRequests = pgTable(
  "support_requests",
  {
    id: text().$type<Id<"support">>().primaryKey(),
    accountId: text()
      .$type<Id<"account">>()
      .notNull()
      .references(() => accounts.id),
    userId: text()
      .$type<Id<"user">>()
      .notNull()
      .references(() => users.id),
    subject: text().notNull(),
    /** The X-Request-Id of the request that it is about. */
    relatesTo: text(),
    /** What the account's plans gave when its person last wrote. */
    level: text().$type<"standard" | "priority" | "phone" | "dedicated">().notNull(),
    state: text().$type<"open" | "answered" | "closed">().notNull().default("open"),
    /** Since when its person waits for an answer; the oldest is answered first. */
    waitingSince: stampedNow(),
    createdAt: stampedNow(),
    updatedAt: stampedNow(),
    closedAt: instant(),
  },
  (table) => [
    index("support_requests_user").on(table.userId, table.accountId, table.id),
    index("support_requests_state").on(table.state, table.waitingSince),
    check("support_requests_level", sql`${table.level} in ('standard', 'priority', 'phone', 'dedicated')`),
    check("support_requests_state", sql`${table.state} in ('open', 'answered', 'closed')`),
    check("support_requests_closed", sql`(${table.state} = 'closed') = (${table.closedAt} is not null)`),
  ],
);

/** One row is what one of the two sides wrote. Never changed. */
export const supportMessages = pgTable(
  "support_messages",
  {
    id: text().$type<Id<"message">>().primaryKey(),
    requestId: text()
      .$type<Id<"support">>()
      .notNull()
      .references(() => supportRequests.id),
    side: text().$type<"person" | "staff">().notNull(),
    userId: text()
      .$type<Id<"user">>()
      .notNull()
      .references(() => users.id),
    body: text().notNull(),
    createdAt: stampedNow(),
  },
  (table) => [
    index("support_messages_request").on(table.requestId, table.id),
    check("support_messages_side", sql`${table.side} in ('person', 'staff')`),
  ],
);
