import { sql } from "drizzle-orm";
import { check, jsonb, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import type { Id } from "@/lib/ids";
import { accounts } from "./accounts";
import { instant, stampedNow } from "./columns";

/** One row is what an account may use of one family of plans, and until when. Its lock is the lock of what is counted against it. */
export const entitlementGrants = pgTable(
  "entitlement_grants",
  {
    accountId: text()
      .$type<Id<"account">>()
      .notNull()
      .references(() => accounts.id),
    family: text().$type<"rooms" | "compute" | "gateway">().notNull(),
    /** Read by the family's own schema. */
    features: jsonb().notNull(),
    /** Business time, from the first instant to before the last. */
    periodStart: instant().notNull(),
    periodEnd: instant().notNull(),
    grantedAt: stampedNow(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.family] }),
    check("entitlement_grants_family", sql`${table.family} in ('rooms', 'compute', 'gateway')`),
    check("entitlement_grants_period", sql`${table.periodStart} < ${table.periodEnd}`),
  ],
);

/** One row is one warning that was given in a period, so that nobody hears it twice. */
export const limitWarnings = pgTable(
  "limit_warnings",
  {
    accountId: text()
      .$type<Id<"account">>()
      .notNull()
      .references(() => accounts.id),
    kind: text().$type<"room-minutes" | "rooms">().notNull(),
    periodStart: instant().notNull(),
    percent: smallint().notNull(),
    warnedAt: stampedNow(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.kind, table.periodStart, table.percent] })],
);
