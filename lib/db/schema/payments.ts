import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import type { Id } from "@/lib/ids";
import type { Micros } from "@/lib/money";
import { accounts } from "./accounts";
import { instant, stampedNow } from "./columns";
import { transfers } from "./ledger";

const money = () => bigint({ mode: "number" }).$type<Micros>();
const accountId = () =>
  text()
    .$type<Id<"account">>()
    .notNull()
    .references(() => accounts.id);
const transferId = () =>
  text()
    .$type<Id<"transfer">>()
    .references(() => transfers.id);

/** Which Stripe a row speaks of: what one of them knows, another does not. */
export type StripeMode = "local" | "test" | "live";
const mode = () => text().$type<StripeMode>().notNull();

/** By the database's own clock: since when Stripe knows of it, and when it is asked next, unless it is settled. */
const looks = { askedAt: stampedNow(), lookAt: instant(), looks: integer().notNull().default(0) };

const wholeCents = (column: AnyPgColumn) => sql`${column} > 0 and ${column} % 10000 = 0`;

/** One row is which customer an account is at one Stripe. Without a customer it is being made. */
export const stripeCustomers = pgTable(
  "stripe_customers",
  {
    accountId: accountId(),
    stripe: mode(),
    customerId: text().unique("stripe_customers_customer"),
    /** Part of the cause. Another one is asked for where Stripe may have forgotten the last. */
    attempt: integer().notNull().default(1),
    /** Elapsed time, by which Stripe forgets causes. */
    askedAt: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.stripe] })],
);

/**
 * One row is one attempt to pay us something. It is written before Stripe hears of it. What was bought and
 * its price stand here as they were then.
 */
export const payments = pgTable(
  "payments",
  {
    id: text().$type<Id<"payment">>().primaryKey(),
    accountId: accountId(),
    purpose: text().$type<"credits" | "wallet">().notNull(),
    packageId: smallint(),
    title: text().notNull(),
    credits: integer().notNull(),
    bonusCredits: integer().notNull(),
    price: money().notNull(),
    /** `new` and `unknown`: Stripe may or may not have the intent. `open`: it waits to be paid. */
    state: text()
      .$type<"new" | "unknown" | "open" | "processing" | "succeeded" | "canceled" | "refused">()
      .notNull()
      .default("new"),
    /** Charged by itself, because the wallet fell below its threshold. */
    isAutomatic: boolean().notNull().default(false),
    /** What it charges while nobody sits beside it. */
    methodId: text(),
    /** A digest of the caller's Idempotency-Key, so that a repeat continues this row. */
    requestKey: text(),
    stripe: mode(),
    intentId: text().unique("payments_intent"),
    chargeId: text(),
    cardBrand: text(),
    cardLast4: text(),
    /** Why the last try failed, in Stripe's words for the payer. */
    failure: text(),
    /** What was given back of it, or is about to be. */
    refunded: money().notNull(),
    /** What Stripe took for it, once it says so. */
    fee: money(),
    /** What granted it. */
    transferId: transferId(),
    createdAt: instant().notNull(),
    settledAt: instant(),
    ...looks,
  },
  (table) => [
    uniqueIndex("payments_request").on(table.accountId, table.requestKey).where(sql`${table.requestKey} is not null`),
    // One at a time, so that two who find the wallet low fill it once.
    uniqueIndex("payments_automatic")
      .on(table.accountId)
      .where(sql`${table.isAutomatic} and ${table.state} in ('new', 'unknown', 'open', 'processing')`),
    index("payments_account").on(table.accountId, table.id),
    index("payments_look").on(table.lookAt).where(sql`${table.lookAt} is not null`),
    check("payments_purpose", sql`${table.purpose} in ('credits', 'wallet')`),
    check("payments_automatic", sql`${table.isAutomatic} = (${table.methodId} is not null)`),
    check(
      "payments_state",
      sql`${table.state} in ('new', 'unknown', 'open', 'processing', 'succeeded', 'canceled', 'refused')`,
    ),
    check("payments_price", wholeCents(table.price)),
    check(
      "payments_goods",
      sql`(${table.purpose} = 'credits') = (${table.credits} > 0) and ${table.bonusCredits} >= 0`,
    ),
    check("payments_refunded", sql`${table.refunded} between 0 and ${table.price}`),
    check("payments_granted", sql`(${table.state} = 'succeeded') = (${table.transferId} is not null)`),
  ],
);

const paymentId = () =>
  text()
    .$type<Id<"payment">>()
    .notNull()
    .references(() => payments.id);

/** One row is money on its way back to whoever paid. Its credits are gone from the moment it is written. */
export const refunds = pgTable(
  "refunds",
  {
    id: text().$type<Id<"refund">>().primaryKey(),
    paymentId: paymentId(),
    accountId: accountId(),
    amount: money().notNull(),
    /** What it took: of the paid lot, of the bonus lot. */
    credits: integer().notNull(),
    bonusCredits: integer().notNull(),
    state: text().$type<"new" | "unknown" | "pending" | "succeeded" | "failed" | "refused">().notNull().default("new"),
    reason: text().notNull(),
    requestKey: text(),
    stripeId: text().unique("refunds_stripe"),
    transferId: transferId().notNull(),
    /** What put everything back, where it failed or was refused. */
    undoneBy: transferId(),
    createdAt: instant().notNull(),
    ...looks,
  },
  (table) => [
    uniqueIndex("refunds_request").on(table.paymentId, table.requestKey).where(sql`${table.requestKey} is not null`),
    index("refunds_payment").on(table.paymentId, table.id),
    index("refunds_look").on(table.lookAt).where(sql`${table.lookAt} is not null`),
    check("refunds_state", sql`${table.state} in ('new', 'unknown', 'pending', 'succeeded', 'failed', 'refused')`),
    check("refunds_amount", wholeCents(table.amount)),
    check("refunds_undone", sql`(${table.state} in ('failed', 'refused')) = (${table.undoneBy} is not null)`),
  ],
);

/** One row is one objection of a payer's bank. */
export const disputes = pgTable(
  "disputes",
  {
    id: text().$type<Id<"dispute">>().primaryKey(),
    paymentId: paymentId(),
    accountId: accountId(),
    stripeId: text().notNull().unique("disputes_stripe"),
    amount: money().notNull(),
    reason: text().notNull(),
    /** `inquiry`: the bank asks and has taken nothing. */
    state: text().$type<"inquiry" | "open" | "won" | "lost" | "closed">().notNull(),
    /** What could not be taken back because it was used: credits, or micros of a wallet. */
    owed: bigint({ mode: "number" }).notNull().default(0),
    /** By when the bank wants evidence. */
    dueAt: instant(),
    openedBy: transferId(),
    closedBy: transferId(),
    createdAt: instant().notNull(),
  },
  (table) => [
    index("disputes_payment").on(table.paymentId),
    index("disputes_open").on(table.accountId).where(sql`${table.state} = 'open'`),
    check("disputes_state", sql`${table.state} in ('inquiry', 'open', 'won', 'lost', 'closed')`),
    check("disputes_amount", wholeCents(table.amount)),
  ],
);
