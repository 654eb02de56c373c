import Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aLocalStripe, type TestHouse } from "../testing/house";

let house: TestHouse;
beforeAll(async () => {
  house = await aLocalStripe();
});
afterAll(() => house.stop());

const invalid = { statusCode: 400, rawType: "invalid_request_error" };
const paid: Stripe.PaymentIntentCreateParams = {
  ...{ amount: 2_499, currency: "usd", confirm: true, payment_method: "pm_card_visa" },
  automatic_payment_methods: { enabled: true, allow_redirects: "never" },
};
const card = { number: "4242424242424242", exp_month: 12, exp_year: 2_030, cvc: "123" };
/** What the SDK's types would not let through. */
const untyped = (params: object) => params as never;

type Case = [wrong: string, ask: (stripe: Stripe) => Promise<unknown>, heard: object];

const CASES: Case[] = [
  [
    "a parameter that is missing",
    (stripe) => stripe.paymentIntents.create(untyped({ currency: "usd" })),
    { ...invalid, code: "parameter_missing", param: "amount", message: "Missing required param: amount." },
  ],
  [
    "a parameter that is unknown",
    (stripe) => stripe.paymentIntents.create(untyped({ amount: 100, currency: "usd", shape: { round: 1 } })),
    { ...invalid, code: "parameter_unknown", param: "shape", message: "Received unknown parameter: shape" },
  ],
  [
    "a word that is none of those",
    (stripe) => stripe.paymentIntents.create(untyped({ amount: 100, currency: "usd", setup_future_usage: "never" })),
    {
      ...{ ...invalid, code: undefined, param: "setup_future_usage" },
      message: "Invalid setup_future_usage: must be one of off_session or on_session",
    },
  ],
  [
    "a currency that nobody has",
    (stripe) => stripe.paymentIntents.create({ amount: 1_000, currency: "zzz" }),
    {
      ...{ ...invalid, code: undefined, param: "currency" },
      message: expect.stringMatching(/^Invalid currency: zzz\. Stripe currently supports these currencies: usd, aed, /),
    },
  ],
  [
    "an address that is none",
    (stripe) => stripe.customers.create({ email: "nobody" }),
    { ...invalid, code: "email_invalid", param: "email", message: "Invalid email address: nobody" },
  ],
  [
    "a page that is too long",
    (stripe) => stripe.customers.list({ limit: 101 }),
    {
      ...{ ...invalid, code: "parameter_invalid_integer", param: "limit" },
      message: "This value must be less than or equal to 100 (it currently is '101').",
    },
  ],
  [
    "an object that is not there",
    (stripe) => stripe.customers.retrieve("cus_none"),
    { ...invalid, statusCode: 404, code: "resource_missing", param: "id", message: "No such customer: 'cus_none'" },
  ],
  [
    "a list opened beside its entries",
    async (stripe) => {
      await stripe.customers.create();
      await stripe.customers.list({ expand: ["default_source"] });
    },
    {
      ...{ ...invalid, code: undefined, param: "expand" },
      message:
        "This property cannot be expanded (default_source). You may want to try expanding 'data.default_source' instead.",
    },
  ],
  [
    "a card without money",
    (stripe) =>
      stripe.paymentIntents.create({ ...paid, payment_method: "pm_card_visa_chargeDeclinedInsufficientFunds" }),
    {
      ...{ statusCode: 402, rawType: "card_error", code: "card_declined", decline_code: "insufficient_funds" },
      ...{ message: "Your card has insufficient funds.", doc_url: "https://docs.stripe.com/error-codes/card-declined" },
      payment_intent: { status: "requires_payment_method" },
    },
  ],
  [
    "a number with a slip in it",
    (stripe) => stripe.paymentMethods.create({ type: "card", card: { ...card, number: "4242424242424241" } }),
    {
      ...{ statusCode: 402, rawType: "card_error", code: "incorrect_number", param: "number" },
      ...{ message: "Your card number is incorrect.", doc_url: "https://docs.stripe.com/error-codes/incorrect-number" },
    },
  ],
  [
    "a second capture",
    async (stripe) => stripe.paymentIntents.capture((await stripe.paymentIntents.create(paid)).id),
    {
      ...{ ...invalid, code: "payment_intent_unexpected_state", payment_intent: { status: "succeeded" } },
      message: "This PaymentIntent could not be captured because it has already been captured.",
      doc_url: "https://docs.stripe.com/error-codes/payment-intent-unexpected-state",
    },
  ],
  [
    "giving up what was paid",
    async (stripe) => stripe.paymentIntents.cancel((await stripe.paymentIntents.create(paid)).id),
    {
      ...{ ...invalid, code: "payment_intent_unexpected_state", payment_intent: { status: "succeeded" } },
      message:
        "You cannot cancel this PaymentIntent because it has a status of succeeded. Only a PaymentIntent with one of the following statuses may be canceled: requires_payment_method, requires_capture, requires_confirmation, requires_action.",
    },
  ],
];

test.each(CASES)("refuses %s in Stripe's own words, and says which request it was", async (_, ask, heard) => {
  const error = await ask(house.another()).catch((problem: unknown) => problem);
  expect(error).toBeInstanceOf(Stripe.errors.StripeError);
  expect(error).toMatchObject({ ...heard, requestId: expect.stringMatching(/^req_\w{14}$/) });
});

test("takes a currency in either case and keeps it in the lower one", async () => {
  const { currency } = await house.another().paymentIntents.create({ amount: 1_000, currency: "EUR" });
  expect(currency).toBe("eur");
});
