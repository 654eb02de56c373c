import type { DiscountInput } from "../invoices/discount";
import { newStripeId } from "../store/ids";
import type { Kinds } from "../store/kinds";

export type Schedule = Kinds["subscription_schedule"];
export type Phase = Schedule["phases"][number];

type NewPhase = {
  items: { price: string; quantity: number | undefined }[];
  start: number;
  end: number;
  currency: string;
  proration: Phase["proration_behavior"];
  metadata?: Record<string, string>;
  trialEnd?: number | null;
  discounts?: DiscountInput[];
};

export const newPhase = ({
  items,
  start,
  end,
  currency,
  proration,
  metadata = {},
  trialEnd = null,
  discounts = [],
}: NewPhase): Phase => ({
  add_invoice_items: [],
  application_fee_percent: null,
  billing_cycle_anchor: null,
  billing_thresholds: null,
  collection_method: null,
  currency,
  default_payment_method: null,
  default_tax_rates: [],
  description: null,
  discounts: discounts.map(({ coupon = null, discount = null, promotion_code = null }) => ({
    ...{ coupon, discount, promotion_code },
  })),
  end_date: end,
  invoice_settings: null,
  items: items.map(({ price, quantity }) => ({
    billing_thresholds: null,
    discounts: [],
    metadata: {},
    plan: price,
    price,
    ...(quantity !== undefined && { quantity }),
    tax_rates: [],
  })),
  metadata,
  on_behalf_of: null,
  proration_behavior: proration,
  start_date: start,
  transfer_data: null,
  trial_end: trialEnd,
});

type NewSchedule = {
  now: number;
  customer: string;
  subscription: string | null;
  phases: Phase[];
  endBehavior: Schedule["end_behavior"];
  metadata: Record<string, string>;
  clock: string | null;
};

export const newSchedule = (wanted: NewSchedule): Schedule => ({
  id: newStripeId("sub_sched"),
  object: "subscription_schedule",
  application: null,
  billing_mode: { flexible: { proration_discounts: "included" }, type: "flexible", updated_at: wanted.now },
  canceled_at: null,
  completed_at: null,
  created: wanted.now,
  current_phase: null,
  customer: wanted.customer,
  customer_account: null,
  default_settings: {
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: "automatic",
    billing_thresholds: null,
    collection_method: "charge_automatically",
    default_payment_method: null,
    description: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      days_until_due: null,
      description: null,
      footer: null,
      issuer: { type: "self" },
    },
    on_behalf_of: null,
    transfer_data: null,
  },
  end_behavior: wanted.endBehavior,
  livemode: false,
  metadata: wanted.metadata,
  pause_schedules: [],
  phases: wanted.phases,
  released_at: null,
  released_subscription: null,
  status: wanted.subscription === null ? "not_started" : "active",
  subscription: wanted.subscription,
  test_clock: wanted.clock,
});
