import { afterAll, beforeAll, expect, test } from "vitest";
import { aLocalStripe, type TestHouse } from "../testing/house";

let house: TestHouse;
beforeAll(async () => {
  house = await aLocalStripe();
});
afterAll(() => house.stop());

test("moves one customer through a year, and nobody else", async () => {
  const { stripe } = house;
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: Date.parse("2026-01-31T00:00:00Z") / 1_000 });
  const price = await stripe.prices.create({
    currency: "usd",
    unit_amount: 1_000,
    recurring: { interval: "month" },
    product_data: { name: "Pro" },
  });
  const [moving, staying] = [await stripe.customers.create({ test_clock: clock.id }), await stripe.customers.create()];
  for (const customer of [moving, staying]) {
    const card = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
    await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      default_payment_method: card.id,
    });
  }
  const advancing = await stripe.testHelpers.testClocks.advance(clock.id, {
    frozen_time: Date.parse("2027-02-01T00:00:00Z") / 1_000,
  });
  expect(advancing.status).toBe("advancing");
  const started = performance.now();
  await house.settle();
  expect(performance.now() - started).toBeLessThan(4_000);
  expect(await stripe.testHelpers.testClocks.retrieve(clock.id)).toMatchObject({
    status: "ready",
    frozen_time: Date.parse("2027-02-01T00:00:00Z") / 1_000,
  });
  const invoices = await stripe.invoices.list({ customer: moving.id, limit: 100 });
  expect(invoices.data).toHaveLength(13);
  expect(new Date((invoices.data[0]?.created ?? 0) * 1_000).toISOString()).toBe("2027-01-31T00:00:00.000Z");
  expect((await stripe.invoices.list({ customer: staying.id })).data).toHaveLength(1);
});
