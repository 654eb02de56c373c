import { StripeRefusal } from "./errors";

const PAYMENT = [
  ...["id", "object", "amount", "currency", "status", "client_secret", "next_action", "payment_method"],
  ...["payment_method_types", "created", "livemode", "description", "receipt_email", "capture_method"],
  ...["confirmation_method", "canceled_at", "cancellation_reason", "automatic_payment_methods"],
  ...["setup_future_usage", "shipping", "last_payment_error", "processing"],
];
const SETUP = [
  ...["id", "object", "cancellation_reason", "client_secret", "created", "description", "last_setup_error"],
  ...["livemode", "next_action", "payment_method", "payment_method_types", "status", "usage"],
  ...["automatic_payment_methods"],
];

const shown = (object: object, names: string[]): object =>
  Object.fromEntries(Object.entries(object).filter(([name]) => names.includes(name)));

/** A browser sees a part of an intent, so that no page can lean on the rest. */
export const paymentForBrowser = (intent: object): object => shown(intent, PAYMENT);
export const setupForBrowser = (intent: object): object => shown(intent, SETUP);

/** An error carries the intent it is about, which must not be the way around that. */
export function errorForBrowser(error: unknown): unknown {
  if (!(error instanceof StripeRefusal)) return error;
  const { payment_intent, setup_intent } = error.body;
  const body = {
    ...error.body,
    ...(isObject(payment_intent) && { payment_intent: paymentForBrowser(payment_intent) }),
    ...(isObject(setup_intent) && { setup_intent: setupForBrowser(setup_intent) }),
  };
  return new StripeRefusal(error.status, body, error.extras);
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
