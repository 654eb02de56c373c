import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { Id } from "@/lib/ids";
import { type Micros, micros } from "@/lib/money";
import type { PlanFamily } from "@/lib/plans/catalogue";
import { accounts } from "./accounts";
import { instant } from "./columns";
import { transfers } from "./ledger";
import type { StripeMode } from "./payments";
import { subscriptions } from "./subscriptions";

const money = () => bigint({ mode: "number" }).$type<Micros>();
const accountId = () =>
  text()
    .$type<Id<"account">>()
    .notNull()
    .references(() => accounts.id);

/** One row is one invoice as Stripe has it. Once it is paid or void its sums never change. */
export const invoices = pgTable(
  "invoices",
  {
    id: text().$type<Id<"invoice">>().primaryKey(),
    accountId: accountId(),
    subscriptionId: text()
      .$type<Id<"subscription">>()
      .references(() => subscriptions.id),
    family: text().$type<PlanFamily>(),
    stripe: text().$type<StripeMode>().notNull(),
    stripeId: text().notNull().unique("invoices_stripe"),
    /** Null until it is final. */
    number: text(),
    state: text().$type<"draft" | "open" | "paid" | "void" | "uncollectible">().notNull(),
    /** Why Stripe made it, in Stripe's word. */
    reason: text().notNull(),
    subtotal: money().notNull(),
    discount: money().notNull(),
    tax: money().notNull(),
    total: money().notNull(),
    /** What is asked for: the total, less what the customer has standing, and nothing below Stripe's smallest charge. */
    amountDue: money().notNull(),
    amountPaid: money().notNull(),
    /** What of that was paid back. */
    refunded: money().notNull().default(micros(0)),
    /** Whom it is made out to, as Stripe prints it, line by line. */
    billedTo: text().array().notNull().default([]),
    taxId: text(),
    hostedUrl: text(),
    pdfUrl: text(),
    intentId: text().unique("invoices_intent"),
    /** What Stripe took for its payment, once it says so. */
    fee: money(),
    /** How it was paid, as people call it. */
    method: text(),
    /** Why the last try failed, in Stripe's words for the payer. */
    failure: text(),
    attempts: integer().notNull().default(0),
    nextTryAt: instant(),
    periodStart: instant().notNull(),
    periodEnd: instant().notNull(),
    createdAt: instant().notNull(),
    finalizedAt: instant(),
    dueAt: instant(),
    paidAt: instant(),
    /** What booked its money. */
    transferId: text()
      .$type<Id<"transfer">>()
      .references(() => transfers.id),
    /** What its account has been told of already. */
    wasAnnounced: boolean().notNull().default(false),
    failuresTold: integer().notNull().default(0),
    /** How often what Stripe says was written here. Whoever asked before the last time asks again. */
    seen: integer().notNull().default(0),
  },
  (table) => [
    index("invoices_account").on(table.accountId, table.createdAt, table.id),
    index("invoices_subscription").on(table.subscriptionId),
    check("invoices_state", sql`${table.state} in ('draft', 'open', 'paid', 'void', 'uncollectible')`),
    check("invoices_paid", sql`(${table.state} = 'paid') = (${table.paidAt} is not null)`),
    check("invoices_amounts", sql`${table.amountDue} >= 0 and ${table.amountPaid} >= 0`),
    check("invoices_refunded", sql`${table.refunded} between 0 and ${table.amountPaid}`),
  ],
);

/** One row is one line of an invoice. A credit for what was not used is below zero. */
export const invoiceLines = pgTable(
  "invoice_lines",
  {
    invoiceId: text()
      .$type<Id<"invoice">>()
      .notNull()
      .references(() => invoices.id),
    accountId: accountId(),
    position: integer().notNull(),
    title: text().notNull(),
    quantity: integer(),
    amount: money().notNull(),
    isProration: boolean().notNull(),
    periodStart: instant().notNull(),
    periodEnd: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.invoiceId, table.position] })],
);
