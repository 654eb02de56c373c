import { hours, seconds } from "@/lib/time";
import type { Envelope } from "./schema";

/** What an event is about. `nothing`: it tells of something that has no consequence here. */
export type Topic = "payment" | "card" | "subscription" | "checkout" | "invoice" | "nothing";

const TOPICS: readonly [types: RegExp, topic: Topic][] = [
  [/^payment_intent\.(?:succeeded|payment_failed|canceled|processing)$/, "payment"],
  [/^charge\.(?:refunded|updated|refund\.updated)$/, "payment"],
  [/^charge\.dispute\./, "payment"],
  [/^refund\.(?:created|updated|failed)$/, "payment"],
  [/^customer\.subscription\./, "subscription"],
  [/^subscription_schedule\./, "subscription"],
  [/^checkout\.session\./, "checkout"],
  [/^invoice\.upcoming$/, "nothing"],
  [/^invoice\./, "invoice"],
  [/^invoice_payment\./, "invoice"],
  [/^payment_method\./, "card"],
  [/^setup_intent\.succeeded$/, "card"],
  [/^setup_intent\./, "nothing"],
  [/^payment_intent\.(?:created|requires_action|amount_capturable_updated)$/, "nothing"],
  [/^charge\.(?:succeeded|failed|pending|captured|expired)$/, "nothing"],
  [/^(?:product|price|plan)\./, "nothing"],
  [/^customer\.(?:created|updated|discount\..*)$/, "nothing"],
  [/^(?:invoiceitem|coupon|promotion_code|billing_portal|test_helpers)\./, "nothing"],
];

/** Undefined where nobody here has thought of it yet. */
export const topicOf = (type: string): Topic | undefined => TOPICS.find(([types]) => types.test(type))?.[1];

/** The id of what has to be looked at: of everything that happens to a payment, its intent; of a setup, its card; of a schedule, its subscription. */
export function subjectOf({ type, data: { object } }: Envelope): string | null {
  if (type.startsWith("setup_intent.")) return object.payment_method ?? null;
  if (type.startsWith("payment_intent.")) return object.id ?? null;
  if (type.startsWith("subscription_schedule.")) return object.subscription ?? object.released_subscription ?? null;
  if (type.startsWith("invoice_payment.")) return object.invoice ?? null;
  if (type.startsWith("invoice.") || type.startsWith("checkout.session.")) return object.id ?? null;
  const { payment_intent: intent } = object;
  if (intent === undefined) return object.id ?? null;
  return typeof intent === "object" ? (intent?.id ?? null) : intent;
}

/** So often it is tried soon. After that it is set aside, and tried now and then for as long as Stripe itself would. */
export const mostAttempts = 8;
const SLOW_ATTEMPTS = 12;
export const slowRetryMs = hours(6);
export const lastAttempt = mostAttempts + SLOW_ATTEMPTS;

/** Five seconds, fifteen, and so on, up to an hour. */
export const waitBeforeRetry = (attempts: number): number => Math.min(seconds(5) * 3 ** (attempts - 1), hours(1));
