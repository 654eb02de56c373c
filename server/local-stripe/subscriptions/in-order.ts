import type { StoredEvent } from "../store/kinds";
import type { Space } from "../store/space";

const INVOICED = ["invoiceitem.created", "invoice.created", "invoice.updated", "invoice.finalized"];
const SETTLED = [
  ...["invoice.payment_action_required", "invoice.payment_failed", "invoice.paid", "invoice.payment_succeeded"],
  ...["customer.subscription.updated", "invoice_payment.paid"],
];
const BORN = ["customer.updated", "customer.subscription.created"];
const TRIED = ["payment_intent.succeeded", "payment_intent.payment_failed", "payment_intent.requires_action"];

/** The order in which Stripe is seen to tell of a subscription that was paid at once. */
const PAID_AT_ONCE = [
  ...["setup_intent.created", "payment_method.attached", "charge.succeeded", "charge.failed"],
  ...["checkout.session.completed", ...BORN, ...TRIED, "payment_intent.created", ...INVOICED, ...SETTLED],
];
/** Where nobody has tried to pay yet, the intent is told of when there is something to pay. */
const TO_BE_PAID = ["setup_intent.created", ...BORN, ...INVOICED, "payment_intent.created", ...SETTLED];
/** A single payment in Checkout. */
const BOUGHT = [
  ...["customer.created", "payment_method.attached", "charge.succeeded", ...TRIED, "payment_intent.created"],
  "checkout.session.completed",
];

/** Runs `work` and puts the events it caused into the order Stripe is seen to use. */
export async function inSeenOrder<T>(
  space: Space,
  work: () => Promise<T>,
  what: "subscription" | "purchase" = "subscription",
): Promise<T> {
  const before = space.takeEvents();
  try {
    return await work();
  } finally {
    const during = space.takeEvents();
    const seen = orderOf(during, what);
    const rank = ({ type }: StoredEvent): number => (seen.includes(type) ? seen.indexOf(type) : seen.length);
    space.putEvents([...before, ...(seen.length === 0 ? during : during.toSorted((a, b) => rank(a) - rank(b)))]);
  }
}

function orderOf(events: StoredEvent[], what: "subscription" | "purchase"): string[] {
  const has = (type: string): boolean => events.some((event) => event.type === type);
  if (what === "purchase") return has("checkout.session.completed") ? BOUGHT : [];
  return has("charge.succeeded") || has("charge.failed") ? PAID_AT_ONCE : TO_BE_PAID;
}
