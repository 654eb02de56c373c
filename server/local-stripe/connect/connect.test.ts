import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aLocalStripe, type TestHouse } from "../testing/house";

let house: TestHouse;
beforeAll(async () => {
  house = await aLocalStripe();
});
afterAll(() => house.stop());

async function aReader(bank = "000123456789"): Promise<string> {
  const account = await house.stripe.accounts.create({
    ...{
      controller: {
        fees: { payer: "application" },
        losses: { payments: "application" },
        stripe_dashboard: { type: "express" },
      },
      country: "US",
    },
    ...{
      capabilities: { transfers: { requested: true } },
      settings: { payouts: { schedule: { interval: "manual" } } },
    },
  });
  expect(account).toMatchObject({
    details_submitted: false,
    payouts_enabled: false,
    capabilities: { transfers: "inactive" },
  });
  await house.control("POST", `accounts/${account.id}/onboard`, { bank });
  return account.id;
}

const charge = (payment_method: string): Promise<Stripe.PaymentIntent> =>
  house.stripe.paymentIntents.create({
    amount: 10_000,
    currency: "usd",
    payment_method,
    confirm: true,
    return_url: "http://localhost/back",
  });
const theirs = async (stripeAccount: string) =>
  (await house.stripe.balance.retrieve({}, { stripeAccount })).available[0]?.amount;

test("needs money that is available, or a charge to draw on", async () => {
  const { stripe } = house;
  const destination = await aReader();
  const pending = await charge("pm_card_visa");
  await expect(stripe.transfers.create({ amount: 7_000, currency: "usd", destination })).rejects.toMatchObject({
    code: "balance_insufficient",
  });
  const source_transaction = String(pending.latest_charge);
  await stripe.transfers.create({ amount: 7_000, currency: "usd", destination, source_transaction });
  await expect(
    stripe.transfers.create({ amount: 7_000, currency: "usd", destination, source_transaction }),
  ).rejects.toMatchObject({ statusCode: 400 });
  expect(await theirs(destination)).toBe(0);
  await house.advance(7 * 86_400);
  expect(await theirs(destination)).toBe(7_000);
  const [told] = (await stripe.events.list({ type: "balance.available" }, { stripeAccount: destination })).data;
  expect(told?.data.object).toMatchObject({ object: "balance", available: [{ amount: 7_000 }] });
});

test("refuses an account that may not receive", async () => {
  const { id: destination } = await house.stripe.accounts.create({
    type: "express",
    capabilities: { transfers: { requested: true } },
  });
  await charge("pm_card_bypassPending");
  await expect(house.stripe.transfers.create({ amount: 100, currency: "usd", destination })).rejects.toMatchObject({
    code: "insufficient_capabilities_for_transfer",
  });
});

test("takes a transfer back, and every cent is accounted for", async () => {
  const { stripe } = house;
  const destination = await aReader();
  await charge("pm_card_bypassPending");
  const transfer = await stripe.transfers.create({ amount: 5_000, currency: "usd", destination });
  await stripe.transfers.createReversal(transfer.id, { amount: 2_000 });
  expect(await stripe.transfers.retrieve(transfer.id)).toMatchObject({ amount_reversed: 2_000, reversed: false });
  expect(await theirs(destination)).toBe(3_000);
  const entries = await stripe.balanceTransactions.list({ limit: 100 }).autoPagingToArray({ limit: 1_000 });
  const balance = await stripe.balance.retrieve();
  expect(entries.reduce((sum, { net }) => sum + net, 0)).toBe(
    (balance.available[0]?.amount ?? 0) + (balance.pending[0]?.amount ?? 0),
  );
});

test("pays out to a bank, unless the bank says no", async () => {
  const { stripe } = house;
  const [good, bad] = [await aReader(), await aReader("000111111116")];
  await charge("pm_card_bypassPending");
  const payouts: Stripe.Payout[] = [];
  for (const stripeAccount of [good, bad]) {
    await stripe.transfers.create({ amount: 1_000, currency: "usd", destination: stripeAccount });
    await expect(stripe.payouts.create({ amount: 2_000, currency: "usd" }, { stripeAccount })).rejects.toMatchObject({
      code: "balance_insufficient",
    });
    payouts.push(await stripe.payouts.create({ amount: 1_000, currency: "usd" }, { stripeAccount }));
  }
  await house.advance(3 * 86_400);
  expect(await stripe.payouts.retrieve(String(payouts[0]?.id), {}, { stripeAccount: good })).toMatchObject({
    status: "paid",
  });
  expect(await stripe.payouts.retrieve(String(payouts[1]?.id), {}, { stripeAccount: bad })).toMatchObject({
    status: "failed",
    failure_code: "account_closed",
  });
  expect([await theirs(good), await theirs(bad)]).toEqual([0, 1_000]);
});

test("keeps a connected account's objects in its own space", async () => {
  const { stripe } = house;
  const stripeAccount = await aReader();
  const { id } = await stripe.customers.create({}, { stripeAccount });
  await expect(stripe.customers.retrieve(id)).rejects.toMatchObject({ code: "resource_missing" });
  await expect(stripe.customers.retrieve(id, {}, { stripeAccount: "acct_nobody" })).rejects.toMatchObject({
    statusCode: 403,
    code: "account_invalid",
  });
});

test("sends on a destination charge and takes it back with the refund", async () => {
  const { stripe } = house;
  const destination = await aReader();
  const intent = await stripe.paymentIntents.create({
    ...{
      amount: 10_000,
      currency: "usd",
      payment_method: "pm_card_bypassPending",
      confirm: true,
      return_url: "http://localhost/back",
    },
    transfer_data: { destination, amount: 7_000 },
  });
  expect(await theirs(destination)).toBe(7_000);
  await stripe.refunds.create({ payment_intent: intent.id, amount: 5_000, reverse_transfer: true });
  expect(await theirs(destination)).toBe(3_500);
});

test("finds transfers by where they went, a page at a time", async () => {
  const { stripe } = house;
  const destination = await aReader();
  await charge("pm_card_bypassPending");
  for (const amount of [100, 200, 300]) await stripe.transfers.create({ amount, currency: "usd", destination });
  const first = await stripe.transfers.list({ destination, limit: 2 });
  expect(first.data.map(({ amount }) => amount)).toEqual([300, 200]);
  expect(first.has_more).toBe(true);
});
