import type { StripeCheckoutSession } from "@stripe/stripe-js";

/** A session as the API shows it to a browser. */
export type CheckoutAnswer = {
  id: string;
  mode: "payment" | "setup" | "subscription";
  status: "open" | "complete" | "expired";
  payment_status: "paid" | "unpaid" | "no_payment_required";
  currency: string | null;
  payment_method_types: string[];
  amount_subtotal: number | null;
  amount_total: number | null;
  total_details: { amount_discount: number } | null;
  return_url: string | null;
  redirect_on_completion: "always" | "if_required" | "never";
  needs_method: boolean;
  email: string | null;
  promotion_code: string | null;
  trial: { days: number; ends_at: number } | null;
  line_items: Item[];
};

type Item = {
  id: string;
  description: string;
  amount_subtotal: number;
  amount_total: number;
  quantity: number | null;
  price: {
    id: string;
    unit_amount: number | null;
    recurring: { interval: string; interval_count: number; usage_type: string } | null;
  };
};

/** The same as Stripe.js shows it to a page. */
export function shownSession(answer: CheckoutAnswer): StripeCheckoutSession {
  const currency = answer.currency ?? "usd";
  const format = new Intl.NumberFormat("en-US", { style: "currency", currency: currency.toUpperCase() });
  const divisor = 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2);
  const amount = (minorUnitsAmount: number) => ({
    minorUnitsAmount,
    amount: format.format(minorUnitsAmount / divisor),
  });
  const none = amount(0);
  const discount = answer.total_details?.amount_discount ?? 0;
  const coded = {
    ...amount(discount),
    displayName: answer.promotion_code ?? "Discount",
    percentOff: null,
    recurring: null,
  };
  return {
    ...{ id: answer.id, livemode: false, currency, minorUnitsAmountDivisor: divisor, email: answer.email },
    ...{ billingAddress: null, shippingAddress: null, businessName: null, nameCollection: null, phoneNumber: null },
    ...{ currencyOptions: null, savedPaymentMethods: null, shipping: null, shippingOptions: [], surcharge: null },
    ...{ taxAmounts: null, taxIdInfo: null, optionalItems: null, lastPaymentError: null, tax: { status: "ready" } },
    canConfirm: answer.status === "open" && answer.email !== null,
    discountAmounts: discount > 0 ? [{ ...coded, promotionCode: answer.promotion_code }] : null,
    lineItems: answer.line_items.map((item) => lineOf(item, amount)),
    recurring: recurringOf(answer, amount),
    status: statusOf(answer),
    total: {
      ...{ appliedBalance: none, balanceAppliedToNextInvoice: false, shippingRate: none, surcharge: none },
      ...{ taxExclusive: none, taxInclusive: none, discount: amount(discount) },
      ...{ subtotal: amount(answer.amount_subtotal ?? 0), total: amount(answer.amount_total ?? 0) },
    },
  };
}

type Amount = (minor: number) => { minorUnitsAmount: number; amount: string };
type Interval = "day" | "month" | "week" | "year";

function lineOf(
  { id, description, price, quantity, ...item }: Item,
  amount: Amount,
): StripeCheckoutSession["lineItems"][number] {
  const { recurring } = price;
  return {
    ...{ id, name: description, description: null, quantity: quantity ?? 0, priceId: price.id, images: [] },
    ...{ adjustableQuantity: null, unitLabel: null, isRemovable: false, pricing: null, transformQuantity: null },
    ...{
      discount: amount(0),
      taxExclusive: amount(0),
      taxInclusive: amount(0),
      discountAmounts: null,
      taxAmounts: null,
    },
    ...{ subtotal: amount(item.amount_subtotal), total: amount(item.amount_total) },
    ...{ unitAmount: amount(price.unit_amount ?? 0), unitAmountDecimal: null },
    recurring: recurring && {
      ...{ interval: recurring.interval as Interval, intervalCount: recurring.interval_count },
      usageType: recurring.usage_type === "metered" ? "metered" : "licensed",
    },
  };
}

function recurringOf({ line_items, trial }: CheckoutAnswer, amount: Amount): StripeCheckoutSession["recurring"] {
  const repeating = line_items.filter(({ price }) => price.recurring);
  const [first] = repeating;
  if (!first?.price.recurring) return null;
  const next = repeating.reduce((sum, item) => sum + item.amount_total, 0);
  return {
    ...{ interval: first.price.recurring.interval as Interval, intervalCount: first.price.recurring.interval_count },
    ...{ isProrated: false, trial: trial && { trialEnd: trial.ends_at, trialPeriodDays: trial.days } },
    dueNext: {
      ...{ subtotal: amount(next), total: amount(next), discount: amount(0) },
      ...{ taxInclusive: amount(0), taxExclusive: amount(0), billingCycleAnchor: null },
    },
  };
}

const statusOf = ({ status, payment_status }: CheckoutAnswer): StripeCheckoutSession["status"] =>
  status === "complete" ? { type: "complete", paymentStatus: payment_status } : { type: status };
