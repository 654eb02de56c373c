import { listing } from "../http/list";
import { mergeMetadata, metadata } from "../http/metadata";
import { operation } from "../http/operation";
import { must, oneOf, percent, type Read, text, yesNo } from "../http/params";
import { newStripeId } from "../store/ids";
import type { Kinds } from "../store/kinds";

const TYPES = oneOf(
  ...["admissions_tax", "amusement_tax", "attendance_tax", "communications_tax", "digital_excise_tax"],
  ...["entertainment_tax", "get_fund", "gross_receipts_tax", "gst", "hospitality_tax", "hst", "igst", "jct"],
  ...["lease_tax", "luxury_tax", "mass_transit_parking_tax", "nhil", "parking_tax", "pst", "qst", "resort_tax"],
  ...["retail_delivery_fee", "rst", "sales_tax", "service_tax", "tourism_tax", "utility_users_tax", "vat"],
);
const facts = {
  active: yesNo(),
  country: text(2),
  description: text(),
  display_name: text(100),
  jurisdiction: text(200),
  metadata: metadata(),
  state: text(3),
  tax_type: TYPES,
};

export const taxOperations = [
  operation({
    on: "POST /v1/tax_rates",
    params: { ...facts, display_name: must(text(100)), inclusive: must(yesNo()), percentage: must(percent()) },
    async run({ space, params }) {
      const rate = space.add<"tax_rate">({
        id: newStripeId("txr"),
        object: "tax_rate",
        active: true,
        country: null,
        created: space.now,
        description: null,
        display_name: params.display_name,
        effective_percentage: params.percentage,
        flat_amount: null,
        inclusive: params.inclusive,
        jurisdiction: null,
        jurisdiction_level: null,
        livemode: false,
        metadata: {},
        percentage: params.percentage,
        rate_type: "percentage",
        state: null,
        tax_type: null,
      });
      change(rate, params);
      space.announce("tax_rate.created", rate);
      return rate;
    },
  }),
  operation({
    // What a rate takes never changes: invoices that used it say so for ever.
    on: "POST /v1/tax_rates/{id}",
    params: facts,
    async run({ space, params, id }) {
      const rate = await space.get("tax_rate", id);
      change(rate, params);
      space.announceChange("tax_rate.updated", rate);
      return rate;
    },
  }),
  operation({ on: "GET /v1/tax_rates/{id}", run: ({ space, id }) => space.get("tax_rate", id) }),
  listing({
    on: "GET /v1/tax_rates",
    kind: "tax_rate",
    filters: { active: yesNo(), inclusive: yesNo() },
    where: ({ active, inclusive }) => [
      ...(active === undefined ? [] : [{ at: "active", is: active }]),
      ...(inclusive === undefined ? [] : [{ at: "inclusive", is: inclusive }]),
    ],
  }),
];

function change(rate: Kinds["tax_rate"], params: Partial<Read<typeof facts>>): void {
  for (const key of ["country", "description", "jurisdiction", "state", "tax_type"] as const) {
    const value = params[key];
    if (value !== undefined) Object.assign(rate, { [key]: value });
  }
  if (params.active !== undefined) rate.active = params.active;
  if (params.display_name !== undefined) rate.display_name = params.display_name;
  rate.metadata = mergeMetadata(rate.metadata, params.metadata);
}
