import type Stripe from "stripe";
import type { Wire } from "./wire";

/** The body of an event: any object, as it was when it happened. */
export type StoredEvent = {
  id: string;
  object: "event";
  account?: string;
  api_version: string;
  created: number;
  data: { object: Record<string, unknown>; previous_attributes?: Record<string, unknown> };
  livemode: false;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: string;
};

/** An event that only names what it is about. `data` is for whoever asks for it. */
export type ThinEvent = {
  id: string;
  object: "v2.core.event";
  context?: string;
  created: string;
  data?: Record<string, unknown>;
  livemode: false;
  reason?: { type: "request"; request: { id: string; idempotency_key: string } };
  related_object: { id: string; type: string; url: string } | null;
  snapshot_event?: string;
  type: string;
};

/** Every kind of object there is, by the name it carries in `object`. */
export type Kinds = {
  account: Wire<Stripe.Account>;
  application_fee: Wire<Stripe.ApplicationFee>;
  balance_transaction: Wire<Stripe.BalanceTransaction>;
  "billing.credit_balance_transaction": Wire<Stripe.Billing.CreditBalanceTransaction>;
  "billing.credit_grant": Wire<Stripe.Billing.CreditGrant>;
  "billing.alert": Wire<Stripe.Billing.Alert>;
  "billing.meter": Wire<Stripe.Billing.Meter>;
  "billing_portal.configuration": Wire<Stripe.BillingPortal.Configuration>;
  "billing_portal.session": Wire<Stripe.BillingPortal.Session>;
  charge: Wire<Stripe.Charge>;
  "checkout.session": Wire<Stripe.Checkout.Session>;
  confirmation_token: Wire<Stripe.ConfirmationToken>;
  coupon: Wire<Stripe.Coupon>;
  customer: Wire<Stripe.Customer>;
  customer_balance_transaction: Wire<Stripe.CustomerBalanceTransaction>;
  discount: Wire<Stripe.Discount>;
  dispute: Wire<Stripe.Dispute>;
  event: StoredEvent;
  fee_refund: Wire<Stripe.FeeRefund>;
  invoice: Wire<Stripe.Invoice>;
  invoice_payment: Wire<Stripe.InvoicePayment>;
  invoiceitem: Wire<Stripe.InvoiceItem>;
  mandate: Wire<Stripe.Mandate>;
  payment_intent: Wire<Stripe.PaymentIntent>;
  payment_method: Wire<Stripe.PaymentMethod>;
  payout: Wire<Stripe.Payout>;
  price: Wire<Stripe.Price>;
  product: Wire<Stripe.Product>;
  promotion_code: Wire<Stripe.PromotionCode>;
  refund: Wire<Stripe.Refund>;
  setup_attempt: Wire<Stripe.SetupAttempt>;
  setup_intent: Wire<Stripe.SetupIntent>;
  subscription: Wire<Stripe.Subscription>;
  subscription_schedule: Wire<Stripe.SubscriptionSchedule>;
  tax_rate: Wire<Stripe.TaxRate>;
  "test_helpers.test_clock": Wire<Stripe.TestHelpers.TestClock>;
  token: Wire<Stripe.Token>;
  topup: Wire<Stripe.Topup>;
  transfer: Wire<Stripe.Transfer>;
  transfer_reversal: Wire<Stripe.TransferReversal>;
  "v2.core.event": ThinEvent;
  "v2.core.event_destination": Wire<Stripe.V2.Core.EventDestination>;
  webhook_endpoint: Wire<Stripe.WebhookEndpoint>;
};

export type Kind = keyof Kinds;
export type Stored = Kinds[Kind];

export type InvoiceLine = Wire<Stripe.InvoiceLineItem>;
export type SubscriptionItem = Wire<Stripe.SubscriptionItem>;

/** How to split a tiered price. Read back only when asked for, so it is kept beside the price. */
export type PriceTier = { up_to: number | null; unit: string | null; flat: string | null };

/** What this server must remember about an object and never shows. */
export type Private = {
  price: { tiers?: PriceTier[] };
  payment_method: { behaviour?: string; setUp?: boolean; detached?: boolean; used?: boolean };
  payment_intent: {
    invoice?: string;
    checkout?: string;
    authenticated?: boolean;
    offSession?: boolean;
    behaviour?: string;
  };
  setup_intent: { subscription?: string; checkout?: string; authenticated?: boolean };
  charge: { available?: "now"; refunds?: "pending" | "fails"; transferred?: number };
  coupon: { products?: string[] };
  invoiceitem: { item?: string };
  invoice: {
    lines?: InvoiceLine[];
    payments?: string[];
    intent?: string;
    hardDecline?: boolean;
    statementToken?: string;
    /** Tax rates that were given to single lines, by the line. */
    lineRates?: Record<string, string[]>;
    onward?: { destination?: string; amount?: number; fee?: number };
  };
  subscription: {
    /** A change that waits for its invoice to be paid, and what it will make of the subscription. */
    pending?: { invoice: string; after?: Record<string, unknown> };
    /** What was really debited for an item, and for which time. */
    debited?: Record<string, { net: number; start: number; end: number }>;
  };
  "checkout.session": { lines?: CheckoutLine[]; orders?: Record<string, unknown>; waitingFor?: string };
  confirmation_token: { method?: string; used?: boolean };
  "billing.alert": { since?: number; told?: string[] };
  "v2.core.event_destination": { url: string; secrets: { secret: string; until: number | null }[] };
  webhook_endpoint: { secrets: { secret: string; until: number | null }[]; connect: boolean };
  topup: { source?: string };
  account: { onboardingToken?: string; returnUrl?: string; refreshUrl?: string; linkExpires?: number };
};

export type CheckoutLine = {
  id: string;
  price: string;
  quantity: number | null;
  amount: number;
  description: string;
  discount: number;
  tax: number;
  /** The part of the tax that is not inside the amount. */
  onTop: number;
  /** The rates of this line alone; a subscription may have others for all. */
  taxRates: string[];
};

export type PrivateOf<K extends Kind> = K extends keyof Private ? Private[K] : Record<string, never>;
