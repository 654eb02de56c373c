import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aLocalStripe, type TestHouse } from "../testing/house";

let house: TestHouse;
let reader = "";
beforeAll(async () => {
  house = await aLocalStripe();
  const capabilities = { transfers: { requested: true }, card_payments: { requested: true } };
  ({ id: reader } = await house.stripe.accounts.create({ type: "express", capabilities }));
  await house.control("POST", `accounts/${reader}/onboard`);
});
afterAll(() => house.stop());

const charge = (more: Partial<Stripe.PaymentIntentCreateParams>, options: Stripe.RequestOptions = {}) =>
  house.stripe.paymentIntents.create(
    {
      ...{ amount: 10_000, currency: "usd", payment_method: "pm_card_bypassPending", confirm: true },
      ...{ return_url: "http://localhost/back", ...more },
    },
    options,
  );
const sumOf = async (options: Stripe.RequestOptions = {}): Promise<number> => {
  const { available, pending } = await house.stripe.balance.retrieve({}, options);
  return [...available, ...pending].reduce((sum, { amount }) => sum + amount, 0);
};
const theirs = {
  get stripeAccount() {
    return reader;
  },
};

test("keeps a fee of a destination charge, and gives it back in parts", async () => {
  const { stripe } = house;
  const [ours, before] = [await sumOf(), await sumOf(theirs)];
  await charge({ transfer_data: { destination: reader }, application_fee_amount: 3_000 });
  // 2.9 % and 30 cents of 10,000 are 320.
  expect([(await sumOf()) - ours, (await sumOf(theirs)) - before]).toEqual([3_000 - 320, 7_000]);
  const [fee] = (await stripe.applicationFees.list({ limit: 1 })).data;
  expect(fee).toMatchObject({ amount: 3_000, account: reader, amount_refunded: 0 });
  const id = fee?.id ?? "";
  const refund = await stripe.applicationFees.createRefund(id, { amount: 1_000, metadata: { why: "late" } });
  expect(refund).toMatchObject({ object: "fee_refund", amount: 1_000, fee: id, metadata: { why: "late" } });
  expect([(await sumOf()) - ours, (await sumOf(theirs)) - before]).toEqual([2_000 - 320, 8_000]);
  await expect(stripe.applicationFees.createRefund(id, { amount: 2_001 })).rejects.toMatchObject({ param: "amount" });
  await stripe.applicationFees.createRefund(id);
  expect(await stripe.applicationFees.retrieve(id)).toMatchObject({ amount_refunded: 3_000, refunded: true });
  await expect(stripe.applicationFees.createRefund(id)).rejects.toMatchObject({ statusCode: 400 });
  expect((await stripe.applicationFees.listRefunds(id)).data.map(({ amount }) => amount)).toEqual([2_000, 1_000]);
  expect(await stripe.applicationFees.updateRefund(id, refund.id, { metadata: { why: "" } })).toMatchObject({
    metadata: {},
  });
  expect(await stripe.applicationFees.retrieveRefund(id, refund.id)).toMatchObject({ amount: 1_000 });
  await expect(stripe.applicationFees.retrieveRefund("fee_none", refund.id)).rejects.toMatchObject({ statusCode: 404 });
  expect(await house.events()).toEqual(
    expect.arrayContaining(["application_fee.created", "application_fee.refunded", "application_fee.refund.updated"]),
  );
});

test("gives the fee back with the refund of its charge, in the same share", async () => {
  const { stripe } = house;
  const intent = await charge({ transfer_data: { destination: reader }, application_fee_amount: 1_000 });
  const [ours, before] = [await sumOf(), await sumOf(theirs)];
  await stripe.refunds.create({
    ...{ payment_intent: intent.id, amount: 5_000, refund_application_fee: true, reverse_transfer: true },
  });
  // 5,000 to the customer; 5,000 back from the reader, who gets 500 of the fee back.
  expect([(await sumOf()) - ours, (await sumOf(theirs)) - before]).toEqual([-5_000 + 5_000 - 500, -5_000 + 500]);
  const plain = await charge({});
  await expect(stripe.refunds.create({ payment_intent: plain.id, refund_application_fee: true })).rejects.toMatchObject(
    { statusCode: 400 },
  );
});

test("takes a fee out of a charge made on the connected account", async () => {
  const [ours, before] = [await sumOf(), await sumOf(theirs)];
  const intent = await charge({ application_fee_amount: 2_000 }, theirs);
  expect([(await sumOf()) - ours, (await sumOf(theirs)) - before]).toEqual([2_000, 10_000 - 320 - 2_000]);
  const expand = ["balance_transaction"];
  const paid = await house.stripe.charges.retrieve(String(intent.latest_charge), { expand }, theirs);
  expect(paid.balance_transaction).toMatchObject({
    ...{ fee: 2_320, net: 7_680, fee_details: [{ type: "application_fee", amount: 2_000 }, { type: "stripe_fee" }] },
  });
});

test("sends a payout back", async () => {
  const { stripe } = house;
  await charge({ transfer_data: { destination: reader } });
  const payout = await stripe.payouts.create({ amount: 1_000, currency: "usd" }, theirs);
  await expect(stripe.payouts.reverse(payout.id, {}, theirs)).rejects.toMatchObject({ statusCode: 400 });
  await house.advance(3 * 86_400);
  const before = await sumOf(theirs);
  const back = await stripe.payouts.reverse(payout.id, { metadata: { why: "wrong" } }, theirs);
  expect(back).toMatchObject({ amount: -1_000, original_payout: payout.id, status: "pending" });
  expect(await stripe.payouts.retrieve(payout.id, {}, theirs)).toMatchObject({ status: "paid", reversed_by: back.id });
  expect((await sumOf(theirs)) - before).toBe(1_000);
  await expect(stripe.payouts.reverse(payout.id, {}, theirs)).rejects.toMatchObject({ statusCode: 400 });
  await house.advance(3 * 86_400);
  expect(await stripe.payouts.retrieve(back.id, {}, theirs)).toMatchObject({ status: "paid" });
});

test("tops the balance up at once, later, never, or not after all", async () => {
  const { stripe } = house;
  const before = await sumOf();
  const topup = (source?: string) => stripe.topups.create({ amount: 700, currency: "usd", ...(source && { source }) });
  expect(await topup()).toMatchObject({ status: "succeeded" });
  const [good, bad, taken] = [
    await topup("btok_us_verified"),
    await topup("btok_us_verified_noAccount"),
    await topup("btok_us_verified"),
  ];
  expect(good.status).toBe("pending");
  expect(await stripe.topups.update(good.id, { description: "Reserve" })).toMatchObject({ description: "Reserve" });
  expect(await stripe.topups.cancel(taken.id)).toMatchObject({ status: "canceled" });
  expect((await sumOf()) - before).toBe(700);
  await house.advance(3 * 86_400);
  expect(await stripe.topups.retrieve(good.id)).toMatchObject({ status: "succeeded" });
  expect(await stripe.topups.retrieve(bad.id)).toMatchObject({ status: "failed", failure_code: "no_account" });
  await expect(stripe.topups.cancel(good.id)).rejects.toMatchObject({ statusCode: 400 });
  expect((await sumOf()) - before).toBe(1_400);
  expect((await house.events()).filter((type) => type.startsWith("topup.")).slice(-3)).toEqual([
    ...["topup.canceled", "topup.succeeded", "topup.failed"],
  ]);
});

test("writes on a reversal, and finds it only below its own transfer", async () => {
  const { stripe } = house;
  const transfer = await stripe.transfers.create({ amount: 100, currency: "usd", destination: reader });
  const other = await stripe.transfers.create({ amount: 100, currency: "usd", destination: reader });
  const reversal = await stripe.transfers.createReversal(transfer.id, { amount: 40 });
  expect(await stripe.transfers.updateReversal(transfer.id, reversal.id, { metadata: { why: "late" } })).toMatchObject({
    ...{ amount: 40, metadata: { why: "late" } },
  });
  expect((await stripe.transfers.retrieve(transfer.id)).reversals.data).toMatchObject([{ metadata: { why: "late" } }]);
  await expect(stripe.transfers.retrieveReversal(other.id, reversal.id)).rejects.toMatchObject({ statusCode: 404 });
});
