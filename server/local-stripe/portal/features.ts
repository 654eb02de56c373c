import { clearable, integer, list, must, oneOf, parts, type Read, text, yesNo } from "../http/params";
import type { Kinds } from "../store/kinds";

type Features = Kinds["billing_portal.configuration"]["features"];

const REASONS = oneOf(
  ...(["customer_service", "low_quality", "missing_features", "other", "switched_service"] as const),
  ...(["too_complex", "too_expensive", "unused"] as const),
);
const prorations = oneOf("always_invoice", "create_prorations", "none");
const pauses = parts({
  interval_options: clearable(
    list(parts({ interval: must(oneOf("day", "month", "week", "year")), interval_count: integer() }), 10),
  ),
  type: must(oneOf("indefinite", "interval_options")),
});

export const features = {
  customer_update: parts({
    allowed_updates: clearable(list(oneOf("address", "email", "name", "phone", "shipping", "tax_id"))),
    enabled: yesNo(),
  }),
  invoice_history: parts({ enabled: must(yesNo()) }),
  payment_method_update: parts({ enabled: must(yesNo()), payment_method_configuration: clearable(text()) }),
  subscription_cancel: parts({
    cancellation_reason: parts({
      ...{
        enabled: must(yesNo()),
        feedback_options: clearable(list(text())),
        options: must(clearable(list(REASONS, 8))),
      },
    }),
    enabled: must(yesNo()),
    mode: oneOf("at_period_end", "immediately"),
    proration_behavior: prorations,
  }),
  subscription_pause: parts({ duration: pauses, enabled: yesNo() }),
  subscription_update: parts({
    billing_cycle_anchor: oneOf("now", "unchanged"),
    default_allowed_updates: clearable(list(oneOf("price", "promotion_code", "quantity"))),
    enabled: must(yesNo()),
    products: clearable(
      list(
        parts({
          adjustable_quantity: parts({ enabled: must(yesNo()), maximum: integer(), minimum: integer() }),
          prices: must(list(text())),
          product: must(text()),
        }),
      ),
    ),
    proration_behavior: prorations,
    schedule_at_period_end: parts({
      conditions: list(parts({ type: must(oneOf("decreasing_item_amount", "shortening_interval")) }), 2),
    }),
    trial_update_behavior: oneOf("continue_trial", "end_trial"),
  }),
};
type Asked = Read<typeof features>;

export const noFeatures = (): Features => ({
  customer_update: { allowed_updates: [], enabled: false },
  invoice_history: { enabled: false },
  payment_method_update: { enabled: false, payment_method_configuration: null },
  subscription_cancel: {
    cancellation_reason: { enabled: false, feedback_options: null, options: [] },
    enabled: false,
    mode: "at_period_end",
    proration_behavior: "none",
  },
  subscription_pause: { duration: { interval_options: [], type: "indefinite" }, enabled: false },
  subscription_update: {
    ...{ billing_cycle_anchor: null, default_allowed_updates: [], enabled: false, products: [] },
    ...{ proration_behavior: "none", schedule_at_period_end: { conditions: [] }, trial_update_behavior: "end_trial" },
  },
});

export function changeFeatures(kept: Features, asked: Asked): void {
  const { customer_update, invoice_history, payment_method_update: method, subscription_pause: pause } = asked;
  if (customer_update)
    kept.customer_update = {
      allowed_updates: customer_update.allowed_updates ?? kept.customer_update.allowed_updates,
      enabled: customer_update.enabled ?? true,
    };
  if (invoice_history) kept.invoice_history = invoice_history;
  if (method) kept.payment_method_update = { ...kept.payment_method_update, enabled: method.enabled };
  if (pause) kept.subscription_pause = { duration: durationOf(kept, pause), enabled: pause.enabled ?? true };
  if (asked.subscription_cancel) changeCancel(kept, asked.subscription_cancel);
  if (asked.subscription_update) changeUpdate(kept, asked.subscription_update);
}

function durationOf(
  { subscription_pause: kept }: Features,
  { duration }: NonNullable<Asked["subscription_pause"]>,
): Features["subscription_pause"]["duration"] {
  if (!duration) return kept.duration;
  const options = duration.interval_options ?? [];
  const interval_options = options.map(({ interval, interval_count = 1 }) => ({ interval, interval_count }));
  return { type: duration.type, interval_options };
}

function changeCancel(features: Features, asked: NonNullable<Asked["subscription_cancel"]>): void {
  const { enabled, mode, proration_behavior, cancellation_reason: reason } = asked;
  features.subscription_cancel = {
    ...features.subscription_cancel,
    enabled,
    ...(mode && { mode }),
    ...(proration_behavior && { proration_behavior }),
    ...(reason && {
      cancellation_reason: { enabled: reason.enabled, feedback_options: null, options: reason.options ?? [] },
    }),
  };
}

function changeUpdate(features: Features, asked: NonNullable<Asked["subscription_update"]>): void {
  const { subscription_update: kept } = features;
  const { default_allowed_updates, products, schedule_at_period_end: later, ...rest } = asked;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  features.subscription_update = {
    ...kept,
    ...given,
    ...(default_allowed_updates !== undefined && { default_allowed_updates: default_allowed_updates ?? [] }),
    ...(later && { schedule_at_period_end: { conditions: later.conditions ?? [] } }),
    ...(products !== undefined && {
      products: (products ?? []).map(({ adjustable_quantity: many, prices, product }) => ({
        adjustable_quantity: {
          ...{ enabled: many?.enabled ?? false, maximum: many?.maximum ?? null, minimum: many?.minimum ?? 1 },
        },
        prices,
        product,
      })),
    }),
  };
}
