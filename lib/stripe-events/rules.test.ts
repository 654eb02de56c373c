import { expect, test } from "vitest";
import { subjectOf, topicOf, waitBeforeRetry } from "./rules";
import { Envelope } from "./schema";

const event = (type: string, object: object) =>
  Envelope.parse({ id: "evt_1", type, created: 1, livemode: false, api_version: null, data: { object } });

test.each([
  ["payment_intent.succeeded", { id: "pi_1" }, "payment", "pi_1"],
  ["charge.refunded", { id: "ch_1", payment_intent: "pi_1" }, "payment", "pi_1"],
  ["refund.updated", { id: "re_1", payment_intent: "pi_1" }, "payment", "pi_1"],
  ["charge.dispute.created", { id: "du_1", payment_intent: { id: "pi_1" } }, "payment", "pi_1"],
  ["charge.refunded", { id: "ch_1", payment_intent: null }, "payment", null],
  ["payment_intent.created", { id: "pi_1" }, "nothing", "pi_1"],
  ["invoice.upcoming", {}, "nothing", null],
  ["customer.subscription.updated", { id: "sub_1" }, "subscription", "sub_1"],
  ["subscription_schedule.updated", { id: "sub_sched_1", subscription: "sub_1" }, "subscription", "sub_1"],
  ["subscription_schedule.released", { subscription: null, released_subscription: "sub_1" }, "subscription", "sub_1"],
  ["invoice.paid", { id: "in_1", subscription: null }, "invoice", "in_1"],
  ["invoice_payment.paid", { id: "inpay_1", invoice: "in_1" }, "invoice", "in_1"],
  ["checkout.session.completed", { id: "cs_1", subscription: "sub_1", payment_intent: null }, "checkout", "cs_1"],
  ["billing.alert.triggered", { id: "alrt_1" }, undefined, "alrt_1"],
])("%s of %j is about %s of %s", (type, object, topic, subject) => {
  expect(topicOf(type)).toBe(topic);
  expect(subjectOf(event(type, object))).toBe(subject);
});

test("waits longer after each failure, and never for more than an hour", () => {
  expect([1, 2, 3, 8, 20].map(waitBeforeRetry)).toEqual([5_000, 15_000, 45_000, 3_600_000, 3_600_000]);
});
