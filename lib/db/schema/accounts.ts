import { sql } from "drizzle-orm";
import { boolean, check, index, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { Id } from "@/lib/ids";
import type { Role } from "@/lib/scopes";
import { instant, stampedNow } from "./columns";

/** One row is a person who signs in. The address is stored in lower case. */
export const users = pgTable(
  "users",
  {
    id: text().$type<Id<"user">>().primaryKey(),
    email: text().notNull(),
    name: text().notNull(),
    passwordHash: text().notNull(),
    emailVerifiedAt: instant(),
    /** Works for the operator. Granted on the command line, never over the network. */
    isStaff: boolean().notNull().default(false),
    createdAt: stampedNow(),
    /** A closed user keeps the row, without name, address or password, for the sake of the books. */
    closedAt: instant(),
  },
  (table) => [
    uniqueIndex("users_email").on(table.email),
    check("users_email_lower", sql`${table.email} = lower(${table.email})`),
  ],
);

/** One row is somebody who pays and owns things: a person alone, or a team. */
export const accounts = pgTable(
  "accounts",
  {
    id: text().$type<Id<"account">>().primaryKey(),
    name: text().notNull(),
    kind: text().$type<"personal" | "team">().notNull(),
    createdAt: stampedNow(),
    closedAt: instant(),
  },
  (table) => [check("accounts_kind", sql`${table.kind} in ('personal', 'team')`)],
);

/** One row is one user's place in one account. */
export const memberships = pgTable(
  "memberships",
  {
    accountId: text()
      .$type<Id<"account">>()
      .notNull()
      .references(() => accounts.id),
    userId: text()
      .$type<Id<"user">>()
      .notNull()
      .references(() => users.id),
    role: text().$type<Role>().notNull(),
    joinedAt: stampedNow(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.userId] }),
    index("memberships_user").on(table.userId),
    check("memberships_role", sql`${table.role} in ('owner', 'admin', 'billing', 'member')`),
  ],
);

/** One row is one invitation by mail. Only the hash of its token is kept. */
export const invitations = pgTable(
  "invitations",
  {
    id: text().$type<Id<"invite">>().primaryKey(),
    accountId: text()
      .$type<Id<"account">>()
      .notNull()
      .references(() => accounts.id),
    email: text().notNull(),
    role: text().$type<Role>().notNull(),
    tokenHash: text().notNull().unique("invitations_token"),
    invitedBy: text()
      .$type<Id<"user">>()
      .notNull()
      .references(() => users.id),
    createdAt: stampedNow(),
    expiresAt: instant().notNull(),
    acceptedAt: instant(),
    revokedAt: instant(),
  },
  (table) => [
    uniqueIndex("invitations_open")
      .on(table.accountId, table.email)
      .where(sql`${table.acceptedAt} is null and ${table.revokedAt} is null`),
    check("invitations_role", sql`${table.role} in ('owner', 'admin', 'billing', 'member')`),
  ],
);
