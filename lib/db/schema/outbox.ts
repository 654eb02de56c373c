import { sql } from "drizzle-orm";
import { bigserial, check, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { Id } from "@/lib/ids";
import { users } from "./accounts";
import { instant, stampedNow, transactionId } from "./columns";

/**
 * One row is one effect that leaves after its transaction commits. Workers
 * lease mail; every web process reads socket effects by cursor, in commit order.
 */
export const outbox = pgTable(
  "outbox",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    transactionId: transactionId().notNull().default(sql`pg_current_xact_id()`),
    kind: text().$type<"mail" | "socket">().notNull(),
    payload: jsonb().notNull(),
    createdAt: stampedNow(),
    dueAt: stampedNow(),
    attempts: integer().notNull().default(0),
    leasedUntil: instant(),
    doneAt: instant(),
    /** Gave up after the last try; an operator looks at it. */
    deadAt: instant(),
    lastError: text(),
  },
  (table) => [
    index("outbox_mail_due")
      .on(table.dueAt)
      .where(sql`${table.kind} = 'mail' and ${table.doneAt} is null and ${table.deadAt} is null`),
    index("outbox_socket_cursor").on(table.transactionId, table.id).where(sql`${table.kind} = 'socket'`),
    check("outbox_kind", sql`${table.kind} in ('mail', 'socket')`),
  ],
);

/** One row is one mail in the local mailbox. Production sends by SMTP and keeps none. */
export const mails = pgTable(
  "mails",
  {
    id: text().$type<Id<"mail">>().primaryKey(),
    recipient: text().notNull(),
    subject: text().notNull(),
    text: text().notNull(),
    html: text().notNull(),
    headers: jsonb().$type<Record<string, string>>().notNull().default({}),
    sentAt: stampedNow(),
  },
  (table) => [index("mails_sent").on(table.sentAt)],
);

/** One row is one kind of mail that one user does not want. What is required cannot be refused. */
export const mailRefusals = pgTable(
  "mail_refusals",
  {
    userId: text()
      .$type<Id<"user">>()
      .notNull()
      .references(() => users.id),
    kind: text().$type<"reminders" | "usage" | "webhooks" | "support">().notNull(),
    at: stampedNow(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.kind] }),
    check("mail_refusals_kind", sql`${table.kind} in ('reminders', 'usage', 'webhooks', 'support')`),
  ],
);

/** One row tells every process that a key or a login ended. Read by NOTIFY and by poll. */
export const revocations = pgTable(
  "revocations",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    transactionId: transactionId().notNull().default(sql`pg_current_xact_id()`),
    kind: text().$type<"key" | "login">().notNull(),
    subjectId: text().notNull(),
    at: stampedNow(),
  },
  (table) => [
    index("revocations_cursor").on(table.transactionId, table.id),
    check("revocations_kind", sql`${table.kind} in ('key', 'login')`),
  ],
);
