import type { Metadata } from "../http/metadata";
import type { DiscountInput } from "../invoices/discount";
import type { ItemInput } from "./items";
import type { OneTime } from "./one-time";
import type { PaymentWishes } from "./settle-payment";

/** What a subscription is made from. */
export type NewSubscription = {
  customer: string;
  items: ItemInput[];
  payment_behavior?:
    | "allow_incomplete"
    | "default_incomplete"
    | "error_if_incomplete"
    | "pending_if_incomplete"
    | undefined;
  payment_settings?: PaymentWishes | undefined;
  default_payment_method?: string | undefined;
  default_source?: string | undefined;
  collection_method?: "charge_automatically" | "send_invoice" | undefined;
  days_until_due?: number | undefined;
  trial_period_days?: number | undefined;
  trial_end?: number | "now" | undefined;
  trial_settings?: { end_behavior: { missing_payment_method: "cancel" | "create_invoice" | "pause" } } | undefined;
  billing_cycle_anchor?: number | undefined;
  proration_behavior?: "always_invoice" | "create_prorations" | "none" | undefined;
  cancel_at?: number | "min_period_end" | "max_period_end" | undefined;
  cancel_at_period_end?: boolean | undefined;
  discounts?: DiscountInput[] | null | undefined;
  default_tax_rates?: string[] | null | undefined;
  add_invoice_items?: OneTime[] | undefined;
  metadata?: Metadata | null | undefined;
  description?: string | undefined;
  off_session?: boolean | undefined;
  transfer_data?: { destination: string; amount_percent?: number | undefined } | null | undefined;
  application_fee_percent?: number | null | undefined;
  on_behalf_of?: string | undefined;
  backdate_start_date?: number | undefined;
  billing_mode?: { type: "classic" | "flexible" } | undefined;
  /** The bank has had its customer's word for the first charge already. */
  authenticated?: boolean;
};
