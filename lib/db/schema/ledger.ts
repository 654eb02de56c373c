import { type SQL, sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import type { Id } from "@/lib/ids";
import type { AccountPot, Asset, HousePot } from "@/lib/pots";
import { accounts } from "./accounts";
import { instant } from "./columns";

const oneOf = (column: AnyPgColumn, names: readonly string[]): SQL =>
  sql`${column} in (${sql.raw(names.map((name) => `'${name}'`).join(", "))})`;

const units = () => bigint({ mode: "number" });

/**
 * One row is what lies in one pot of one account. Only `post_transfer` writes it, together with the
 * entries that it is the sum of. Its lock is also the lock of the pot's lots.
 */
export const pots = pgTable(
  "pots",
  {
    accountId: text()
      .$type<Id<"account">>()
      .notNull()
      .references(() => accounts.id),
    kind: text().$type<AccountPot>().notNull(),
    balance: units().notNull(),
    /** Counts the transfers that touched it; the newest entry carries the same number. */
    version: integer().notNull(),
    /** Since when nothing may be spent from it. */
    frozenAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.kind] }),
    check("pots_kind", sql`is_account_pot(${table.kind})`),
    // Above this a number is no longer exact in JavaScript.
    check("pots_balance", sql`${table.balance} between 0 and 9007199254740991`),
  ],
);

/**
 * One row is one balanced movement. Rows are never changed or removed; a mistake is undone by a transfer the other way.
 */
export const transfers = pgTable(
  "transfers",
  {
    id: text().$type<Id<"transfer">>().primaryKey(),
    /** What made it happen, such as `payment:payment_…:settled`. Unique, so that nothing moves twice. */
    cause: text().notNull().unique("transfers_cause"),
    /** What sort of movement it is, such as `credits.bought`. */
    kind: text().notNull(),
    /** The transfer that this one undoes. */
    reversesId: text()
      .$type<Id<"transfer">>()
      .references((): AnyPgColumn => transfers.id),
    actorKind: text().$type<"user" | "key" | "system" | "guest">().notNull(),
    actorId: text().notNull(),
    requestId: text().notNull(),
    /** What a reader is shown: how the amount came about, and what it belongs to. */
    detail: jsonb().$type<Record<string, unknown>>().notNull(),
    /** Where the price of the credits went that this transfer used up. */
    recognises: text().$type<HousePot>(),
    /** A digest of what was asked for, so that one cause never stands for two things. */
    asked: text().notNull(),
    /** Business time. */
    effectiveAt: instant().notNull(),
    /** The database's own time, which nothing moves. */
    bookedAt: instant().notNull().default(sql`clock_timestamp()`),
  },
  (table) => [
    uniqueIndex("transfers_reverses").on(table.reversesId).where(sql`${table.reversesId} is not null`),
    index("transfers_booked").on(table.bookedAt),
    index("transfers_request").on(table.requestId),
  ],
);

/** One row is one leg of a transfer: what it put into a pot, or took out. The legs of a transfer sum to zero for each asset. */
export const entries = pgTable(
  "entries",
  {
    transferId: text()
      .$type<Id<"transfer">>()
      .notNull()
      .references(() => transfers.id),
    leg: smallint().notNull(),
    /** Null in a pot of the house. */
    accountId: text().$type<Id<"account">>(),
    pot: text().$type<AccountPot | HousePot>().notNull(),
    asset: text().$type<Asset>().notNull(),
    amount: units().notNull(),
    /** The pot's balance and version once the whole transfer is in. Null in a pot of the house, which has neither. */
    balanceAfter: units(),
    potVersion: integer(),
  },
  (table) => [
    primaryKey({ columns: [table.transferId, table.leg] }),
    index("entries_pot").on(table.accountId, table.pot, table.potVersion).where(sql`${table.accountId} is not null`),
    check("entries_amount", sql`${table.amount} <> 0`),
    check(
      "entries_fit",
      sql`entry_fits(${table.accountId}, ${table.pot}, ${table.asset}, ${table.amount}, ${table.balanceAfter}, ${table.potVersion})`,
    ),
  ],
);

/**
 * One row is what came into a pot at once: it keeps its price, is used up in its turn, and may run out.
 * The sum of what remains is the pot's balance.
 */
export const lots = pgTable(
  "lots",
  {
    id: text().$type<Id<"lot">>().primaryKey(),
    accountId: text().$type<Id<"account">>().notNull(),
    pot: text().$type<AccountPot>().notNull(),
    kind: text().$type<"promotional" | "bonus" | "paid">().notNull(),
    transferId: text()
      .$type<Id<"transfer">>()
      .notNull()
      .references(() => transfers.id),
    amount: units().notNull(),
    remaining: units().notNull(),
    /** How much of it is gone for good: used, run out or taken back. What is neither here nor gone is held. */
    gone: units().notNull().default(0),
    /** What was paid for all of it, in micros. Its share of what is gone has left `deferred`. */
    price: units().notNull(),
    /** The lower is used first, before anything else is looked at. */
    priority: smallint().notNull().default(50),
    /** What it may be spent on; anything where this is null. */
    uses: text().array(),
    effectiveAt: instant().notNull(),
    expiresAt: instant(),
    /** Whether anything remains. Indexes look at this and not at what remains, so that spending from a lot touches none of them. */
    live: boolean().notNull().generatedAlwaysAs(sql`remaining > 0`),
  },
  (table) => [
    foreignKey({
      columns: [table.accountId, table.pot],
      foreignColumns: [pots.accountId, pots.kind],
      name: "lots_pot",
    }),
    // In the order in which they are used up.
    index("lots_live")
      .on(
        table.accountId,
        table.pot,
        table.priority,
        sql`array_position(ARRAY['promotional', 'bonus', 'paid'], ${table.kind})`,
        table.expiresAt,
        table.effectiveAt,
        table.id,
      )
      .where(sql`${table.live}`),
    index("lots_expiry").on(table.expiresAt).where(sql`${table.live} and ${table.expiresAt} is not null`),
    index("lots_transfer").on(table.transferId),
    check("lots_pot_kind", oneOf(table.pot, ["wallet", "credits"])),
    check("lots_kind", oneOf(table.kind, ["promotional", "bonus", "paid"])),
    check("lots_amount", sql`${table.amount} > 0 and ${table.price} >= 0`),
    check(
      "lots_remaining",
      sql`${table.remaining} >= 0 and ${table.gone} >= 0 and ${table.remaining} + ${table.gone} <= ${table.amount}`,
    ),
  ],
);

/** One row is what one transfer took from one lot, or gave back to it. What is given back names the transfer that took it. */
export const allocations = pgTable(
  "allocations",
  {
    transferId: text()
      .$type<Id<"transfer">>()
      .notNull()
      .references(() => transfers.id),
    turn: integer().notNull(),
    lotId: text()
      .$type<Id<"lot">>()
      .notNull()
      .references(() => lots.id),
    /** Below zero when taken, above when given back. */
    amount: units().notNull(),
    returnsId: text()
      .$type<Id<"transfer">>()
      .references(() => transfers.id),
  },
  (table) => [
    primaryKey({ columns: [table.transferId, table.turn] }),
    index("allocations_lot").on(table.lotId),
    index("allocations_returns").on(table.returnsId).where(sql`${table.returnsId} is not null`),
    check(
      "allocations_amount",
      sql`(${table.amount} < 0 and ${table.returnsId} is null) or (${table.amount} > 0 and ${table.returnsId} is not null)`,
    ),
  ],
);

/** One row is something set aside for a purpose before it is delivered: used up to its amount, and the rest given back. */
export const holds = pgTable(
  "holds",
  {
    id: text().$type<Id<"hold">>().primaryKey(),
    accountId: text().$type<Id<"account">>().notNull(),
    pot: text().$type<AccountPot>().notNull(),
    amount: units().notNull(),
    settled: units().notNull().default(0),
    state: text().$type<"open" | "settled" | "released" | "expired">().notNull().default("open"),
    /** What it is for, such as `session`, which one, and which increment of it. */
    purpose: text().notNull(),
    purposeId: text().notNull(),
    turn: integer().notNull(),
    /** The transfer that set it aside, whose lots get back what is not used. */
    transferId: text()
      .$type<Id<"transfer">>()
      .notNull()
      .references(() => transfers.id),
    closedBy: text()
      .$type<Id<"transfer">>()
      .references(() => transfers.id),
    /** Elapsed time: a hold guards something that is being delivered. */
    expiresAt: instant().notNull(),
  },
  (table) => [
    foreignKey({
      columns: [table.accountId, table.pot],
      foreignColumns: [pots.accountId, pots.kind],
      name: "holds_pot",
    }),
    uniqueIndex("holds_purpose").on(table.purpose, table.purposeId, table.turn),
    uniqueIndex("holds_transfer").on(table.transferId),
    uniqueIndex("holds_closed_by").on(table.closedBy).where(sql`${table.closedBy} is not null`),
    index("holds_open").on(table.expiresAt).where(sql`${table.state} = 'open'`),
    index("holds_account").on(table.accountId, table.pot).where(sql`${table.state} = 'open'`),
    check("holds_pot_kind", oneOf(table.pot, ["wallet", "credits"])),
    check("holds_state", oneOf(table.state, ["open", "settled", "released", "expired"])),
    check("holds_settled", sql`${table.amount} > 0 and ${table.settled} between 0 and ${table.amount}`),
    check("holds_closed", sql`(${table.state} = 'open') = (${table.closedBy} is null)`),
  ],
);

/** One row is one transfer's place in the chain: its hash covers the transfer, its entries, and every link before it. */
export const links = pgTable("links", {
  position: units().primaryKey(),
  transferId: text()
    .$type<Id<"transfer">>()
    .notNull()
    .unique("links_transfer")
    .references(() => transfers.id),
  digest: text().notNull(),
  hash: text().notNull(),
});
