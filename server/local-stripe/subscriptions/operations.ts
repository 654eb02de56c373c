import { currencyCode } from "../http/currency";
import { refused } from "../http/errors";
import { listing } from "../http/list";
import { notHere } from "../http/not-here";
import { operation } from "../http/operation";
import { clearable, integer, list, must, oneOf, opaque, parts, range, text, yesNo } from "../http/params";
import { searching } from "../http/search";
import type { Kinds } from "../store/kinds";
import { creditUnused, endSubscription, finalInvoice, isLive } from "./cancel";
import { createSubscription } from "./create";
import { itemChange, itemInput } from "./items";
import { common, details, instantOr } from "./params";
import { judgePending } from "./pending-update";
import { readSubscription } from "./read";
import { settlePayment } from "./settle-payment";
import { updateSubscription } from "./update";

type Subscription = Kinds["subscription"];

export const subscriptionOperations = [
  operation({
    on: "POST /v1/subscriptions",
    params: {
      ...common,
      ...{
        customer: must(text()),
        items: must(list(itemInput())),
        backdate_start_date: integer(),
        billing_cycle_anchor: integer(),
        billing_mode: parts({ flexible: opaque(), type: must(oneOf("classic", "flexible")) }),
      },
      ...{
        cancel_at: instantOr("min_period_end", "max_period_end"),
        trial_end: instantOr("now"),
        trial_period_days: integer(),
        currency: currencyCode(),
        billing_cycle_anchor_config: notHere("billing_cycle_anchor_config"),
      },
    },
    async run({ space, params }) {
      return createSubscription(space, params);
    },
  }),
  operation({
    on: "POST /v1/subscriptions/{id}",
    params: {
      ...common,
      ...{
        items: list(itemChange(), 20),
        proration_date: integer(),
        billing_cycle_anchor: parts({ type: must(oneOf("now", "unchanged")) }),
        cancel_at: clearable(instantOr("min_period_end", "max_period_end")),
      },
      ...{
        cancellation_details: details(),
        pause_collection: clearable(
          parts({ behavior: must(oneOf("keep_as_draft", "mark_uncollectible", "void")), resumes_at: integer() }),
        ),
      },
      ...{ trial_end: instantOr("now"), billing_schedules: notHere("billing_schedules") },
    },
    async run({ space, params, id }) {
      const subscription = await readSubscription(space, id);
      judge(subscription, params);
      if (params.payment_behavior === "pending_if_incomplete") judgePending(params);
      if (params.cancellation_details)
        subscription.cancellation_details = {
          reason: null,
          comment: null,
          feedback: null,
          feedback_option: null,
          ...subscription.cancellation_details,
          ...pickDetails(params.cancellation_details),
        };
      if (params.pause_collection !== undefined)
        subscription.pause_collection = params.pause_collection && {
          behavior: params.pause_collection.behavior,
          resumes_at: params.pause_collection.resumes_at ?? null,
        };
      if (params.pause_collection?.resumes_at !== undefined)
        space.schedule("collection_resumes", id, params.pause_collection.resumes_at);
      if (params.description !== undefined) subscription.description = params.description;
      if (params.collection_method) subscription.collection_method = params.collection_method;
      if (params.days_until_due !== undefined) subscription.days_until_due = params.days_until_due;
      settlePayment(subscription, params.payment_settings);
      if (params.trial_settings)
        subscription.trial_settings = {
          end_behavior: {
            billing_cycle_anchor: null,
            missing_payment_method: params.trial_settings.end_behavior.missing_payment_method,
          },
        };
      return updateSubscription(space, subscription, params);
    },
  }),
  operation({ on: "GET /v1/subscriptions/{id}", run: ({ space, id }) => readSubscription(space, id) }),
  operation({
    on: "DELETE /v1/subscriptions/{id}",
    params: { cancellation_details: details(), invoice_now: yesNo(), prorate: yesNo() },
    async run({ space, params, id }) {
      const subscription = await readSubscription(space, id);
      if (!isLive(subscription))
        throw refused(`No such subscription: '${id}'`, { code: "resource_missing", param: "id", status: 404 });
      if (params.cancellation_details)
        subscription.cancellation_details = {
          reason: null,
          comment: null,
          feedback: null,
          feedback_option: null,
          ...pickDetails(params.cancellation_details),
        };
      if (params.prorate) await creditUnused(space, subscription);
      if (params.invoice_now) await finalInvoice(space, subscription);
      await endSubscription(space, subscription, "cancellation_requested");
      return subscription;
    },
  }),
  listing({
    on: "GET /v1/subscriptions",
    kind: "subscription",
    filters: {
      ...{
        collection_method: oneOf("charge_automatically", "send_invoice"),
        current_period_end: range(),
        current_period_start: range(),
        customer: text(),
        price: text(),
      },
      ...{
        status: oneOf(
          "active",
          "all",
          "canceled",
          "ended",
          "incomplete",
          "incomplete_expired",
          "past_due",
          "paused",
          "trialing",
          "unpaid",
        ),
        test_clock: text(),
        automatic_tax: opaque(),
      },
    },
    where: ({ collection_method, customer, status, test_clock }) => [
      ...(collection_method === undefined ? [] : [{ at: "collection_method", is: collection_method }]),
      ...(customer === undefined ? [] : [{ at: "customer", is: customer }]),
      ...(test_clock === undefined ? [] : [{ at: "test_clock", is: test_clock }]),
      ...(status === undefined ? [{ not: { at: "status", among: ["canceled", "incomplete_expired"] } }] : []),
      ...(status === "ended" ? [{ at: "status", among: ["canceled", "incomplete_expired"] }] : []),
      ...(status === undefined || status === "all" || status === "ended" ? [] : [{ at: "status", is: status }]),
    ],
  }),
  operation({
    on: "DELETE /v1/subscriptions/{id}/discount",
    async run({ space, id }) {
      const subscription = await readSubscription(space, id);
      const [discount] = subscription.discounts;
      if (discount === undefined)
        throw refused("This subscription has no discount.", { code: "resource_missing", status: 404 });
      subscription.discounts = [];
      const gone = await space.own("discount", discount);
      space.announce("customer.discount.deleted", gone);
      space.announceChange("customer.subscription.updated", subscription);
      return { ...gone, deleted: true };
    },
  }),
  searching("GET /v1/subscriptions/search", "subscription", ["created", "canceled_at", "status"]),
];

const ALWAYS = ["metadata", "cancellation_details"];

function judge({ status }: Subscription, params: object): void {
  const asked = Object.entries(params)
    .filter(([, value]) => value !== undefined)
    .map(([key]) => key);
  const others = asked.filter((key) => !ALWAYS.includes(key));
  if (others.length === 0) return;
  if (status === "canceled")
    throw refused("A canceled subscription can only update its cancellation_details and metadata.", {
      code: "invalid_canceled_subscription_fields",
    });
  if (status === "incomplete_expired") throw refused("You cannot update a subscription that is incomplete_expired.");
  if (
    status === "incomplete" &&
    others.some((key) => !["default_payment_method", "default_source", "payment_settings", "description"].includes(key))
  ) {
    throw refused("You cannot update a subscription that is incomplete in this way.");
  }
}

function pickDetails({
  comment,
  feedback,
}: {
  comment?: string | null | undefined;
  feedback?: NonNullable<Subscription["cancellation_details"]>["feedback"] | undefined;
}) {
  return { ...(comment !== undefined && { comment }), ...(feedback !== undefined && { feedback }) };
}
