import { afterEach, beforeEach, expect, test } from "vitest";
import { aLocalStripe, type TestHouse } from "../testing/house";
import { onlyHere } from "../testing/sandbox";

let house: TestHouse;
beforeEach(async () => {
  onlyHere("goes by the clock of the test");
  house = await aLocalStripe(new Date("2026-01-05T12:00:00Z"));
});
afterEach(() => house.stop());

/** Noor pays a plan by the month with a card that is good to the end of March 2026. */
async function aSubscription() {
  const { stripe } = house;
  const customer = await stripe.customers.create({ name: "Noor" });
  const card = { number: "4242424242424242", exp_month: 3, exp_year: 2026, cvc: "314" };
  const { id: method } = await stripe.paymentMethods.create({ type: "card", card });
  await stripe.paymentMethods.attach(method, { customer: customer.id });
  const price = await stripe.prices.create({
    ...{ currency: "usd", unit_amount: 2_900, recurring: { interval: "month" }, product_data: { name: "Starter" } },
  });
  return stripe.subscriptions.create({
    ...{ customer: customer.id, default_payment_method: method, items: [{ price: price.id }] },
  });
}

const DAY = 86_400;

test("names the next renewal, the invoice it leaves, and the card that expires", async () => {
  expect(await house.landmarks()).toEqual({ renewal: null, invoice: null, card_expiry: null });
  await aSubscription();
  expect(await house.landmarks()).toEqual({
    renewal: { at: new Date("2026-02-05T12:00:00Z"), what: "Starter for Noor" },
    invoice: { at: new Date("2026-02-05T13:00:00Z"), what: "The next invoice of Starter for Noor" },
    card_expiry: { at: new Date("2026-04-01T00:00:00Z"), what: "Visa ending in 4242, of Noor" },
  });
  await house.advance(31 * DAY);
  expect(await house.landmarks()).toMatchObject({
    renewal: { at: new Date("2026-03-05T12:00:00Z") },
    invoice: { at: new Date("2026-02-05T13:00:00Z"), what: "$29.00 of Noor, charged" },
  });
});

test("what they name happens at that instant, and a card that expired is declined and tried again", async () => {
  const { id } = await aSubscription();
  const to = async (name: "renewal" | "invoice" | "card_expiry") => {
    const at = (await house.landmarks())[name]?.at.getTime() ?? 0;
    await house.advance((at - house.now.getTime()) / 1_000);
  };
  await to("renewal");
  const [renewed] = (await house.stripe.invoices.list({ subscription: id })).data;
  expect(renewed).toMatchObject({ status: "draft", billing_reason: "subscription_cycle" });
  await to("invoice");
  expect(await house.stripe.invoices.retrieve(renewed?.id ?? "")).toMatchObject({ status: "paid" });

  await to("card_expiry");
  await to("renewal");
  await to("invoice");
  const [charge] = (await house.stripe.charges.list()).data;
  expect(charge).toMatchObject({ status: "failed", failure_code: "expired_card" });
  expect(await house.stripe.subscriptions.retrieve(id)).toMatchObject({ status: "past_due" });
  expect((await house.landmarks()).card_expiry).toBeNull();
  expect((await house.landmarks()).invoice?.what).toBe("$29.00 of Noor, tried again");
});

test("a subscription that ends instead, and a customer of a test clock, are no landmarks", async () => {
  const { stripe } = house;
  const { id } = await aSubscription();
  await stripe.subscriptions.update(id, { cancel_at_period_end: true });
  expect(await house.landmarks()).toMatchObject({ renewal: null, invoice: null });

  await stripe.subscriptions.cancel(id);
  const [customer] = (await stripe.customers.list()).data;
  await stripe.customers.del(customer?.id ?? "");
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: house.now.getTime() / 1_000 });
  const other = await stripe.customers.create({ test_clock: clock.id });
  await stripe.paymentMethods.attach("pm_card_visa", { customer: other.id });
  expect(await house.landmarks()).toEqual({ renewal: null, invoice: null, card_expiry: null });
});
