import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { getBalance } from "@/lib/credits/queries";
import { db } from "@/lib/db/client";
import { refunds } from "@/lib/db/schema";
import { provide } from "@/lib/env";
import { parseInput } from "@/lib/input";
import { log } from "@/lib/log";
import { brokenPromises } from "@/lib/testing/books";
import { spend } from "@/lib/testing/credits";
import { aPurchase, asStaff, houseOf, potsOf, stripeCtx } from "@/lib/testing/payments";
import { aPerson, type Person } from "@/lib/testing/people";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { lookAfterRefunds } from "./look-after-refunds";
import { getPayment } from "./queries";
import { refundPayment } from "./refund";
import { RefundPayment } from "./schema";
import { settle } from "./settle";

let house: TestStripe;
let staff: Person;
beforeAll(async () => {
  log().level = "silent";
  house = await aStripe();
  staff = await aPerson();
});
afterAll(() => house.stop());
beforeEach(() => house.renew());
afterEach(async () => expect(await brokenPromises()).toEqual([]));

const refund = (paymentId: string, given: { amount?: string; idempotencyKey?: string } = {}) =>
  refundPayment(asStaff(staff), {
    ...parseInput(RefundPayment, given.amount === undefined ? {} : { amount: given.amount }),
    paymentId: paymentId as `payment_${string}`,
    idempotencyKey: given.idempotencyKey,
  });
const atStripe = async (intentId: string) =>
  (await house.stripe.refunds.list({ payment_intent: intentId })).data.map(({ amount, status }) => [amount, status]);
const atOnce = <T>(count: number, work: () => Promise<T>) => Promise.allSettled(Array.from({ length: count }, work));
const causes = (tries: PromiseSettledResult<unknown>[]) =>
  tries.map((one) => (one.status === "fulfilled" ? "done" : one.reason.code)).sort();

test("an unspent purchase is paid back whole: every credit of it goes, and no other", async () => {
  const who = await aPerson();
  const { paymentId, paymentIntentId } = await aPurchase(house, who);
  expect(await refund(paymentId)).toMatchObject({ status: "succeeded", amount: 24.99, credits: 150, bonusCredits: 10 });
  expect(await atStripe(paymentIntentId)).toEqual([[2_499, "succeeded"]]);
  expect(await potsOf(who.accountId)).toEqual({ credits: 10 });
  expect(await houseOf(who.accountId)).toEqual({ stripe: 1_020_000, cost_fees: -1_020_000, issued_promotional: -10 });
  expect(await getPayment(who.ctx, { paymentId })).toMatchObject({
    ...{ status: "succeeded", refunded: { amount: "24.99" }, refundable: { amount: "0.00" } },
    refunds: [{ status: "succeeded" }],
  });
});

test("of a partly spent one, what is unspent at the price that was paid for it; the bonus goes first", async () => {
  const who = await aPerson();
  const { paymentId } = await aPurchase(house, who);
  await spend(who, 50); // 10 welcome, 10 bonus, 30 of the paid ones
  expect(await getPayment(who.ctx, { paymentId })).toMatchObject({ refundable: { amount: "19.99" } });
  expect(await refund(paymentId, { amount: "5" })).toMatchObject({ amount: 5, credits: 31, bonusCredits: 0 });
  expect(await refund(paymentId)).toMatchObject({ amount: 14.82, credits: 89 });
  expect(await potsOf(who.accountId)).toEqual({});
  await expect(refund(paymentId)).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("Nothing"),
  });
});

test("a part of an unspent one takes all of its bonus and as many credits as it is worth", async () => {
  const who = await aPerson();
  const { paymentId } = await aPurchase(house, who);
  await aPurchase(house, who, { packageId: 1 });
  await refund(paymentId, { amount: "5.00" });
  const { balance, lots } = await getBalance(who.ctx);
  expect(balance).toBe(10 + 50 + 119);
  expect(lots.map(({ kind, remaining }) => [kind, remaining])).toEqual([
    ...[
      ["promotional", 10],
      ["paid", 119],
      ["paid", 50],
    ],
  ]);
});

test("of a wallet, what is left of that top-up in whole cents", async () => {
  const who = await aPerson();
  const { paymentId } = await aPurchase(house, who, { topUp: "25" });
  await aPurchase(house, who, { topUp: "10" });
  expect(await refund(paymentId, { amount: "5.00" })).toMatchObject({ amount: 5, credits: 0 });
  expect(await potsOf(who.accountId)).toEqual({ credits: 10, wallet: 30_000_000 });
});

test("twenty at once for the whole pay it back once, and the rest hear that nothing is left", async () => {
  const who = await aPerson();
  const { paymentId, paymentIntentId } = await aPurchase(house, who);
  const tries = await atOnce(20, () => refund(paymentId));
  expect(causes(tries)).toEqual([...Array(19).fill("conflict"), "done"]);
  expect(await atStripe(paymentIntentId)).toEqual([[2_499, "succeeded"]]);
});

test("parts that are asked for at once never exceed the whole", async () => {
  const who = await aPerson();
  const { paymentId, paymentIntentId } = await aPurchase(house, who);
  const tries = await atOnce(6, () => refund(paymentId, { amount: "8.00" }));
  expect(causes(tries)).toEqual(["done", "done", "done", "invalid", "invalid", "invalid"]);
  expect((await atStripe(paymentIntentId)).length).toBe(3);
  expect(await getPayment(who.ctx, { paymentId })).toMatchObject({ refunded: { amount: "24.00" } });
});

test("what is spent at the same moment is not paid back too", async () => {
  const who = await aPerson();
  const { paymentId } = await aPurchase(house, who);
  const tries = await Promise.allSettled([refund(paymentId), ...Array.from({ length: 17 }, () => spend(who, 10))]);
  expect(tries.filter(({ status }) => status === "fulfilled").length).toBeGreaterThan(0);
  const { credits = 0 } = await potsOf(who.accountId);
  expect(credits).toBeGreaterThanOrEqual(0);
});

test("a repeat with the same key answers the same refund", async () => {
  const who = await aPerson();
  const { paymentId, paymentIntentId } = await aPurchase(house, who);
  const ask = () => refund(paymentId, { amount: "5", idempotencyKey: "refund-once" });
  const both = await Promise.all([ask(), ask()]);
  expect(both[1].id).toBe(both[0].id);
  expect((await ask()).id).toBe(both[0].id);
  expect(await atStripe(paymentIntentId)).toHaveLength(1);
});

test.each(["0", "0.00", "-1", "1.001", "abc", "25.00"])("%s dollars are not paid back", async (amount) => {
  const who = await aPerson();
  const { paymentId } = await aPurchase(house, who);
  await expect((async () => refund(paymentId, { amount }))()).rejects.toMatchObject({ code: "invalid" });
  expect(await potsOf(who.accountId)).toEqual({ credits: 170 });
});

test("only staff may pay back, and only what was paid", async () => {
  const who = await aPerson();
  const { paymentId } = await aPurchase(house, who);
  const asked = { ...parseInput(RefundPayment, {}), paymentId };
  await expect(refundPayment(who.ctx, asked)).rejects.toMatchObject({ code: "not_found" });
  await expect(refund("payment_00000000000000000000000000")).rejects.toMatchObject({ code: "not_found" });
});

test("one that fails at last is put back to the last credit", async () => {
  const who = await aPerson();
  const { paymentId, paymentIntentId } = await aPurchase(house, who, { packageId: 2, card: "pm_card_refundFail" });
  await spend(who, 30);
  const before = await potsOf(who.accountId);
  const houseBefore = await houseOf(who.accountId);
  await refund(paymentId);
  const [made] = (await house.stripe.refunds.list({ payment_intent: paymentIntentId })).data;
  await house.control("POST", `refunds/${made?.id}/fail`);
  await Promise.all([settle(stripeCtx(), paymentIntentId), settle(stripeCtx(), paymentIntentId)]);
  expect(await potsOf(who.accountId)).toEqual(before);
  expect(await houseOf(who.accountId)).toEqual(houseBefore);
  expect(await getPayment(who.ctx, { paymentId })).toMatchObject({
    refunded: { amount: "0.00" },
    refunds: [{ status: "failed" }],
  });
  expect(await settle(stripeCtx(), paymentIntentId)).toBe("unchanged");
});

test("one that Stripe refuses moves nothing, and says why", async () => {
  const who = await aPerson();
  const { paymentId, paymentIntentId } = await aPurchase(house, who);
  const intent = await house.stripe.paymentIntents.retrieve(paymentIntentId);
  await house.control("POST", "disputes", { charge: String(intent.latest_charge), kind: "inquiry" });
  await expect(refund(paymentId)).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("disputes"),
  });
  expect(await potsOf(who.accountId)).toEqual({ credits: 170 });
  expect(await getPayment(who.ctx, { paymentId })).toMatchObject({
    ...{ refunded: { amount: "0.00" }, refunds: [{ status: "refused" }], disputes: [] },
  });
});

test("one that was made at Stripe takes what it must, and where all is spent the house bears it", async () => {
  const who = await aPerson();
  const { paymentId, paymentIntentId } = await aPurchase(house, who);
  await spend(who, 110); // 60 of the paid ones are left, worth $9.99
  await house.stripe.refunds.create({ payment_intent: paymentIntentId, amount: 1_499 });
  await Promise.all([settle(stripeCtx(), paymentIntentId), settle(stripeCtx(), paymentIntentId)]);
  expect(await getPayment(who.ctx, { paymentId })).toMatchObject({ refunds: [{ amount: 14.99, credits: 60 }] });
  expect(await potsOf(who.accountId)).toEqual({});
  expect(await houseOf(who.accountId)).toMatchObject({ cost_promotions: -4_994_000 });
});

test("one of which Stripe said nothing is asked about, and made once", async () => {
  const who = await aPerson();
  const { paymentId, paymentIntentId } = await aPurchase(house, who);
  await house.fault("error_after", { match: "POST /v1/refunds", times: 3 });
  await expect(refund(paymentId, { amount: "5" })).rejects.toMatchObject({ code: "outcome_unknown" });
  expect(await getPayment(who.ctx, { paymentId })).toMatchObject({ refunds: [{ status: "unknown" }] });
  await db().update(refunds).set({ lookAt: sql`clock_timestamp()` }).where(eq(refunds.paymentId, paymentId));
  await Promise.all([lookAfterRefunds(stripeCtx()), lookAfterRefunds(stripeCtx())]);
  expect(await getPayment(who.ctx, { paymentId })).toMatchObject({ refunds: [{ status: "succeeded" }] });
  expect(await atStripe(paymentIntentId)).toEqual([[500, "succeeded"]]);
}, 15_000);

test("one that may be made already is not taken for undone because Stripe is out of reach when it is asked again", async () => {
  const who = await aPerson();
  const { paymentId, paymentIntentId } = await aPurchase(house, who);
  const ask = () => refund(paymentId, { amount: "5", idempotencyKey: "refund-lost" });
  await house.fault("error_after", { match: "POST /v1/refunds", times: 3 });
  await expect(ask()).rejects.toMatchObject({ code: "outcome_unknown" });
  provide({ STRIPE_LOCAL_URL: "http://127.0.0.1:9" });
  await expect(ask()).rejects.toMatchObject({ code: "unavailable" });
  provide({ STRIPE_LOCAL_URL: house.url });
  expect(await getPayment(who.ctx, { paymentId })).toMatchObject({ refunds: [{ status: "unknown" }] });
  expect(await ask()).toMatchObject({ status: "succeeded", amount: 5 });
  expect(await atStripe(paymentIntentId)).toEqual([[500, "succeeded"]]);
}, 15_000);

test("one of which nothing is known after a day is looked for: put back where Stripe has none, never made again", async () => {
  const who = await aPerson();
  const { paymentId, paymentIntentId } = await aPurchase(house, who);
  await house.fault("error", { match: "POST /v1/refunds", times: 3 });
  await expect(refund(paymentId, { amount: "5" })).rejects.toMatchObject({ code: "outcome_unknown" });
  const long = sql`clock_timestamp() - interval '25 hours'`;
  await db()
    .update(refunds)
    .set({ lookAt: sql`clock_timestamp()`, askedAt: long })
    .where(eq(refunds.paymentId, paymentId));
  await lookAfterRefunds(stripeCtx());
  expect(await getPayment(who.ctx, { paymentId })).toMatchObject({
    refunds: [{ status: "refused" }],
    refunded: { amount: "0.00" },
  });
  expect(await atStripe(paymentIntentId)).toEqual([]);
  expect(await potsOf(who.accountId)).toEqual({ credits: 170 });
}, 15_000);
