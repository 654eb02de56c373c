import { afterAll, beforeAll, expect, test } from "vitest";
import { aLocalStripe, type TestHouse } from "../testing/house";

let house: TestHouse;
beforeAll(async () => {
  house = await aLocalStripe(new Date("2026-04-01T00:00:00Z"));
});
afterAll(() => house.stop());

test("downgrades at the period's end, without a proration, and then lets go", async () => {
  const { stripe } = house;
  const price = async (unit_amount: number) =>
    (
      await stripe.prices.create({
        currency: "usd",
        unit_amount,
        recurring: { interval: "month" },
        product_data: { name: `P${unit_amount}` },
      })
    ).id;
  const [large, small] = [await price(9_900), await price(2_900)];
  const { id: customer } = await stripe.customers.create();
  const card = await stripe.paymentMethods.attach("pm_card_visa", { customer });
  const subscription = await stripe.subscriptions.create({
    customer,
    items: [{ price: large }],
    default_payment_method: card.id,
  });
  const schedule = await stripe.subscriptionSchedules.create({ from_subscription: subscription.id });
  const [phase] = schedule.phases;
  expect(phase).toMatchObject({
    start_date: subscription.items.data[0]?.current_period_start,
    end_date: subscription.items.data[0]?.current_period_end,
  });
  await stripe.subscriptionSchedules.update(schedule.id, {
    end_behavior: "release",
    phases: [
      { items: [{ price: large, quantity: 1 }], start_date: phase?.start_date ?? 0, end_date: phase?.end_date ?? 0 },
      { items: [{ price: small, quantity: 1 }], duration: { interval: "month", interval_count: 1 } },
    ],
  });
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ schedule: schedule.id });
  await house.advance(31 * 86_400);
  const after = await stripe.subscriptions.retrieve(subscription.id);
  expect(after.items.data.map((item) => item.price.id)).toEqual([small]);
  const invoices = (await stripe.invoices.list({ subscription: subscription.id })).data.reverse();
  expect(invoices.map(({ total, lines }) => [total, lines.data.length])).toEqual([
    [9_900, 1],
    [2_900, 1],
  ]);
  await house.advance(31 * 86_400);
  expect(await stripe.subscriptionSchedules.retrieve(schedule.id)).toMatchObject({
    status: "released",
    released_subscription: subscription.id,
  });
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status: "active", schedule: null });
});

test("starts a subscription at a later date", async () => {
  const { stripe } = house;
  const { id: customer } = await stripe.customers.create();
  const card = await stripe.paymentMethods.attach("pm_card_visa", { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card.id } });
  const { id: price } = await stripe.prices.create({
    currency: "usd",
    unit_amount: 500,
    recurring: { interval: "month" },
    product_data: { name: "Later" },
  });
  const start_date = Math.floor(house.now.getTime() / 1_000) + 86_400;
  const schedule = await stripe.subscriptionSchedules.create({
    customer,
    start_date,
    end_behavior: "cancel",
    phases: [{ items: [{ price }], duration: { interval: "month", interval_count: 2 } }],
  });
  expect(schedule.status).toBe("not_started");
  await house.advance(2 * 86_400);
  expect(await stripe.subscriptionSchedules.retrieve(schedule.id, { expand: ["subscription"] })).toMatchObject({
    status: "active",
    subscription: { status: "active" },
  });
  await house.advance(70 * 86_400);
  expect(await stripe.subscriptionSchedules.retrieve(schedule.id)).toMatchObject({ status: "completed" });
});
