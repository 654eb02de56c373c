import type { Metadata } from "../http/metadata";
import type { DiscountInput } from "../invoices/discount";
import type { ItemInput } from "./items";
import type { OneTime } from "./one-time";

/** What can be changed about a subscription. */
export type Change = {
  items?: ItemInput[] | undefined;
  proration_behavior?: "always_invoice" | "create_prorations" | "none" | undefined;
  proration_date?: number | undefined;
  payment_behavior?:
    | "allow_incomplete"
    | "default_incomplete"
    | "error_if_incomplete"
    | "pending_if_incomplete"
    | undefined;
  billing_cycle_anchor?: { type: "now" | "unchanged" } | undefined;
  trial_end?: number | "now" | undefined;
  cancel_at?: number | "min_period_end" | "max_period_end" | null | undefined;
  cancel_at_period_end?: boolean | undefined;
  default_payment_method?: string | undefined;
  default_source?: string | null | undefined;
  discounts?: DiscountInput[] | null | undefined;
  default_tax_rates?: string[] | null | undefined;
  metadata?: Metadata | null | undefined;
  off_session?: boolean | undefined;
  add_invoice_items?: OneTime[] | undefined;
  application_fee_percent?: number | null | undefined;
  on_behalf_of?: string | undefined;
  transfer_data?: { destination: string; amount_percent?: number | undefined } | null | undefined;
};
