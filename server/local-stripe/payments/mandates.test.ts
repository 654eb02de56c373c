import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aLocalStripe, type TestHouse } from "../testing/house";

let house: TestHouse;
beforeAll(async () => {
  house = await aLocalStripe();
});
afterAll(() => house.stop());

const mandate_data: Stripe.PaymentIntentCreateParams.MandateData = {
  customer_acceptance: { type: "online", online: { ip_address: "127.0.0.1", user_agent: "test" } },
};
const pay = (more: Partial<Stripe.PaymentIntentCreateParams>) =>
  house.stripe.paymentIntents.create({
    ...{ amount: 2_000, currency: "usd", confirm: true, return_url: "http://localhost/back", ...more },
    expand: ["latest_charge"],
  });
const mandateOf = async (intent: Stripe.PaymentIntent): Promise<Stripe.Mandate> => {
  const { payment_method_details } = intent.latest_charge as Stripe.Charge; // it was expanded
  return house.stripe.mandates.retrieve(String(payment_method_details?.us_bank_account?.mandate));
};

test("keeps the customer's word for a debit: once, or from now on", async () => {
  const { stripe } = house;
  const { id: customer } = await stripe.customers.create();
  const once = await pay({ payment_method: "pm_usBankAccount", mandate_data });
  expect(await mandateOf(once)).toMatchObject({
    ...{ type: "single_use", single_use: { amount: 2_000, currency: "usd" }, status: "active" },
    customer_acceptance: { type: "online", online: { ip_address: "127.0.0.1", user_agent: "test" } },
  });
  const more = { customer, setup_future_usage: "off_session" as const };
  const saved = await mandateOf(await pay({ ...more, payment_method: "pm_usBankAccount", mandate_data }));
  expect(saved).toMatchObject({ type: "multi_use", multi_use: {} });
  const again = await pay({
    ...{ customer, off_session: true, mandate: saved.id, payment_method: String(saved.payment_method) },
  });
  expect((await mandateOf(again)).id).toBe(saved.id);
  await expect(
    pay({ customer, off_session: true, mandate: "mandate_none", payment_method: String(saved.payment_method) }),
  ).rejects.toMatchObject({ code: "resource_missing", param: "mandate" });
  expect(await pay({ payment_method: "pm_card_visa", mandate_data })).toMatchObject({ status: "succeeded" });
});

test("keeps it when an account is set up", async () => {
  const { stripe } = house;
  const { id: customer } = await stripe.customers.create();
  const setup = await stripe.setupIntents.create({
    ...{ customer, payment_method: "pm_usBankAccount", confirm: true, mandate_data, expand: ["mandate"] },
    return_url: "http://localhost/back",
  });
  expect(setup).toMatchObject({ status: "succeeded", mandate: { type: "multi_use", status: "active" } });
  await expect(stripe.mandates.retrieve("mandate_none")).rejects.toMatchObject({ statusCode: 404 });
});

test("asks the holder of any card when it is told to", async () => {
  const asked = await pay({
    ...{ payment_method: "pm_card_visa", payment_method_options: { card: { request_three_d_secure: "any" } } },
  });
  expect(asked).toMatchObject({
    ...{ status: "requires_action", payment_method_options: { card: { request_three_d_secure: "any" } } },
  });
});

test("holds more on a card that was asked for it", async () => {
  const { stripe } = house;
  const held = (request_incremental_authorization: "if_available" | "never") =>
    pay({
      ...{ payment_method: "pm_card_visa", capture_method: "manual" },
      payment_method_options: { card: { request_incremental_authorization } },
    });
  const grows = await held("if_available");
  await expect(stripe.paymentIntents.incrementAuthorization(grows.id, { amount: 2_000 })).rejects.toMatchObject({
    param: "amount",
  });
  expect(
    await stripe.paymentIntents.incrementAuthorization(grows.id, { amount: 3_500, expand: ["latest_charge"] }),
  ).toMatchObject({ amount: 3_500, amount_capturable: 3_500, latest_charge: { amount: 3_500 } });
  expect(await stripe.paymentIntents.capture(grows.id)).toMatchObject({ status: "succeeded", amount_received: 3_500 });
  const stays = await held("never");
  await expect(stripe.paymentIntents.incrementAuthorization(stays.id, { amount: 3_500 })).rejects.toMatchObject({
    code: "payment_intent_unexpected_state",
  });
});

test("refuses to expire a refund that waits for nobody", async () => {
  const intent = await pay({ payment_method: "pm_card_visa" });
  const refund = await house.stripe.refunds.create({ payment_intent: intent.id });
  await expect(house.stripe.testHelpers.refunds.expire(refund.id)).rejects.toMatchObject({ statusCode: 400 });
});

test("writes every try at a setup down, and how it ended", async () => {
  const { stripe } = house;
  const { id: customer } = await stripe.customers.create();
  const setup = await stripe.setupIntents.create({ customer });
  const confirm = (payment_method: string) =>
    stripe.setupIntents.confirm(setup.id, { payment_method, return_url: "http://localhost/back" });
  await expect(confirm("pm_card_visa_chargeDeclined")).rejects.toMatchObject({ statusCode: 402 });
  await confirm("pm_card_authenticationRequired");
  await confirm("pm_card_visa");
  const { data } = await stripe.setupAttempts.list({ setup_intent: setup.id });
  expect(data.map(({ status, setup_error }) => [status, setup_error?.code])).toEqual([
    ["succeeded", undefined],
    ["requires_action", undefined],
    ["failed", "card_declined"],
  ]);
  expect(await stripe.setupIntents.retrieve(setup.id, { expand: ["latest_attempt"] })).toMatchObject({
    latest_attempt: { id: data[0]?.id, payment_method_details: { card: { last4: "4242" } } },
  });
});
