import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aLocalStripe, type TestHouse } from "../testing/house";
import { onlyHere } from "../testing/sandbox";

let house: TestHouse;
beforeAll(async () => {
  house = await aLocalStripe();
});
afterAll(() => house.stop());

const back = { return_url: "http://localhost/back" };
const pay = (stripe: Stripe, payment_method: string, more: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  stripe.paymentIntents.create({
    amount: 2_000,
    currency: "usd",
    payment_method,
    confirm: true,
    ...(more.off_session ? {} : back),
    ...more,
  });

const typed = (number: string): Stripe.PaymentMethodCreateParams => ({
  type: "card",
  card: { number, exp_month: 12, exp_year: 2030, cvc: "123" },
});

test("takes money with a good card and books it", async () => {
  const stripe = house.another();
  const intent = await pay(stripe, "pm_card_visa", {
    expand: ["latest_charge.balance_transaction"],
    metadata: { order: "7" },
  });
  expect(intent).toMatchObject({ status: "succeeded", amount_received: 2_000, next_action: null });
  expect(intent.latest_charge).toMatchObject({
    ...{ paid: true, captured: true, metadata: { order: "7" } },
    payment_method_details: { card: { brand: "visa", last4: "4242" } },
    balance_transaction: { amount: 2_000, fee: 88, net: 1_912, status: "pending" },
  });
  const balance = await stripe.balance.retrieve();
  expect([balance.available[0]?.amount, balance.pending[0]?.amount]).toEqual([0, 1_912]);
});

const DECLINED: [name: string, code: string, declineCode: string][] = [
  ["visa_chargeDeclined", "card_declined", "generic_decline"],
  ["visa_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"],
  ["visa_chargeDeclinedLostCard", "card_declined", "lost_card"],
  ["visa_chargeDeclinedStolenCard", "card_declined", "stolen_card"],
  ["visa_chargeDeclinedExpiredCard", "expired_card", "expired_card"],
  ["visa_chargeDeclinedIncorrectCvc", "incorrect_cvc", "incorrect_cvc"],
  ["visa_chargeDeclinedProcessingError", "processing_error", "processing_error"],
  ["chargeCustomerFail", "card_declined", "generic_decline"],
  ["radarBlock", "card_declined", "fraudulent"],
];

test.each(DECLINED)("declines %s with its own code", async (name, code, decline_code) => {
  const stripe = house.another();
  await expect(pay(stripe, `pm_card_${name}`)).rejects.toMatchObject({
    ...{ type: "StripeCardError", statusCode: 402, code, decline_code },
    payment_intent: { status: "requires_payment_method", last_payment_error: { code, decline_code } },
  });
  const [charge] = (await stripe.charges.list()).data;
  expect(charge).toMatchObject({ status: "failed", paid: false, failure_code: code });
});

test("pays with another method after a decline", async () => {
  const { stripe } = house;
  const intent = await stripe.paymentIntents.create({ amount: 900, currency: "usd" });
  await expect(
    stripe.paymentIntents.confirm(intent.id, { payment_method: "pm_card_visa_chargeDeclined", ...back }),
  ).rejects.toMatchObject({ code: "card_declined" });
  expect(await stripe.paymentIntents.confirm(intent.id, { payment_method: "pm_card_visa", ...back })).toMatchObject({
    status: "succeeded",
    last_payment_error: null,
  });
});

test("asks the holder, and goes on with the answer", async () => {
  const { stripe } = house;
  const intent = await pay(stripe, "pm_card_threeDSecure2Required");
  expect(intent).toMatchObject({ status: "requires_action", next_action: { type: "redirect_to_url" } });
  await answer(intent, "failed");
  expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
    status: "requires_payment_method",
    last_payment_error: { code: "payment_intent_authentication_failure" },
  });
  const again = await stripe.paymentIntents.confirm(intent.id, {
    payment_method: "pm_card_threeDSecure2Required",
    ...back,
  });
  await answer(again, "succeeded");
  expect(await stripe.paymentIntents.retrieve(intent.id, { expand: ["latest_charge"] })).toMatchObject({
    status: "succeeded",
    latest_charge: { payment_method_details: { card: { three_d_secure: { result: "authenticated" } } } },
  });
});

async function answer(intent: Stripe.PaymentIntent, outcome: string): Promise<void> {
  const response = await fetch(`${house.url}/v1/_local/3ds/${intent.id}`, {
    method: "POST",
    headers: { authorization: `Bearer ${house.key.replace("sk_", "pk_")}` },
    body: new URLSearchParams({ client_secret: String(intent.client_secret), outcome }),
  });
  expect(response.status).toBe(200);
}

test("needs the holder for some cards even off session", async () => {
  const stripe = house.another();
  const customer = await stripe.customers.create();
  const method = await stripe.paymentMethods.attach("pm_card_authenticationRequired", { customer: customer.id });
  await expect(pay(stripe, method.id, { customer: customer.id, off_session: true })).rejects.toMatchObject({
    ...{ statusCode: 402, code: "authentication_required" },
    payment_intent: { status: "requires_payment_method", last_payment_error: { payment_method: { id: method.id } } },
  });
});

test("charges a card off session once it was set up", async () => {
  const { stripe } = house;
  const customer = await stripe.customers.create();
  const setup = await stripe.setupIntents.create({
    customer: customer.id,
    payment_method: "pm_card_authenticationRequiredOnSetup",
    confirm: true,
    ...back,
  });
  expect(setup.status).toBe("requires_action");
  const response = await fetch(`${house.url}/v1/_local/3ds_setup/${setup.id}`, {
    method: "POST",
    headers: { authorization: `Bearer ${house.key}` },
    body: new URLSearchParams({ client_secret: String(setup.client_secret), outcome: "succeeded" }),
  });
  expect(response.status).toBe(200);
  const done = await stripe.setupIntents.retrieve(setup.id);
  expect(done.status).toBe("succeeded");
  const method = String(done.payment_method);
  expect(await pay(stripe, method, { customer: customer.id, off_session: true })).toMatchObject({
    status: "succeeded",
  });
});

test("refuses a bad card at attaching, and 0341 only at charging", async () => {
  const { stripe } = house;
  const { id: customer } = await stripe.customers.create();
  await expect(stripe.paymentMethods.attach("pm_card_visa_chargeDeclined", { customer })).rejects.toMatchObject({
    statusCode: 402,
    code: "card_declined",
  });
  const method = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
  expect(method.id).not.toBe("pm_card_chargeCustomerFail");
  await expect(pay(stripe, method.id, { customer, off_session: true })).rejects.toMatchObject({
    code: "card_declined",
  });
});

test("never takes back a detached method", async () => {
  const { stripe } = house;
  const { id: customer } = await stripe.customers.create();
  const method = await stripe.paymentMethods.attach("pm_card_visa", { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
  await stripe.paymentMethods.detach(method.id);
  await expect(stripe.paymentMethods.attach(method.id, { customer })).rejects.toMatchObject({
    code: "payment_method_unexpected_state",
  });
  expect(await stripe.customers.retrieve(customer)).toMatchObject({
    invoice_settings: { default_payment_method: null },
  });
});

test("judges typed cards and refuses real ones", async () => {
  onlyHere("sends card numbers from a server");
  const { stripe } = house;
  await expect(stripe.paymentMethods.create(typed("4242424242424241"))).rejects.toMatchObject({
    code: "incorrect_number",
  });
  await expect(
    stripe.paymentMethods.create({ type: "card", card: { number: "4242424242424242", exp_month: 1, exp_year: 2020 } }),
  ).rejects.toMatchObject({ code: "invalid_expiry_year" });
  await expect(stripe.paymentMethods.create(typed("4111111111111111"))).rejects.toMatchObject({
    decline_code: "test_mode_live_card",
  });
  expect(await stripe.paymentMethods.create(typed("5555555555554444"))).toMatchObject({
    card: { brand: "mastercard", last4: "4444" },
  });
});

test("holds, captures a part, and lets a hold expire", async () => {
  const stripe = house.another();
  const held = await pay(stripe, "pm_card_visa", { capture_method: "manual", amount: 5_000 });
  expect(held).toMatchObject({ status: "requires_capture", amount_capturable: 5_000 });
  const taken = await stripe.paymentIntents.capture(held.id, { amount_to_capture: 3_000, expand: ["latest_charge"] });
  expect(taken).toMatchObject({
    status: "succeeded",
    amount_received: 3_000,
    latest_charge: { amount_captured: 3_000, amount_refunded: 2_000 },
  });
  await expect(stripe.paymentIntents.capture(held.id)).rejects.toMatchObject({
    code: "payment_intent_unexpected_state",
  });

  const forgotten = await pay(stripe, "pm_card_visa", { capture_method: "manual" });
  await house.advance(8 * 86_400);
  expect(await stripe.paymentIntents.retrieve(forgotten.id)).toMatchObject({
    status: "canceled",
    cancellation_reason: "automatic",
  });
});

test("refunds in parts and no further", async () => {
  const stripe = house.another();
  const intent = await pay(stripe, "pm_card_visa");
  await stripe.refunds.create({ payment_intent: intent.id, amount: 500 });
  await expect(stripe.refunds.create({ payment_intent: intent.id, amount: 1_600 })).rejects.toMatchObject({
    message: "Refund amount ($16.00) is greater than unrefunded amount on charge ($15.00)",
  });
  await stripe.refunds.create({ payment_intent: intent.id });
  await expect(stripe.refunds.create({ payment_intent: intent.id })).rejects.toMatchObject({
    code: "charge_already_refunded",
  });
  const charge = await stripe.charges.retrieve(String(intent.latest_charge), { expand: ["refunds"] });
  expect(charge).toMatchObject({
    refunded: true,
    amount_refunded: 2_000,
    refunds: { data: [{ amount: 1_500 }, { amount: 500 }] },
  });
});

test("has refunds that succeed late and refunds that fail late", async () => {
  const stripe = house.another();
  const late = await pay(stripe, (await stripe.paymentMethods.create(typed("4000000000007726"))).id);
  const bad = await pay(stripe, (await stripe.paymentMethods.create(typed("4000000000005126"))).id);
  const pending = await stripe.refunds.create({ payment_intent: late.id });
  const fine = await stripe.refunds.create({ payment_intent: bad.id });
  expect([pending.status, fine.status]).toEqual(["pending", "succeeded"]);
  await house.advance(4 * 86_400);
  expect(await stripe.refunds.retrieve(pending.id)).toMatchObject({ status: "succeeded" });
  expect(await stripe.refunds.retrieve(fine.id)).toMatchObject({
    status: "failed",
    failure_reason: "lost_or_stolen_card",
  });
  expect(await stripe.charges.retrieve(String(bad.latest_charge))).toMatchObject({
    refunded: false,
    amount_refunded: 0,
  });
});

test("opens a dispute, and evidence decides it", async () => {
  const stripe = house.another();
  const intent = await pay(stripe, "pm_card_createDispute");
  const [dispute] = (await stripe.disputes.list({ payment_intent: intent.id })).data;
  expect(dispute).toMatchObject({ status: "needs_response", reason: "fraudulent", amount: 2_000 });
  await expect(stripe.refunds.create({ payment_intent: intent.id })).rejects.toMatchObject({ code: "charge_disputed" });
  const won = await stripe.disputes.update(String(dispute?.id), {
    evidence: { uncategorized_text: "winning_evidence" },
  });
  expect(won.status).toBe("won");
  const entries = await stripe.balanceTransactions.list({ type: "adjustment" });
  expect(entries.data.reduce((sum, { net }) => sum + net, 0)).toBe(0);
  const types = (await stripe.events.list({ limit: 100 })).data.map(({ type }) => String(type)).reverse();
  expect(types.slice(-5)).toEqual([
    "charge.dispute.created",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_reinstated",
  ]);
});

test("carries a bank debit to its late end", async () => {
  const stripe = house.another();
  const account = (account_number: string): Stripe.PaymentMethodCreateParams => ({
    type: "us_bank_account",
    us_bank_account: { account_number, routing_number: "110000000", account_holder_type: "individual" },
    billing_details: { name: "Ada" },
  });
  const good = await pay(stripe, (await stripe.paymentMethods.create(account("000123456789"))).id);
  const bad = await pay(stripe, (await stripe.paymentMethods.create(account("000222222227"))).id);
  expect([good.status, bad.status]).toEqual(["processing", "processing"]);
  await house.advance(5 * 86_400);
  expect(await stripe.paymentIntents.retrieve(good.id)).toMatchObject({ status: "succeeded" });
  expect(await stripe.paymentIntents.retrieve(bad.id)).toMatchObject({
    status: "requires_payment_method",
    last_payment_error: { decline_code: "insufficient_funds" },
  });
});

test("refuses old parameters, small amounts and missing return addresses", async () => {
  const { stripe } = house;
  await expect(
    stripe.paymentIntents.create({ amount: 100, currency: "usd", payment_method_types: ["card"] } as never),
  ).rejects.toMatchObject({ code: "payment_method_types_no_longer_supported" });
  await expect(stripe.paymentIntents.create({ amount: 49, currency: "usd" })).rejects.toMatchObject({
    code: "amount_too_small",
  });
  await expect(
    stripe.paymentIntents.create({ amount: 100, currency: "usd", confirm: true, payment_method: "pm_card_visa" }),
  ).rejects.toMatchObject({ param: "return_url" });
});

test("shows a browser a part of the intent, and only with its secret", async () => {
  const { stripe } = house;
  const intent = await stripe.paymentIntents.create({ amount: 100, currency: "usd", metadata: { secret: "x" } });
  const browser = (query: string) =>
    fetch(`${house.url}/v1/payment_intents/${intent.id}${query}`, {
      headers: { authorization: `Bearer ${house.key.replace("sk_", "pk_")}` },
    });
  const shown = await (await browser(`?client_secret=${intent.client_secret}`)).json();
  expect(shown).not.toHaveProperty("metadata");
  expect((await browser("?client_secret=wrong")).status).toBe(400);
  expect(
    (
      await fetch(`${house.url}/v1/customers`, {
        headers: { authorization: `Bearer ${house.key.replace("sk_", "pk_")}` },
      })
    ).status,
  ).toBe(403);
});

test("tells what happened in the order Stripe is seen to use, and every event keeps the contract", async () => {
  const fresh = await aLocalStripe();
  await pay(fresh.stripe, "pm_card_visa");
  expect(await fresh.events()).toEqual(["charge.succeeded", "payment_intent.succeeded", "payment_intent.created"]);
  await fresh.stop();
});

test("declines the next charge when told to", async () => {
  await house.control("POST", "next", { decline_code: "do_not_honor" });
  await expect(pay(house.stripe, "pm_card_visa")).rejects.toMatchObject({ decline_code: "do_not_honor" });
  expect(await pay(house.stripe, "pm_card_visa")).toMatchObject({ status: "succeeded" });
});

test("confirms with a token made by the page, once", async () => {
  const { stripe } = house;
  const token = await stripe.testHelpers.confirmationTokens.create({ payment_method: "pm_card_visa" });
  expect(token).toMatchObject({ payment_method_preview: { type: "card", card: { last4: "4242" } } });
  const intent = await stripe.paymentIntents.create({ amount: 500, currency: "usd" });
  expect(await stripe.paymentIntents.confirm(intent.id, { confirmation_token: token.id, ...back })).toMatchObject({
    status: "succeeded",
  });
  const other = await stripe.paymentIntents.create({ amount: 500, currency: "usd" });
  await expect(
    stripe.paymentIntents.confirm(other.id, { confirmation_token: token.id, ...back }),
  ).rejects.toMatchObject({ param: "confirmation_token" });
});
