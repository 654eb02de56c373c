import type { Kinds } from "../store/kinds";

type Subscription = Kinds["subscription"];

/** What pays by itself: the subscription's method before the customer's, and a method before an old source. */
export const defaultMethodOf = (
  customer: Kinds["customer"],
  subscription?: Pick<Subscription, "default_payment_method" | "default_source">,
): string | null => {
  const kept =
    subscription?.default_payment_method ??
    subscription?.default_source ??
    customer.invoice_settings.default_payment_method ??
    customer.default_source;
  return kept ? String(kept) : null;
};
