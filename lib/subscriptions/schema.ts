import { z } from "zod";
import { idSchema, line } from "@/lib/input";
import { BILLING_INTERVALS, PLAN_FAMILIES } from "@/lib/plans/catalogue";

export const PlanName = z
  .string()
  .min(1)
  .max(40)
  .meta({ examples: ["professional"] })
  .describe("`rooms-professional`, or `professional` in the words of the address");
const Family = z.enum(PLAN_FAMILIES);
const family = Family.optional().describe("Which family of plans, where the address does not say");
const interval = z.enum(BILLING_INTERVALS);
const promotionCode = line(60, "promotionCode").optional().describe("What a customer was given to type in");

export const CreateSubscription = z.strictObject({
  planId: PlanName,
  interval: interval.default("month"),
  promotionCode,
  family,
});
export type CreateSubscription = z.output<typeof CreateSubscription>;

export const ChangePlan = z.strictObject({
  planId: PlanName,
  /** Left out, it stays what it is. */
  interval: interval.optional(),
  promotionCode,
  family,
});

export const UpdateSubscription = ChangePlan.extend({
  quoteId: idSchema("quote").optional().describe("What the preview answered: then just that is charged, or nothing"),
});
export type UpdateSubscription = z.output<typeof UpdateSubscription>;
export type PreviewChange = z.output<typeof ChangePlan>;
export const PreviewChange = ChangePlan;

export const CANCEL_REASONS = [
  ...["too_expensive", "missing_features", "switched_service", "unused"],
  ...["customer_service", "too_complex", "low_quality", "other"],
] as const;

export const CancelSubscription = z.strictObject({
  when: z.enum(["period_end", "now"]).default("period_end"),
  reason: z.enum(CANCEL_REASONS).optional(),
  comment: line(500, "comment").optional(),
  subscriptionId: idSchema("subscription").optional(),
  family,
});
export type CancelSubscription = z.output<typeof CancelSubscription>;

/** One of the caller's, by its id or by its family. */
export const WhichSubscription = z.strictObject({ subscriptionId: idSchema("subscription").optional(), family });
export type WhichSubscription = z.output<typeof WhichSubscription>;

export const OfFamily = z.strictObject({ family });
export type OfFamily = z.output<typeof OfFamily>;

const returnUrl = z
  .url({ protocol: /^https?$/ })
  .max(2_000)
  .optional();

export const CreateCheckout = CreateSubscription.extend({
  returnUrl: returnUrl.describe("Where Stripe's page leads back to; the dashboard, where it is left out"),
});
export type CreateCheckout = z.output<typeof CreateCheckout>;

export const OpenPortal = z.strictObject({ returnUrl });
export type OpenPortal = z.output<typeof OpenPortal>;
export const StripePage = z.object({ url: z.string() });
export type StripePage = z.output<typeof StripePage>;

export const Money = z.object({ amount: z.string(), currency: z.literal("usd"), micros: z.number().int() });
const Plan = z.object({ id: z.string(), name: z.string(), title: z.string(), version: z.number().int() });

/** `grace`: it goes on although it is not paid. `suspended`: it does not. */
export const STANDINGS = ["starting", "trial", "good", "grace", "suspended", "paused", "ended"] as const;

/** What can be done with a subscription as it stands. */
export const ACTIONS = ["pay", "upgrade", "downgrade", "cancel", "cancel_now", "undo", "resume"] as const;
export type Action = (typeof ACTIONS)[number];

export const Subscription = z.object({
  id: idSchema("subscription"),
  family: Family,
  plan: Plan,
  interval,
  price: Money.describe("Of one interval, before discounts"),
  status: z.enum([
    ...(["new", "incomplete", "trialing", "active", "past_due", "unpaid", "paused"] as const),
    ...(["canceled", "expired", "refused"] as const),
  ]),
  standing: z.enum(STANDINGS),
  can: z.array(z.enum(ACTIONS)),
  currentPeriodStart: z.date().nullable(),
  currentPeriodEnd: z.date().nullable(),
  trialEndsAt: z.date().nullable(),
  cancelAt: z.date().nullable().describe("When it ends, if nobody changes their mind"),
  endedAt: z.date().nullable(),
  pastDueAt: z.date().nullable(),
  graceEndsAt: z.date().nullable(),
  next: z
    .object({ plan: z.object({ id: z.string(), title: z.string() }), interval, startsAt: z.date(), price: Money })
    .nullable()
    .describe("What it becomes at the end of the period"),
  createdAt: z.date(),
});
export type Subscription = z.output<typeof Subscription>;

export const Subscriptions = z.object({ subscriptions: z.array(Subscription) });
export type Subscriptions = z.output<typeof Subscriptions>;
export const OneSubscription = z.object({ subscription: Subscription.nullable() });
export type OneSubscription = z.output<typeof OneSubscription>;

/** What a browser has to confirm with Stripe.js before it counts. Null where there is nothing to pay or to confirm. */
export const ToConfirm = z
  .object({ kind: z.enum(["payment", "setup"]), clientSecret: z.string(), publishableKey: z.string().nullable() })
  .nullable();
export type ToConfirm = z.output<typeof ToConfirm>;

export const SubscriptionBegun = z.object({
  subscription: Subscription,
  confirm: ToConfirm,
  clientSecret: z.string().nullable().describe("That of `confirm`"),
});
export type SubscriptionBegun = z.output<typeof SubscriptionBegun>;

export const PlanChanged = z.object({
  /** `confirm`: the bank asks or the card was refused, and the plan is as it was until it is paid. */
  outcome: z.enum(["changed", "scheduled", "confirm"]),
  subscription: Subscription,
  confirm: ToConfirm,
});
export type PlanChanged = z.output<typeof PlanChanged>;

export const ChangePreview = z.object({
  quoteId: idSchema("quote").nullable(),
  from: z.object({ planId: z.string(), title: z.string(), interval }).nullable(),
  to: z.object({ planId: z.string(), title: z.string(), interval, price: Money }),
  takesEffect: z.enum(["now", "at_period_end"]),
  startsAt: z.date(),
  lines: z.array(z.object({ title: z.string(), amount: Money, periodStart: z.date(), periodEnd: z.date() })),
  total: Money.describe("The lines, less discounts; below zero it is credit for the invoices to come"),
  dueNow: Money.describe("What is charged with the click"),
  balanceAfter: Money.describe("Credit at Stripe that the next invoices use up"),
  renewsAt: z.date(),
});
export type ChangePreview = z.output<typeof ChangePreview>;
