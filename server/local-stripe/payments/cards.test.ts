import Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { customerWith } from "../testing/customers";
import { aLocalStripe, type TestHouse } from "../testing/house";

let house: TestHouse;
let price: string;
beforeAll(async () => {
  house = await aLocalStripe();
  ({ id: price } = await house.stripe.prices.create({
    currency: "usd",
    unit_amount: 2_900,
    recurring: { interval: "month" },
    product_data: { name: "Pro" },
  }));
});
afterAll(() => house.stop());

type Row = {
  number: string;
  /** Paying while the customer is there. */
  here: string;
  /** Leaving the card with a customer. */
  attach: string;
  /** Setting it up for later, and then paying while the customer is away. */
  setup: string;
  away?: string;
  /** The first invoice of a subscription, where the customer has not been asked. */
  first?: string;
  /** A subscription that was good and is renewed with this card. */
  renewal?: string;
};

const good = {
  here: "succeeded",
  attach: "attached",
  setup: "succeeded",
  away: "succeeded",
  first: "active",
  renewal: "active",
};
/** Cards that no customer can be left with. */
const refusedAs = (code: string) => ({ here: code, attach: code, setup: code });

const CARDS: Row[] = [
  { number: "4242424242424242", ...good },
  { number: "5555555555554444", ...good },
  { number: "378282246310005", ...good },
  { number: "4000000000000077", ...good },
  { number: "4000000000000002", ...refusedAs("card_declined") },
  { number: "4000000000009995", ...refusedAs("card_declined") },
  { number: "4000000000009987", ...refusedAs("card_declined") },
  { number: "4000000000009979", ...refusedAs("card_declined") },
  { number: "4000000000000069", ...refusedAs("expired_card") },
  { number: "4000000000000127", ...refusedAs("incorrect_cvc") },
  { number: "4000000000000119", ...refusedAs("processing_error") },
  {
    number: "4000000000000341",
    here: "card_declined",
    attach: "attached",
    setup: "succeeded",
    away: "card_declined",
    first: "incomplete",
    renewal: "past_due",
  },
  {
    number: "4000002760003184",
    here: "requires_action",
    attach: "attached",
    setup: "requires_action",
    away: "authentication_required",
    first: "incomplete",
    renewal: "past_due",
  },
  {
    number: "4000002500003155",
    here: "requires_action",
    attach: "attached",
    setup: "requires_action",
    away: "authentication_required",
    first: "incomplete",
    renewal: "past_due",
  },
  {
    number: "4000000000003220",
    here: "requires_action",
    attach: "attached",
    setup: "requires_action",
    away: "authentication_required",
    first: "incomplete",
    renewal: "past_due",
  },
  {
    number: "4000008400001629",
    here: "requires_action",
    attach: "attached",
    setup: "requires_action",
    away: "authentication_required",
    first: "incomplete",
    renewal: "past_due",
  },
  {
    number: "4000003800000446",
    here: "requires_action",
    attach: "attached",
    setup: "requires_action",
    away: "succeeded",
    first: "incomplete",
    renewal: "active",
  },
  { number: "4000000000000259", ...good },
  { number: "4000000000001976", ...good },
  { number: "4000000000005423", ...good },
  { number: "4000000000009235", ...good },
  { number: "4000000000004954", ...good },
  {
    number: "4100000000000019",
    here: "card_declined",
    attach: "attached",
    setup: "succeeded",
    away: "card_declined",
    first: "incomplete",
    renewal: "past_due",
  },
  { number: "4000000000007726", ...good },
  { number: "4000000000005126", ...good },
];

const made = (number: string) =>
  house.stripe.paymentMethods.create({ type: "card", card: { number, exp_month: 12, exp_year: 2034, cvc: "314" } });
const back = { return_url: "http://localhost/back" };

/** The holder says yes to the bank. */
const answer = (path: string, client_secret: string): Promise<Response> =>
  fetch(`${house.url}/v1/_local/${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${house.key}` },
    body: new URLSearchParams({ client_secret, outcome: "succeeded" }),
  });

/** The status, or the code of the refusal. */
async function outcome(work: Promise<{ status: string | null } | { customer: unknown }>): Promise<string> {
  try {
    const done = await work;
    return "status" in done ? String(done.status) : "attached";
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError && error.code) return error.code;
    throw error;
  }
}

test.each(CARDS)("$number behaves as the table says", async ({ number, here, attach, setup, away, first }) => {
  const { stripe } = house;
  const charge = { amount: 2_000, currency: "usd", confirm: true };
  expect(
    await outcome(stripe.paymentIntents.create({ ...charge, payment_method: (await made(number)).id, ...back })),
  ).toBe(here);

  const { id: customer } = await stripe.customers.create();
  const method = (await made(number)).id;
  expect(await outcome(stripe.paymentMethods.attach(method, { customer }))).toBe(attach);
  expect(
    await outcome(
      stripe.setupIntents.create({ customer, payment_method: (await made(number)).id, confirm: true, ...back }),
    ),
  ).toBe(setup);
  if (attach !== "attached") return;
  expect(
    await outcome(stripe.paymentIntents.create({ ...charge, customer, payment_method: method, off_session: true })),
  ).toBe(away);
  expect(
    await outcome(stripe.subscriptions.create({ customer, items: [{ price }], default_payment_method: method })),
  ).toBe(first);
});

test("a card that fails after the holder was asked is declined then", async () => {
  const { stripe } = house;
  const intent = await stripe.paymentIntents.create({
    amount: 900,
    currency: "usd",
    confirm: true,
    payment_method: (await made("4000008400001629")).id,
    ...back,
  });
  const told = await answer(`3ds/${intent.id}`, String(intent.client_secret));
  expect(await told.json()).toMatchObject({
    status: "requires_payment_method",
    last_payment_error: { code: "card_declined" },
  });
});

test("each renews as the table says, and one that was set up needs nobody", async () => {
  const { stripe } = house;
  const rows = CARDS.filter(({ renewal }) => renewal !== undefined);
  const renewing = await Promise.all(
    rows.map(async ({ number, renewal }) => {
      const customer = await customerWith(stripe, "visa");
      const { id } = await stripe.subscriptions.create({ customer, items: [{ price }] });
      const { id: card } = await stripe.paymentMethods.attach((await made(number)).id, { customer });
      await stripe.subscriptions.update(id, { default_payment_method: card });
      return { id, number, renewal };
    }),
  );
  const customer = await customerWith(stripe, "visa");
  const kept = await stripe.subscriptions.create({ customer, items: [{ price }] });
  const setup = await stripe.setupIntents.create({
    ...{ customer, payment_method: (await made("4000002500003155")).id, confirm: true, ...back },
  });
  await answer(`3ds_setup/${setup.id}`, String(setup.client_secret));
  await stripe.subscriptions.update(kept.id, { default_payment_method: String(setup.payment_method) });

  await house.advance(31 * 86_400 + 3_600);
  for (const { id, number, renewal } of renewing)
    expect([number, (await stripe.subscriptions.retrieve(id)).status]).toEqual([number, renewal]);
  expect(await stripe.subscriptions.retrieve(kept.id)).toMatchObject({ status: "active" });
});

const NAMES: [name: string, last4: string][] = [
  ["visa", "4242"],
  ["mastercard", "4444"],
  ["amex", "0005"],
  ["bypassPending", "0077"],
  ["visa_chargeDeclined", "0002"],
  ["visa_chargeDeclinedInsufficientFunds", "9995"],
  ["visa_chargeDeclinedLostCard", "9987"],
  ["visa_chargeDeclinedStolenCard", "9979"],
  ["visa_chargeDeclinedExpiredCard", "0069"],
  ["visa_chargeDeclinedIncorrectCvc", "0127"],
  ["visa_chargeDeclinedProcessingError", "0119"],
  ["chargeCustomerFail", "0341"],
  ["authenticationRequired", "3184"],
  ["authenticationRequiredOnSetup", "3155"],
  ["threeDSecure2Required", "3220"],
  ["createDispute", "0259"],
  ["createDisputeInquiry", "1976"],
  ["createIssuerFraudRecord", "5423"],
  ["refundFail", "5126"],
];

test.each(NAMES)("pm_card_%s and its token stand for the card ending in %s", async (name, last4) => {
  const { stripe } = house;
  const intent = await stripe.paymentIntents.create({
    amount: 900,
    currency: "usd",
    payment_method: `pm_card_${name}`,
  });
  expect((await stripe.paymentMethods.retrieve(String(intent.payment_method))).card?.last4).toBe(last4);
  const token = await stripe.paymentMethods.create({ type: "card", card: { token: `tok_${name}` } });
  expect(token.card?.last4).toBe(last4);
});

type Effect = [number: string, what: string, shows: (charge: Stripe.Charge) => unknown, expected: unknown];
const EFFECTS: Effect[] = [
  ["4242424242424242", "money that is on its way", balanceStatus, "pending"],
  ["4000000000000077", "money that is there", balanceStatus, "available"],
  ["4000000000009235", "an elevated risk", ({ outcome: found }) => found?.risk_level, "elevated"],
  ["4000000000004954", "the highest risk", ({ outcome: found }) => found?.risk_level, "highest"],
  ["4000000000000259", "a dispute", disputeStatus, "needs_response"],
  ["4000000000001976", "an inquiry", disputeStatus, "warning_needs_response"],
  ["4000000000007726", "a refund that waits", refundStatus, "pending"],
  ["4000000000005126", "a refund that will fail", refundStatus, "succeeded"],
];

async function balanceStatus({ balance_transaction }: Stripe.Charge): Promise<string> {
  return (await house.stripe.balanceTransactions.retrieve(String(balance_transaction))).status;
}
async function disputeStatus({ id }: Stripe.Charge): Promise<string | undefined> {
  return (await house.stripe.disputes.list({ charge: id })).data[0]?.status;
}
async function refundStatus({ id }: Stripe.Charge): Promise<string | null> {
  return (await house.stripe.refunds.create({ charge: id })).status;
}

test.each(EFFECTS)("%s leaves %s", async (number, _, shows, expected) => {
  const { stripe } = house;
  const intent = await stripe.paymentIntents.create({
    ...{ amount: 900, currency: "usd", payment_method: (await made(number)).id, confirm: true, ...back },
  });
  expect(await shows(await stripe.charges.retrieve(String(intent.latest_charge)))).toBe(expected);
});

test.each([
  ["4100000000000019", "blocked", "do_not_try_again"],
  ["4000000000009987", "issuer_declined", "do_not_try_again"],
  ["4000000000000069", "issuer_declined", "confirm_card_data"],
  ["4000000000009995", "issuer_declined", "try_again_later"],
] as const)("%s says what to do about its decline", async (number, type, advice_code) => {
  const declined = await house.stripe.paymentIntents
    .create({ amount: 900, currency: "usd", payment_method: (await made(number)).id, confirm: true, ...back })
    .catch((error: unknown) => error);
  expect(declined).toMatchObject({ statusCode: 402, raw: { advice_code } });
  const { charge } = declined as { charge: string }; // the error of a decline names its charge
  expect(await house.stripe.charges.retrieve(charge)).toMatchObject({ outcome: { type, advice_code } });
});
