import { currencyCode } from "../http/currency";
import { metadata } from "../http/metadata";
import { notHere } from "../http/not-here";
import { operation } from "../http/operation";
import { clearable, either, integer, list, must, oneOf, opaque, parts, text, yesNo } from "../http/params";
import { discountList } from "../invoices/discount";
import { newStripeId } from "../store/ids";
import type { Kinds } from "../store/kinds";
import { automaticTax, rateList } from "../taxes/named";
import { itemChange } from "./items";
import { previewItem, previewOf } from "./preview-of";
import { tryOut } from "./upcoming";

type Invoice = Kinds["invoice"];

const instantOr = <T extends string>(...words: T[]) => either(oneOf(...words), integer());
const anchor = parts({ type: must(oneOf("now", "unchanged", "timestamp")), timestamp: integer() });
const details = parts({
  ...{
    billing_cycle_anchor: anchor,
    billing_mode: parts({ type: must(oneOf("classic", "flexible")) }),
    cancel_at: clearable(instantOr("min_period_end", "max_period_end")),
    cancel_at_period_end: yesNo(),
    cancel_now: yesNo(),
  },
  ...{
    default_tax_rates: rateList(),
    items: list(itemChange(), 20),
    proration_behavior: oneOf("always_invoice", "create_prorations", "none"),
    proration_date: integer(),
  },
  ...{ metadata: metadata(), resume_at: oneOf("now"), start_date: integer(), trial_end: instantOr("now") },
});

export const previewOperations = [
  operation({
    on: "POST /v1/invoices/create_preview",
    params: {
      ...{
        automatic_tax: automaticTax(),
        currency: currencyCode(),
        customer: text(),
        customer_details: notHere("customer_details in previews"),
        discounts: clearable(discountList()),
        invoice_items: list(parts(previewItem), 250),
      },
      ...{
        issuer: opaque(),
        on_behalf_of: text(),
        preview_mode: oneOf("next", "recurring"),
        schedule: text(),
        schedule_details: notHere("schedule_details in previews"),
        subscription: text(),
        subscription_details: details,
      },
    },
    async run({ space, params }) {
      return asPreview(await tryOut(space, (trial) => previewOf(trial, params)));
    },
  }),
];

function asPreview(invoice: Invoice): Invoice {
  const id = newStripeId("upcoming_in");
  const data = invoice.lines.data.map((line) => ({ ...line, invoice: id }));
  return {
    ...{
      ...invoice,
      id,
      status: "draft",
      number: null,
      hosted_invoice_url: null,
      invoice_pdf: null,
      ending_balance: invoice.ending_balance ?? 0,
    },
    lines: { ...invoice.lines, data, url: `/v1/invoices/${id}/lines` },
  };
}
