import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { customerWith, itemOf, recurringPrice, seconds } from "../testing/customers";
import { aLocalStripe, type TestHouse } from "../testing/house";

let house: TestHouse;
let [small, large] = ["", ""];
beforeAll(async () => {
  house = await aLocalStripe(new Date("2026-04-01T00:00:00Z"));
  [small, large] = [await recurringPrice(house.stripe, 3_000), await recurringPrice(house.stripe, 9_000)];
});
afterAll(() => house.stop());

async function aSubscription(more: Partial<Stripe.SubscriptionCreateParams> = {}) {
  const { stripe } = house;
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: seconds("2026-04-01T00:00:00Z") });
  const customer = await customerWith(stripe, "visa", { test_clock: clock.id });
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price: small }], ...more });
  const to = async (text: string) => {
    await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: seconds(text) });
    await house.settle();
  };
  const preview = (asked: Omit<Stripe.InvoiceCreatePreviewParams, "subscription"> = {}) =>
    stripe.invoices.createPreview({ subscription: subscription.id, ...asked });
  return { customer, id: subscription.id, item: itemOf(subscription), to, preview };
}

test("looks at the next invoice with more on it, less to pay, or nothing but what recurs", async () => {
  const { stripe } = house;
  const { customer, id, preview } = await aSubscription();
  const half = await stripe.coupons.create({ percent_off: 50, duration: "once" });
  await stripe.invoiceItems.create({ customer, subscription: id, amount: 500, currency: "usd" });
  expect((await preview()).total).toBe(3_500);
  expect((await preview({ preview_mode: "recurring" })).total).toBe(3_000);
  expect((await preview({ discounts: [{ coupon: half.id }] })).total).toBe(1_750);
  const more = { amount: 250, currency: "usd", description: "Extra" };
  expect((await preview({ invoice_items: [more] })).lines.data.map(({ amount }) => amount)).toEqual([500, 250, 3_000]);
  // Nothing of it happened.
  expect((await preview()).total).toBe(3_500);
  expect((await stripe.coupons.retrieve(half.id)).times_redeemed).toBe(0);
});

test("looks at an end: at once, at the period's end, and none at all", async () => {
  const { id, to, preview } = await aSubscription();
  await to("2026-04-16T00:00:00Z");
  expect((await preview({ subscription_details: { cancel_now: true } })).total).toBe(-1_500);
  await expect(
    preview({ subscription_details: { cancel_now: true, proration_behavior: "none" } }),
  ).rejects.toMatchObject({ code: "invoice_upcoming_none" });
  await expect(preview({ subscription_details: { cancel_at_period_end: true } })).rejects.toMatchObject({
    code: "invoice_upcoming_none",
  });
  expect(await house.stripe.subscriptions.retrieve(id)).toMatchObject({ status: "active", cancel_at: null });
});

test("looks at what a schedule will do, and then it does it", async () => {
  const { stripe } = house;
  const { id, to, preview } = await aSubscription({ items: [{ price: large }] });
  const { id: schedule, phases } = await stripe.subscriptionSchedules.create({ from_subscription: id });
  const [{ start_date, end_date } = { start_date: 0, end_date: 0 }] = phases;
  await stripe.subscriptionSchedules.update(schedule, {
    phases: [
      { items: [{ price: large }], start_date, end_date },
      { items: [{ price: small }], duration: { interval: "month" } },
    ],
  });
  expect([(await preview()).total, (await stripe.invoices.createPreview({ schedule })).total]).toEqual([3_000, 3_000]);
  await to("2026-05-01T02:00:00Z");
  const [renewal] = (await stripe.invoices.list({ subscription: id, limit: 1 })).data;
  expect(renewal).toMatchObject({ total: 3_000, status: "paid" });
});

test("looks at what has not begun: a schedule, a subscription, an invoice of items", async () => {
  const { stripe } = house;
  const customer = await customerWith(stripe, "visa");
  const start_date = seconds("2026-06-01T00:00:00Z");
  const phases = [{ items: [{ price: large }], duration: { interval: "month" as const } }];
  const { id: schedule } = await stripe.subscriptionSchedules.create({ customer, start_date, phases });
  expect((await stripe.invoices.createPreview({ schedule })).total).toBe(9_000);
  const items = [{ price: small, quantity: 2 }];
  expect((await stripe.invoices.createPreview({ customer, subscription_details: { items } })).total).toBe(6_000);
  await expect(stripe.invoices.createPreview({ customer })).rejects.toMatchObject({ code: "invoice_upcoming_none" });
  const more = [{ unit_amount: 200, quantity: 3, currency: "usd" }];
  expect((await stripe.invoices.createPreview({ customer, invoice_items: more })).total).toBe(600);
  expect((await stripe.subscriptions.list({ customer })).data).toEqual([]);
  await expect(
    stripe.invoices.createPreview({ customer, customer_details: { tax_exempt: "exempt" } }),
  ).rejects.toMatchObject({ statusCode: 501 });
});

test("looks at going on after a pause", async () => {
  const { stripe } = house;
  const { id, to, preview } = await aSubscription();
  await to("2026-04-16T00:00:00Z");
  await stripe.subscriptions.pause(id, {} as never); // it has no parameter of its own here
  expect((await preview({ subscription_details: { resume_at: "now" } })).total).toBe(1_500);
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: "paused" });
});
