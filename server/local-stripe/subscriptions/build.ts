import { newStripeId } from "../store/ids";
import type { Kinds, SubscriptionItem } from "../store/kinds";
import type { Space } from "../store/space";
import { isMetered } from "./items";

type Subscription = Kinds["subscription"];

export const SECONDS_PER_DAY = 86_400;
/** How long before a renewal its invoice is announced. */
const UPCOMING_SECONDS = 3 * SECONDS_PER_DAY;
export const INCOMPLETE_SECONDS = 23 * 3_600;

export function newSubscription(space: Space, customer: Kinds["customer"], anchor: number): Subscription {
  const id = newStripeId("sub");
  return {
    id,
    object: "subscription",
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: anchor,
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: { proration_discounts: "included" }, type: "flexible", updated_at: space.now },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: "charge_automatically",
    created: space.now,
    currency: "usd",
    customer: customer.id,
    customer_account: null,
    days_until_due: null,
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: "self" },
    },
    items: { object: "list", data: [], has_more: false, url: `/v1/subscription_items?subscription=${id}` },
    latest_invoice: null,
    livemode: false,
    managed_payments: null,
    metadata: {},
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: { payment_method_options: null, payment_method_types: null, save_default_payment_method: "off" },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: space.now,
    status: "incomplete",
    test_clock: customer.test_clock ?? null,
    transfer_data: null,
    trial_end: null,
    trial_settings: { end_behavior: { billing_cycle_anchor: null, missing_payment_method: "create_invoice" } },
    trial_start: null,
  };
}

/** Writes down when this subscription is to be looked at again. */
export function scheduleNext(space: Space, subscription: Subscription): void {
  const { id, status } = subscription;
  const live = status === "active" || status === "trialing" || status === "past_due" || status === "unpaid";
  const ends = subscription.items.data.map((item) => item.current_period_end);
  if (live && ends.length > 0) space.schedule("subscription_renews", id, Math.min(...ends));
  else space.unschedule("subscription_renews", id);
  const upcoming = Math.min(...ends) - UPCOMING_SECONDS;
  if (live && ends.length > 0 && upcoming > space.now) space.schedule("invoice_upcoming", id, upcoming);
  else space.unschedule("invoice_upcoming", id);
  const { cancel_at } = subscription;
  if (cancel_at !== null && status !== "canceled" && status !== "incomplete_expired")
    space.schedule("subscription_ends", id, cancel_at);
  else space.unschedule("subscription_ends", id);
}

export const licensed = (subscription: Subscription): SubscriptionItem[] =>
  subscription.items.data.filter((item) => !isMetered(item.price));
export const metered = (subscription: Subscription): SubscriptionItem[] =>
  subscription.items.data.filter((item) => isMetered(item.price));

export const endOfPeriods = (subscription: Subscription, which: "first" | "last" = "first"): number => {
  const ends = subscription.items.data.map((item) => item.current_period_end);
  return which === "first" ? Math.min(...ends) : Math.max(...ends);
};

/** The invoice discounts of a subscription: its own, or the customer's. */
export const discountsOf = (subscription: Subscription, customer: Kinds["customer"]): string[] =>
  subscription.discounts.length > 0 ? subscription.discounts : customer.discount ? [customer.discount.id] : [];
