import Stripe from "stripe";
import { afterEach, beforeEach, expect, test } from "vitest";
import { aLocalStripe, type TestHouse } from "../testing/house";
import { onlyHere } from "../testing/sandbox";

let house: TestHouse;
let customer: string;
let meter: Stripe.Billing.Meter;
beforeEach(async () => {
  onlyHere("counts a reading at once");
  house = await aLocalStripe(new Date("2026-04-01T00:00:00Z"));
  meter = await house.stripe.billing.meters.create({
    display_name: "Calls",
    event_name: "calls",
    default_aggregation: { formula: "sum" },
  });
  ({ id: customer } = await house.stripe.customers.create());
  const card = await house.stripe.paymentMethods.attach("pm_card_visa", { customer });
  await house.stripe.customers.update(customer, { invoice_settings: { default_payment_method: card.id } });
});
afterEach(() => house.stop());

const use = (value: string, more: Partial<Stripe.Billing.MeterEventCreateParams> = {}) =>
  house.stripe.billing.meterEvents.create({
    event_name: "calls",
    payload: { stripe_customer_id: customer, value },
    ...more,
  });
const at = (text: string): number => Date.parse(text) / 1_000;
const used = async (): Promise<number> => {
  const { data } = await house.stripe.billing.meters.listEventSummaries(meter.id, {
    customer,
    start_time: at("2026-03-01T00:00:00Z"),
    end_time: at("2026-06-01T00:00:00Z"),
  });
  return data[0]?.aggregated_value ?? 0;
};
const subscribe = async () => {
  const price = await house.stripe.prices.create({
    ...{
      currency: "usd",
      product_data: { name: "Calls" },
      billing_scheme: "tiered",
      tiers_mode: "graduated",
      recurring: { interval: "month", usage_type: "metered", meter: meter.id },
    },
    tiers: [
      { up_to: 1_000, unit_amount: 0 },
      { up_to: "inf", unit_amount_decimal: "0.1" as never },
    ],
  });
  return house.stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
};
const until = (text: string) => house.advance((Date.parse(text) - house.now.getTime()) / 1_000);

test("counts each reading once in a day, and again after it", async () => {
  await use("5", { identifier: "r1" });
  await expect(use("5", { identifier: "r1" })).rejects.toMatchObject({
    statusCode: 400,
    message: "An event already exists with identifier r1.",
  });
  expect(await used()).toBe(5);
  await house.advance(25 * 3_600);
  await use("5", { identifier: "r1" });
  expect(await used()).toBe(10);
});

test("refuses times too old and too new, and takes what it cannot count", async () => {
  const now = house.now.getTime() / 1_000;
  await expect(use("1", { timestamp: now - 36 * 86_400 })).rejects.toMatchObject({ code: "timestamp_too_far_in_past" });
  await expect(use("1", { timestamp: now + 600 })).rejects.toMatchObject({ code: "timestamp_in_future" });
  await use("1e-7");
  await house.stripe.billing.meterEvents.create({
    event_name: "calls",
    payload: { stripe_customer_id: "cus_nobody", value: "5" },
  });
  expect(await used()).toBe(0);
});

test("takes a reading back", async () => {
  await use("7", { identifier: "oops" });
  await house.stripe.billing.meterEventAdjustments.create({
    event_name: "calls",
    type: "cancel",
    cancel: { identifier: "oops" },
  });
  expect(await used()).toBe(0);
});

test("has no first invoice for nothing but usage, and bills each month's calls at its end", async () => {
  const subscription = await subscribe();
  expect(subscription).toMatchObject({ status: "active", latest_invoice: null });
  await use("250000");
  await until("2026-05-01T02:00:00Z");
  const [invoice] = (await house.stripe.invoices.list({ subscription: subscription.id })).data;
  expect(invoice).toMatchObject({ status: "paid", total: 24_900, amount_paid: 24_900 });
  expect(invoice?.lines.data.map(({ amount, quantity }) => [amount, quantity])).toEqual([
    [0, 1_000],
    [24_900, 249_000],
  ]);
});

test("still counts what arrives in the hour of grace, and not what comes after", async () => {
  const subscription = await subscribe();
  await until("2026-05-01T00:30:00Z");
  await use("2000", { timestamp: at("2026-04-30T23:59:59Z") });
  await use("9000", { timestamp: at("2026-05-01T00:10:00Z") });
  await until("2026-05-01T01:00:00Z");
  await use("5000", { timestamp: at("2026-04-30T23:59:59Z") });
  const [invoice] = (await house.stripe.invoices.list({ subscription: subscription.id })).data;
  expect(invoice).toMatchObject({ total: 100, status: "paid" });
});

test("shows the cost so far in a preview", async () => {
  const subscription = await subscribe();
  await use("3000");
  expect(await house.stripe.invoices.createPreview({ subscription: subscription.id })).toMatchObject({ total: 200 });
  await house.advance(60);
  await house.stripe.subscriptions.cancel(subscription.id, { invoice_now: true });
  expect((await house.stripe.invoices.list({ subscription: subscription.id })).data[0]).toMatchObject({
    total: 200,
    status: "paid",
  });
});

test("counts and keeps the last as well", async () => {
  const { stripe } = house;
  const last = await stripe.billing.meters.create({
    display_name: "Seats",
    event_name: "seats",
    default_aggregation: { formula: "last" },
  });
  for (const value of ["3", "8", "5"]) {
    await stripe.billing.meterEvents.create({ event_name: "seats", payload: { stripe_customer_id: customer, value } });
    await house.advance(60);
  }
  const { data } = await stripe.billing.meters.listEventSummaries(last.id, {
    customer,
    start_time: at("2026-04-01T00:00:00Z"),
    end_time: at("2026-04-02T00:00:00Z"),
  });
  expect(data[0]?.aggregated_value).toBe(5);
});

test("takes a stream of readings with a session's token", async () => {
  const { stripe } = house;
  const session = await stripe.v2.billing.meterEventSession.create();
  const streaming = new Stripe(session.authentication_token, { host: "127.0.0.1", port: house.port, protocol: "http" });
  await streaming.v2.billing.meterEventStream.create({
    events: [1, 2].map((value) => ({
      event_name: "calls",
      payload: { stripe_customer_id: customer, value: String(value) },
    })),
  });
  expect(await used()).toBe(3);
  await house.advance(16 * 60);
  await expect(streaming.v2.billing.meterEventStream.create({ events: [] })).rejects.toMatchObject({ statusCode: 401 });
});

test("uses credit for metered lines, promotional first, and keeps the rest", async () => {
  const { stripe } = house;
  const grant = (value: number, category: "paid" | "promotional") =>
    stripe.billing.creditGrants.create({
      customer,
      category,
      amount: { type: "monetary", monetary: { currency: "usd", value } },
      applicability_config: { scope: { price_type: "metered" } },
    });
  const [paid, free] = [await grant(10_000, "paid"), await grant(1_000, "promotional")];
  const subscription = await subscribe();
  await use("51000");
  await until("2026-05-01T02:00:00Z");
  const [invoice] = (await stripe.invoices.list({ subscription: subscription.id })).data;
  expect(invoice).toMatchObject({ subtotal: 5_000, total: 0, status: "paid" });
  expect(invoice?.total_pretax_credit_amounts?.map(({ amount }) => amount)).toEqual([1_000, 4_000]);
  const summary = await stripe.billing.creditBalanceSummaries.retrieve({
    customer,
    filter: { type: "applicability_scope", applicability_scope: { price_type: "metered" } },
  });
  expect(summary.balances[0]?.available_balance.monetary?.value).toBe(6_000);
  await expect(stripe.billing.creditGrants.voidGrant(free.id)).rejects.toMatchObject({ statusCode: 400 });
  await stripe.billing.creditGrants.expire(paid.id);
  await house.events();
});

test("shows usage late, and searches late, when told to", async () => {
  const { stripe } = house;
  await house.control("POST", "lag", { meter_seconds: 60, search_seconds: 60 });
  const made = await stripe.customers.create({ name: "Late" });
  await use("5");
  const found = async () => (await stripe.customers.search({ query: "name:'Late'" })).data.map(({ id }) => id);
  expect([await used(), await found()]).toEqual([0, []]);
  expect(await stripe.customers.retrieve(made.id)).toMatchObject({ name: "Late" });
  await house.advance(60);
  expect([await used(), await found()]).toEqual([5, [made.id]]);
});
