import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, pgTable, smallint, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { Id } from "@/lib/ids";
import type { Micros } from "@/lib/money";
import { accounts } from "./accounts";
import { instant } from "./columns";
import type { StripeMode } from "./payments";

const money = () => bigint({ mode: "number" }).$type<Micros>();
const accountId = () =>
  text()
    .$type<Id<"account">>()
    .notNull()
    .references(() => accounts.id);

/** One row is one card or bank account that an account keeps at one Stripe. We know no more of it than is printed here. */
export const cards = pgTable(
  "cards",
  {
    id: text().$type<Id<"card">>().primaryKey(),
    accountId: accountId(),
    stripe: text().$type<StripeMode>().notNull(),
    methodId: text().notNull().unique("cards_method"),
    kind: text().$type<"card" | "bank">().notNull(),
    brand: text().notNull(),
    last4: text().notNull(),
    /** Null for a bank account, which does not expire. */
    expMonth: smallint(),
    expYear: smallint(),
    /** What is charged where nobody says which. */
    isDefault: boolean().notNull().default(false),
    addedAt: instant().notNull(),
    removedAt: instant(),
  },
  (table) => [
    index("cards_account").on(table.accountId, table.stripe).where(sql`${table.removedAt} is null`),
    uniqueIndex("cards_default").on(table.accountId, table.stripe).where(sql`${table.isDefault}`),
    check("cards_kind", sql`${table.kind} in ('card', 'bank')`),
    check("cards_gone", sql`not (${table.isDefault} and ${table.removedAt} is not null)`),
  ],
);

/**
 * One row is how an account has its wallet kept: filled by itself below a threshold, and spent from within limits.
 * Without a row nothing is filled and nothing limited.
 */
export const walletSettings = pgTable(
  "wallet_settings",
  {
    accountId: accountId().primaryKey(),
    /** All three or none. */
    autoThreshold: money(),
    autoAmount: money(),
    autoMonthlyCap: money(),
    /** Why it fills nothing for now: the bank refused, or wants to see the owner. */
    autoPaused: text().$type<"declined" | "needs_you" | "no_card" | "cap_reached">(),
    /** What the bank said, in words for the owner. */
    autoTrouble: text(),
    /** The card that was refused. Once another one is the default, that is tried. */
    autoFailedCard: text().$type<Id<"card">>(),
    dailyLimit: money(),
    weeklyLimit: money(),
    /** Limits that are looser than today's, and when they begin. */
    nextDailyLimit: money(),
    nextWeeklyLimit: money(),
    limitsChangeAt: instant(),
    /** Until then nothing is spent, because somebody asked for a rest. */
    coolOffUntil: instant(),
    /** Counts the changes, so that a page that was open does not overwrite another's. */
    version: integer().notNull().default(1),
  },
  (table) => [
    check(
      "wallet_auto_whole",
      sql`num_nulls(${table.autoThreshold}, ${table.autoAmount}, ${table.autoMonthlyCap}) in (0, 3)`,
    ),
    check(
      "wallet_auto_sane",
      sql`${table.autoAmount} > 0 and ${table.autoAmount} % 10000 = 0 and ${table.autoThreshold} > 0 and ${table.autoMonthlyCap} >= ${table.autoAmount}`,
    ),
    check("wallet_auto_paused", sql`${table.autoPaused} in ('declined', 'needs_you', 'no_card', 'cap_reached')`),
    check("wallet_limits", sql`${table.dailyLimit} >= 0 and ${table.weeklyLimit} >= 0`),
    index("wallet_auto").on(table.accountId).where(sql`${table.autoAmount} is not null`),
  ],
);
