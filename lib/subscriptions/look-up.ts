import { type Id, isId } from "@/lib/ids";
import { BILLING_INTERVALS, type BillingInterval, type Plan } from "@/lib/plans/catalogue";
import { type Stripe, stripeRead } from "@/lib/stripe/client";
import { planOfProduct } from "@/lib/stripe-catalogue/rules";
import type { Subscription } from "./schema";

type Bought = { plan: Plan; interval: BillingInterval };

/** What Stripe says of one subscription, in our own words. */
export type Known = Bought & {
  stripeId: string;
  customerId: string;
  /** The row of ours that it names. */
  subscriptionId: Id<"subscription"> | undefined;
  state: Subscription["status"];
  itemId: string;
  scheduleId: string | null;
  anchorAt: Date;
  periodStart: Date;
  periodEnd: Date;
  trialEndsAt: Date | null;
  cancelAt: Date | null;
  endedAt: Date | null;
  pastDueAt: Date | null;
  next: Bought | null;
  createdAt: Date;
};

const STATES: Partial<Record<Stripe.Subscription.Status, Known["state"]>> = {
  incomplete: "incomplete",
  incomplete_expired: "expired",
  trialing: "trialing",
  active: "active",
  past_due: "past_due",
  unpaid: "unpaid",
  paused: "paused",
  canceled: "canceled",
};

function stateOf(status: Stripe.Subscription.Status): Known["state"] {
  const state = STATES[status];
  if (!state) throw new Error(`Stripe says that a subscription is ${status}`);
  return state;
}

/** Asks Stripe how a subscription stands. Undefined where it sells nothing of ours. */
export async function lookUp(stripeId: string): Promise<Known | undefined> {
  const subscription = await stripeRead((stripe) => stripe.subscriptions.retrieve(stripeId, { expand: ["schedule"] }));
  const item = subscription.items.data.find(({ price }) => boughtBy(price));
  const bought = item && boughtBy(item.price);
  if (!item || !bought) return undefined;
  const { id, customer, metadata, status, trial_end, ended_at } = subscription;
  const isUnpaid = status === "past_due" || status === "unpaid";
  const schedule = expanded(subscription.schedule);
  return {
    ...bought,
    stripeId: id,
    customerId: typeof customer === "string" ? customer : customer.id,
    subscriptionId: isId("subscription", metadata.subscription) ? metadata.subscription : undefined,
    state: stateOf(status),
    itemId: item.id,
    scheduleId: schedule?.id ?? null,
    anchorAt: instantOf(subscription.billing_cycle_anchor),
    periodStart: instantOf(item.current_period_start),
    periodEnd: instantOf(item.current_period_end),
    trialEndsAt: trial_end === null ? null : instantOf(trial_end),
    cancelAt: endOf(subscription, item),
    endedAt: ended_at === null ? null : instantOf(ended_at),
    pastDueAt: isUnpaid ? await firstFailure(id) : null,
    next: schedule && ended_at === null ? await nextOf(schedule, bought) : null,
    createdAt: instantOf(subscription.created),
  };
}

/** The portal writes a date, and our own pages the period's end. One that has ended is past all that. */
function endOf(
  { status, cancel_at, cancel_at_period_end }: Stripe.Subscription,
  { current_period_end }: Stripe.SubscriptionItem,
): Date | null {
  if (status === "canceled" || status === "incomplete_expired") return null;
  if (cancel_at !== null) return instantOf(cancel_at);
  return cancel_at_period_end ? instantOf(current_period_end) : null;
}

/** An invoice that charges by itself is tried when it is final, so that is when the oldest of those still open failed first. */
async function firstFailure(subscription: string): Promise<Date | null> {
  const { data } = await stripeRead((stripe) => stripe.invoices.list({ subscription, status: "open", limit: 100 }));
  const failed = data
    .filter(({ attempted }) => attempted)
    .map(({ status_transitions, created }) => status_transitions.finalized_at ?? created);
  return failed.length === 0 ? null : instantOf(Math.min(...failed));
}

async function nextOf(
  { status, phases, current_phase }: Stripe.SubscriptionSchedule,
  now: Bought,
): Promise<Bought | null> {
  if (status !== "active") return null;
  const coming = phases.find(({ start_date }) => start_date >= (current_phase?.end_date ?? 0));
  const price = coming?.items[0]?.price;
  if (price === undefined) return null;
  const known = typeof price === "string" ? await stripeRead((stripe) => stripe.prices.retrieve(price)) : price;
  const next = "recurring" in known ? boughtBy(known) : undefined;
  return next && (next.plan.id !== now.plan.id || next.interval !== now.interval) ? next : null;
}

function boughtBy({ product, recurring }: Stripe.Price): Bought | undefined {
  const plan = planOfProduct(typeof product === "string" ? product : product.id);
  const interval = BILLING_INTERVALS.find((one) => one === recurring?.interval);
  return plan && interval ? { plan, interval } : undefined;
}

const expanded = <T extends object>(one: string | T | null): T | null => (typeof one === "string" ? null : one);

const instantOf = (seconds: number) => new Date(seconds * 1_000);
