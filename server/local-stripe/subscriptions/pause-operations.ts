import { refused } from "../http/errors";
import { operation } from "../http/operation";
import { integer, must, oneOf, parts } from "../http/params";
import { proration } from "./params";
import { pauseSubscription, resumeSubscription } from "./pause";
import { readSubscription } from "./read";

export const pauseOperations = [
  operation({
    on: "POST /v1/subscriptions/{id}/pause",
    params: {
      bill_for: parts({
        outstanding_usage_through: parts({ type: must(oneOf("none", "now")) }),
        unused_time_from: parts({ type: must(oneOf("item_current_period_start", "none", "now")) }),
      }),
      invoicing_behavior: oneOf("invoice", "pending_invoice_item"),
      type: oneOf("subscription"),
    },
    async run({ space, params, id }) {
      return pauseSubscription(space, await readSubscription(space, id), {
        unused: params.bill_for?.unused_time_from?.type ?? "now",
        usage: params.bill_for?.outstanding_usage_through?.type ?? "now",
        invoices: params.invoicing_behavior === "invoice",
      });
    },
  }),
  operation({
    on: "POST /v1/subscriptions/{id}/resume",
    params: {
      billing_cycle_anchor: parts({ type: must(oneOf("now", "unchanged")) }),
      payment_behavior: oneOf("resume_on_payment_attempt", "resume_on_payment_success"),
      proration_behavior: proration,
      proration_date: integer(),
    },
    async run({ space, params, id }) {
      return resumeSubscription(space, await readSubscription(space, id), {
        anchor: params.billing_cycle_anchor?.type ?? "now",
        attempts: params.payment_behavior !== "resume_on_payment_success",
        proration: params.proration_behavior ?? "create_prorations",
        at: params.proration_date ?? space.now,
      });
    },
  }),
  operation({
    // A way of no return.
    on: "POST /v1/subscriptions/{id}/migrate",
    params: {
      billing_mode: must(
        parts({
          flexible: parts({ proration_discounts: oneOf("included", "itemized") }),
          type: must(oneOf("flexible")),
        }),
      ),
    },
    async run({ space, params, id }) {
      const subscription = await readSubscription(space, id);
      if (subscription.billing_mode.type === "flexible")
        throw refused("This subscription's billing mode is flexible already.", { param: "billing_mode[type]" });
      if (subscription.status === "canceled" || subscription.status === "incomplete_expired")
        throw refused(`A subscription that is ${subscription.status} cannot be migrated.`);
      const discounts = params.billing_mode.flexible?.proration_discounts ?? "included";
      subscription.billing_mode = {
        ...{ flexible: { proration_discounts: discounts }, type: "flexible", updated_at: space.now },
      };
      space.announceChange("customer.subscription.updated", subscription);
      return subscription;
    },
  }),
];
