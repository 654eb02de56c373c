import { priceData } from "../catalogue/create-price";
import { metadata } from "../http/metadata";
import { notHere } from "../http/not-here";
import { clearable, either, integer, list, must, oneOf, parts, percent, text, yesNo } from "../http/params";
import { discountList } from "../invoices/discount";
import { automaticTax, rateList } from "../taxes/named";

import { noThresholds } from "./thresholds";

export const behavior = oneOf("allow_incomplete", "default_incomplete", "error_if_incomplete", "pending_if_incomplete");
export const proration = oneOf("always_invoice", "create_prorations", "none");
export const instantOr = <T extends string>(...words: T[]) => either(oneOf(...words), integer());
export const details = () =>
  parts({
    comment: clearable(text()),
    feedback: clearable(
      oneOf(
        "customer_service",
        "low_quality",
        "missing_features",
        "other",
        "switched_service",
        "too_complex",
        "too_expensive",
        "unused",
      ),
    ),
    feedback_option: notHere("feedback options"),
  });
export const common = {
  ...{
    add_invoice_items: list(
      parts({
        discountable: yesNo(),
        discounts: discountList(),
        metadata: metadata(),
        period: notHere("add_invoice_items[period]"),
        price: text(),
        price_data: priceData(),
        quantity: integer(),
        tax_rates: rateList(),
      }),
      20,
    ),
  },
  ...{
    application_fee_percent: clearable(percent()),
    automatic_tax: automaticTax(),
    billing_thresholds: noThresholds(),
    cancel_at_period_end: yesNo(),
  },
  ...{
    collection_method: oneOf("charge_automatically", "send_invoice"),
    days_until_due: integer(),
    default_payment_method: text(),
    default_source: text(),
  },
  ...{
    default_tax_rates: rateList(),
    description: text(500),
    discounts: clearable(discountList()),
    invoice_settings: notHere("invoice_settings of subscriptions"),
    metadata: metadata(),
  },
  ...{
    off_session: yesNo(),
    on_behalf_of: text(),
    payment_behavior: behavior,
    pending_invoice_item_interval: notHere("pending_invoice_item_interval"),
    proration_behavior: proration,
  },
  ...{
    payment_settings: parts({
      payment_method_options: notHere("payment_settings[payment_method_options]"),
      payment_method_types: clearable(list(text())),
      save_default_payment_method: oneOf("off", "on_subscription"),
    }),
  },
  ...{
    transfer_data: clearable(parts({ destination: must(text()), amount_percent: percent() })),
    trial_from_plan: yesNo(),
  },
  ...{
    trial_settings: parts({
      end_behavior: must(
        parts({
          billing_cycle_anchor: notHere("trial_settings[end_behavior][billing_cycle_anchor]"),
          missing_payment_method: must(oneOf("cancel", "create_invoice", "pause")),
        }),
      ),
    }),
  },
};
