import { sql } from "drizzle-orm";
import {
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
import type { Micros } from "@/lib/money";
import type { BillingInterval, PlanFamily, PlanId } from "@/lib/plans/catalogue";
import { accounts } from "./accounts";
import { instant, stampedNow } from "./columns";
import type { StripeMode } from "./payments";

const money = () => bigint({ mode: "number" }).$type<Micros>();
const interval = () => text().$type<BillingInterval>();

/** `new`: Stripe may or may not have it. `refused`, `canceled` and `expired` are over. */
export type SubscriptionState =
  | ("new" | "incomplete" | "trialing" | "active" | "past_due" | "unpaid" | "paused")
  | ("canceled" | "expired" | "refused");

/** One row is what a plan held when somebody first took it up in this form. It never changes, so whoever has it keeps it. */
export const planVersions = pgTable(
  "plan_versions",
  {
    planId: text().$type<PlanId>().notNull(),
    version: smallint().notNull(),
    /** The plan as the catalogue had it, read by the family's own schema. */
    features: jsonb().notNull(),
    createdAt: stampedNow(),
  },
  (table) => [
    primaryKey({ columns: [table.planId, table.version] }),
    uniqueIndex("plan_versions_features").on(table.planId, table.features),
  ],
);

/**
 * One row is one subscription of an account to one family of plans. It is written before Stripe hears of it, and
 * from then on says what Stripe says. Its lock is the lock of what is counted against it.
 */
export const subscriptions = pgTable(
  "subscriptions",
  {
    id: text().$type<Id<"subscription">>().primaryKey(),
    accountId: text()
      .$type<Id<"account">>()
      .notNull()
      .references(() => accounts.id),
    family: text().$type<PlanFamily>().notNull(),
    planId: text().$type<PlanId>().notNull(),
    planVersion: smallint().notNull(),
    interval: interval().notNull(),
    state: text().$type<SubscriptionState>().notNull(),
    /** A digest of the caller's Idempotency-Key, so that a repeat continues this row. */
    requestKey: text(),
    promotionCode: text(),
    trialDays: smallint().notNull().default(0),
    stripe: text().$type<StripeMode>().notNull(),
    stripeId: text().unique("subscriptions_stripe"),
    itemId: text(),
    scheduleId: text(),
    /** A page of Stripe's on which it is paid, until it is. */
    checkoutId: text().unique("subscriptions_checkout"),
    /** Whether Stripe was asked to make it. From then on no page is opened on which it could be paid as well. */
    wasAsked: boolean().notNull().default(false),
    /** Business time. The day and time of month by which everything is counted; it is kept, never derived. */
    anchorAt: instant(),
    periodStart: instant(),
    periodEnd: instant(),
    trialEndsAt: instant(),
    wasTrialTold: boolean().notNull().default(false),
    /** When it ends, if nobody changes their mind. */
    cancelAt: instant(),
    endedAt: instant(),
    /** When the first try failed of what is unpaid. Grace is measured from here. */
    pastDueAt: instant(),
    /** What it becomes at the end of the period. */
    nextPlanId: text().$type<PlanId>(),
    nextInterval: interval(),
    createdAt: instant().notNull(),
    /** By the database's own clock: when Stripe learned of it, and when it is asked next, unless all is known. */
    askedAt: stampedNow(),
    lookAt: instant(),
    /** How often what Stripe says was written here. Whoever asked before the last time asks again. */
    seen: integer().notNull().default(0),
  },
  (table) => [
    foreignKey({
      name: "subscriptions_plan",
      columns: [table.planId, table.planVersion],
      foreignColumns: [planVersions.planId, planVersions.version],
    }),
    uniqueIndex("subscriptions_live")
      .on(table.accountId, table.family)
      .where(sql`${table.state} not in ('canceled', 'expired', 'refused')`),
    uniqueIndex("subscriptions_request")
      .on(table.accountId, table.requestKey)
      .where(sql`${table.requestKey} is not null`),
    index("subscriptions_account").on(table.accountId, table.id),
    index("subscriptions_look").on(table.lookAt).where(sql`${table.lookAt} is not null`),
    check("subscriptions_family", sql`${table.family} in ('rooms', 'compute', 'gateway')`),
    check("subscriptions_interval", sql`${table.interval} in ('month', 'year')`),
    check(
      "subscriptions_state",
      sql`${table.state} in ('new', 'incomplete', 'trialing', 'active', 'past_due', 'unpaid', 'paused', 'canceled', 'expired', 'refused')`,
    ),
    check("subscriptions_next", sql`(${table.nextPlanId} is null) = (${table.nextInterval} is null)`),
    check("subscriptions_period", sql`${table.periodStart} < ${table.periodEnd}`),
    check(
      "subscriptions_known",
      sql`${table.state} in ('new', 'refused') or (${table.stripeId} is not null and ${table.anchorAt} is not null)`,
    ),
  ],
);

/** One row is what a change of plan would cost at one instant. Whoever accepts it pays just that. */
export const planQuotes = pgTable(
  "plan_quotes",
  {
    id: text().$type<Id<"quote">>().primaryKey(),
    accountId: text()
      .$type<Id<"account">>()
      .notNull()
      .references(() => accounts.id),
    subscriptionId: text()
      .$type<Id<"subscription">>()
      .notNull()
      .references(() => subscriptions.id),
    fromPlanId: text().$type<PlanId>().notNull(),
    planId: text().$type<PlanId>().notNull(),
    interval: interval().notNull(),
    promotionCode: text(),
    /** Business time, to the second: the instant at which both halves of the period are measured. */
    prorationAt: instant().notNull(),
    dueNow: money().notNull(),
    createdAt: stampedNow(),
  },
  (table) => [index("plan_quotes_subscription").on(table.subscriptionId, table.id)],
);
