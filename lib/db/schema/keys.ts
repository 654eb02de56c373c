import { sql } from "drizzle-orm";
import { boolean, check, index, pgTable, text } from "drizzle-orm/pg-core";
import type { Id } from "@/lib/ids";
import type { KeyScope } from "@/lib/scopes";
import { accounts, users } from "./accounts";
import { instant, stampedNow } from "./columns";

/** One row is one API key. The secret is shown once; only its SHA-256 is kept. */
export const keys = pgTable(
  "keys",
  {
    id: text().$type<Id<"key">>().primaryKey(),
    accountId: text()
      .$type<Id<"account">>()
      .notNull()
      .references(() => accounts.id),
    createdBy: text()
      .$type<Id<"user">>()
      .notNull()
      .references(() => users.id),
    name: text().notNull(),
    label: text().$type<"mk" | "nk" | "mpk">().notNull(),
    /** Label and the ten letters that name it in public: what a list shows with the last four, and what verification finds it by. */
    prefix: text().notNull().unique("keys_prefix"),
    lastFour: text().notNull(),
    secretHash: text().notNull().unique("keys_secret_hash"),
    scopes: text().array().$type<KeyScope[]>().notNull(),
    /** Origins a browser may use it from, besides our own and localhost. */
    allowedOrigins: text().array().notNull().default(sql`'{}'`),
    /** Whether `?api_key=` is accepted below /api/v1. */
    allowQuery: boolean().notNull().default(true),
    createdAt: stampedNow(),
    expiresAt: instant(),
    lastUsedAt: instant(),
    /** Stops working at this instant; in the future while a replaced key overlaps its successor. */
    revokedAt: instant(),
    replacedBy: text().$type<Id<"key">>(),
  },
  (table) => [
    index("keys_account").on(table.accountId, table.id),
    check("keys_label", sql`${table.label} in ('mk', 'nk', 'mpk')`),
  ],
);
