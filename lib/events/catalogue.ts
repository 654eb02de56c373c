import { z } from "zod";
import { idSchema } from "@/lib/input";
import { BILLING_INTERVALS, PLAN_FAMILIES } from "@/lib/plans/catalogue";
import { ROLES } from "@/lib/scopes";

const Money = z.strictObject({ amount: z.string(), currency: z.literal("usd"), micros: z.int() });
const instant = z.iso.datetime();

type Said<S extends z.ZodType> = {
  /** When it comes, in one sentence. */
  says: string;
  facts: S;
  example: z.output<S>;
};

const event = <S extends z.ZodType>(said: Said<S>): Said<S> => said;

const Quota = z.strictObject({
  meter: z.string().describe("What is limited, such as `rooms`"),
  used: z.int(),
  limit: z.int(),
  percent: z.int(),
  resetsAt: instant.describe("When it counts from zero again"),
});

const Invoice = z.strictObject({
  invoiceId: z.string(),
  number: z.string(),
  total: Money,
  periodStart: instant,
  periodEnd: instant,
});

const Plan = z.strictObject({
  subscriptionId: idSchema("subscription"),
  family: z.enum(PLAN_FAMILIES),
  plan: z.string().describe("The plan's id"),
  interval: z.enum(BILLING_INTERVALS),
});
const plan = {
  subscriptionId: "subscription_01ke6zv3s80q4n7xw2m5j9t8cd" as const,
  family: "rooms" as const,
  plan: "rooms-professional",
  interval: "month" as const,
};

const quota = { meter: "rooms", used: 20, limit: 25, percent: 80, resetsAt: "2026-12-14T00:00:00.000Z" };
const invoice = {
  invoiceId: "in_1S2f3G4h5J6k7L8m",
  number: "PAR-2026-000142",
  total: { amount: "103.21", currency: "usd" as const, micros: 103_210_000 },
  periodStart: "2026-11-14T00:00:00.000Z",
  periodEnd: "2026-12-14T00:00:00.000Z",
};
const payment = "payment_01ke6zv3s80q4n7xw2m5j9t8cd" as const;

/** Every event that an account can be told of, and what it says. A verb that emits one adds it here. */
export const EVENTS = {
  "webhook.test": event({
    says: "Somebody pressed the test button. It comes to the tested endpoint alone, once, whatever it listens to.",
    facts: z.strictObject({ message: z.string(), sentBy: z.string() }),
    example: { message: "This is a test. Nothing happened.", sentBy: "Dana Okoro" },
  }),
  "billing.quota.warning": event({
    says: "80 % of a limit of the plan are used. Once in each period.",
    facts: Quota,
    example: quota,
  }),
  "billing.quota.exceeded": event({
    says: "All of a limit of the plan is used, and what needs more is refused. Once in each period.",
    facts: Quota,
    example: { ...quota, used: 25, percent: 100 },
  }),
  "billing.invoice.created": event({
    says: "An invoice was made.",
    facts: Invoice.extend({ dueAt: instant.nullable() }),
    example: { ...invoice, dueAt: "2026-12-28T00:00:00.000Z" },
  }),
  "billing.invoice.paid": event({
    says: "An invoice was paid in full.",
    facts: Invoice.extend({ paidAt: instant }),
    example: { ...invoice, paidAt: "2026-12-14T00:00:07.000Z" },
  }),
  "billing.payment.failed": event({
    says: "A payment did not go through. Nothing was charged.",
    facts: z.strictObject({
      paymentId: idSchema("payment").nullable(),
      invoiceId: z.string().nullable(),
      amount: Money,
      reason: z.string().describe("A sentence, such as `The bank declined the card.`"),
      nextTryAt: instant.nullable(),
    }),
    example: {
      paymentId: null,
      invoiceId: invoice.invoiceId,
      amount: invoice.total,
      reason: "The bank declined the card.",
      nextTryAt: "2026-12-17T00:00:00.000Z",
    },
  }),
  "billing.subscription.started": event({
    says: "A subscription began to give what its plan holds: it was paid for, or its trial began.",
    facts: Plan.extend({ trialEndsAt: instant.nullable() }),
    example: { ...plan, trialEndsAt: null },
  }),
  "billing.subscription.changed": event({
    says: "A subscription has another plan or another interval, from this moment on.",
    facts: Plan.extend({ previousPlan: z.string() }),
    example: { ...plan, previousPlan: "rooms-starter" },
  }),
  "billing.subscription.cancelled": event({
    says: "A subscription was cancelled. It works until it ends.",
    facts: Plan.extend({ endsAt: instant }),
    example: { ...plan, endsAt: "2026-12-14T00:00:00.000Z" },
  }),
  "billing.subscription.past_due": event({
    says: "An invoice of a subscription could not be charged. It goes on until the grace ends.",
    facts: Plan.extend({ since: instant, graceEndsAt: instant }),
    example: { ...plan, since: "2026-12-14T00:00:00.000Z", graceEndsAt: "2026-12-21T00:00:00.000Z" },
  }),
  "billing.subscription.recovered": event({
    says: "What was unpaid is paid, and the subscription is as before.",
    facts: Plan,
    example: plan,
  }),
  "billing.subscription.ended": event({
    says: "A subscription has ended, and gives nothing more.",
    facts: Plan.extend({ endedAt: instant }),
    example: { ...plan, endedAt: "2026-12-14T00:00:00.000Z" },
  }),
  "credits.purchased": event({
    says: "Credits were bought and are there to be used.",
    facts: z.strictObject({
      paymentId: idSchema("payment"),
      packageId: z.string(),
      credits: z.int(),
      bonusCredits: z.int(),
      balance: z.int().describe("All credits, these among them"),
      amount: Money,
    }),
    example: {
      paymentId: payment,
      packageId: "pro",
      credits: 150,
      bonusCredits: 10,
      balance: 170,
      amount: { amount: "24.99", currency: "usd", micros: 24_990_000 },
    },
  }),
  "payment.refunded": event({
    says: "A payment was given back, whole or in part.",
    facts: z.strictObject({
      paymentId: idSchema("payment"),
      refundId: idSchema("refund"),
      amount: Money,
      reason: z.string().nullable(),
    }),
    example: {
      paymentId: payment,
      refundId: "refund_01ke6zv3s80q4n7xw2m5j9t8cd",
      amount: { amount: "24.99", currency: "usd", micros: 24_990_000 },
      reason: "requested_by_customer",
    },
  }),
  "member.joined": event({
    says: "Somebody accepted an invitation and belongs to the account.",
    facts: z.strictObject({ userId: idSchema("user"), name: z.string(), role: z.enum(ROLES) }),
    example: { userId: "user_01ke6zv3s80q4n7xw2m5j9t8cd", name: "Dana Okoro", role: "member" },
  }),
} as const;

export type EventType = keyof typeof EVENTS;
export type EventFacts<T extends EventType> = z.input<(typeof EVENTS)[T]["facts"]>;

export const EVENT_TYPES = Object.keys(EVENTS) as [EventType, ...EventType[]]; // the keys of the catalogue

/** Those that an endpoint chooses among; a test comes anyway. */
export const LISTENED_TYPES = EVENT_TYPES.filter((type) => type !== "webhook.test");
