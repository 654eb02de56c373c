import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import type { Id } from "@/lib/ids";
import { accounts, users } from "./accounts";
import { instant, stampedNow } from "./columns";

/** One row is one time that somebody signed in, from a browser or over the API. Tokens name it; revoking it stops them all. */
export const logins = pgTable(
  "logins",
  {
    id: text().$type<Id<"login">>().primaryKey(),
    userId: text()
      .$type<Id<"user">>()
      .notNull()
      .references(() => users.id),
    /** The account that this login acts for now. */
    accountId: text()
      .$type<Id<"account">>()
      .notNull()
      .references(() => accounts.id),
    via: text().$type<"browser" | "api">().notNull(),
    ip: text().notNull(),
    userAgent: text().notNull(),
    createdAt: stampedNow(),
    lastSeenAt: stampedNow(),
    expiresAt: instant().notNull(),
    revokedAt: instant(),
  },
  (table) => [
    index("logins_user").on(table.userId, table.createdAt),
    check("logins_via", sql`${table.via} in ('browser', 'api')`),
  ],
);

/** One row counts the failed passwords for one address from one network, known to us or not. A right password removes it. */
export const loginFailures = pgTable("login_failures", {
  emailHash: text().primaryKey(),
  failures: integer().notNull(),
  lastAt: stampedNow(),
  blockedUntil: instant().notNull(),
});

/** One row is a secret sent by mail that works once. Only its hash is kept. */
export const mailTokens = pgTable(
  "mail_tokens",
  {
    id: text().$type<Id<"token">>().primaryKey(),
    userId: text()
      .$type<Id<"user">>()
      .notNull()
      .references(() => users.id),
    purpose: text().$type<"verify_email" | "reset_password">().notNull(),
    /** The address it was sent to: a token for an old address proves nothing about a new one. */
    email: text().notNull(),
    tokenHash: text().notNull().unique("mail_tokens_hash"),
    createdAt: stampedNow(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
  },
  (table) => [
    index("mail_tokens_user").on(table.userId, table.purpose),
    check("mail_tokens_purpose", sql`${table.purpose} in ('verify_email', 'reset_password')`),
  ],
);
