import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aLocalStripe, type TestHouse } from "../testing/house";

let house: TestHouse;
beforeAll(async () => {
  house = await aLocalStripe();
});
afterAll(() => house.stop());

const charge = (more: Partial<Stripe.ChargeCreateParams>) =>
  house.stripe.charges.create({ amount: 2_000, currency: "usd", ...more });

test("charges a token without an intent, refunds it, and is disputed", async () => {
  const { stripe } = house;
  const made = await charge({ source: "tok_visa", metadata: { order: "7" }, expand: ["balance_transaction"] });
  expect(made).toMatchObject({
    ...{ status: "succeeded", captured: true, payment_intent: null, metadata: { order: "7" } },
    balance_transaction: { amount: 2_000, fee: 88 },
  });
  expect(await stripe.refunds.create({ charge: made.id })).toMatchObject({ status: "succeeded", payment_intent: null });
  const fought = await charge({ source: "tok_createDispute" });
  expect((await stripe.disputes.list({ charge: fought.id })).data).toMatchObject([{ status: "needs_response" }]);
});

test.each([
  ["tok_chargeDeclined", "card_declined"],
  ["tok_chargeDeclinedExpiredCard", "expired_card"],
  ["tok_authenticationRequired", "authentication_required"],
] as const)("%s is declined, and the charge says so", async (source, code) => {
  const declined = await charge({ source }).catch((error: unknown) => error);
  expect(declined).toMatchObject({ type: "StripeCardError", statusCode: 402, code });
  const { charge: id } = declined as { charge: string }; // the error of a decline names its charge
  expect(await house.stripe.charges.retrieve(id)).toMatchObject({ status: "failed", failure_code: code });
  expect((await house.events()).at(-1)).toBe("charge.failed");
});

test("holds, takes a part, and lets go after a week", async () => {
  const { stripe } = house;
  const [held, forgotten] = [
    await charge({ source: "tok_visa", capture: false }),
    await charge({ source: "tok_visa", capture: false }),
  ];
  expect(held).toMatchObject({ captured: false, balance_transaction: null });
  expect(await stripe.charges.capture(held.id, { amount: 1_500 })).toMatchObject({
    ...{ captured: true, amount_captured: 1_500, amount_refunded: 500 },
  });
  await expect(stripe.charges.capture(held.id)).rejects.toMatchObject({ code: "charge_already_captured" });
  await house.advance(7 * 86_400);
  await expect(stripe.charges.capture(forgotten.id)).rejects.toMatchObject({ code: "charge_expired_for_capture" });
  expect(await house.events()).toContain("charge.expired");
});

test("charges the source a customer left, and nobody who left none", async () => {
  const { stripe } = house;
  const customer = await stripe.customers.create({ source: "tok_mastercard" });
  expect(customer.default_source).toMatch(/^pm_/);
  expect(await charge({ customer: customer.id })).toMatchObject({
    payment_method_details: { card: { brand: "mastercard" } },
  });
  const { id: price } = await stripe.prices.create({
    ...{ currency: "usd", unit_amount: 900, recurring: { interval: "month" }, product_data: { name: "Pro" } },
  });
  expect(await stripe.subscriptions.create({ customer: customer.id, items: [{ price }] })).toMatchObject({
    status: "active",
  });
  const empty = await stripe.customers.create();
  await expect(charge({ customer: empty.id })).rejects.toMatchObject({ statusCode: 402, code: "missing" });
  await expect(charge({ source: "tok_none" })).rejects.toMatchObject({ code: "resource_missing" });
  await expect(charge({})).rejects.toMatchObject({ code: "parameter_missing", param: "source" });
  await expect(stripe.customers.create({ source: "tok_chargeDeclined" })).rejects.toMatchObject({ statusCode: 402 });
});
