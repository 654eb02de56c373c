import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { getBalance } from "@/lib/credits/queries";
import { log } from "@/lib/log";
import { brokenPromises } from "@/lib/testing/books";
import { spend } from "@/lib/testing/credits";
import { aPurchase, asStaff, houseOf, potsOf, stripeCtx } from "@/lib/testing/payments";
import { aPerson, type Person } from "@/lib/testing/people";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { getPayment } from "./queries";
import { refundPayment } from "./refund";
import { settle } from "./settle";

let house: TestStripe;
beforeAll(async () => {
  log().level = "silent";
  house = await aStripe();
});
afterAll(() => house.stop());
beforeEach(() => house.renew());
afterEach(async () => expect(await brokenPromises()).toEqual([]));

const hear = (intentId: string) => settle(stripeCtx(), intentId);

/** The bank objects, and we hear of it: twice at once. */
async function disputed(intentId: string, kind = "fraudulent"): Promise<string> {
  const intent = await house.stripe.paymentIntents.retrieve(intentId);
  const { id } = await house.control<{ id: string }>("POST", "disputes", {
    charge: String(intent.latest_charge),
    kind,
  });
  await Promise.all([hear(intentId), hear(intentId)]);
  return id;
}

/** `back`: how many cents come back, where that is neither all nor nothing. */
async function ended(intentId: string, dispute: string, verdict: "won" | "lost", back?: number): Promise<void> {
  await house.control("POST", `disputes/${dispute}`, { verdict, ...(back && { back }) });
  await Promise.all([hear(intentId), hear(intentId)]);
}

const whole = async ({ accountId }: Person) => ({ pots: await potsOf(accountId), house: await houseOf(accountId) });

test("opened: the money leaves with a fee, what is left is taken, what is used is owed, and nothing may be spent", async () => {
  const who = await aPerson();
  const { paymentId, paymentIntentId } = await aPurchase(house, who);
  await aPurchase(house, who, { packageId: 1 });
  await spend(who, 110); // 10 welcome, 10 bonus, 90 of the 150
  await disputed(paymentIntentId);

  expect(await potsOf(who.accountId)).toEqual({ credits: 50, credits_owed: 100 });
  expect(await houseOf(who.accountId)).toMatchObject({
    disputed: -24_990_000,
    cost_fees: -(1_020_000 + 590_000 + 15_000_000),
  });
  expect(await getBalance(who.ctx)).toMatchObject({ balance: 50, owed: 100, frozen: true });
  await expect(spend(who, 1)).rejects.toMatchObject({ code: "spending_frozen" });
  expect(await getPayment(who.ctx, { paymentId })).toMatchObject({
    ...{ status: "succeeded", disputes: [{ status: "open", amount: 24.99, owed: 100, reason: "fraudulent" }] },
    refundable: { amount: "0.00" },
  });
});

test("won: everything is exactly as it was, and may be spent", async () => {
  const who = await aPerson();
  const { paymentIntentId } = await aPurchase(house, who);
  await spend(who, 110);
  const before = await whole(who);
  const dispute = await disputed(paymentIntentId);
  await ended(paymentIntentId, dispute, "won");
  expect(await whole(who)).toEqual(before);
  expect(await getBalance(who.ctx)).toMatchObject({ balance: 60, owed: 0, frozen: false });
  await spend(who, 60);
});

test("won after more was bought meanwhile: nothing of that was touched", async () => {
  const who = await aPerson();
  const { paymentIntentId } = await aPurchase(house, who);
  await spend(who, 110);
  const dispute = await disputed(paymentIntentId);
  await aPurchase(house, who, { packageId: 1 });
  expect(await getBalance(who.ctx)).toMatchObject({ balance: 50, owed: 100, frozen: true });
  await ended(paymentIntentId, dispute, "won");
  expect(await getBalance(who.ctx)).toMatchObject({ balance: 110, owed: 0, frozen: false });
});

test("lost: written off, and what is owed is paid by what is there, then by the next purchase, which frees the account", async () => {
  const who = await aPerson();
  const { paymentIntentId } = await aPurchase(house, who);
  await spend(who, 110);
  const dispute = await disputed(paymentIntentId);
  await ended(paymentIntentId, dispute, "lost");
  expect(await potsOf(who.accountId)).toEqual({ credits_owed: 100 });
  // What was earned by the 90 that were used stays earned, and is the loss.
  expect(await houseOf(who.accountId)).toMatchObject({ income_credits: 14_994_000, cost_disputes: -14_994_000 });
  expect(await houseOf(who.accountId)).not.toHaveProperty("disputed");
  expect(await getBalance(who.ctx)).toMatchObject({ owed: 100, frozen: true });

  await aPurchase(house, who, { packageId: 1 });
  expect(await getBalance(who.ctx)).toMatchObject({ balance: 0, owed: 50, frozen: true });
  await aPurchase(house, who, { packageId: 2 });
  expect(await getBalance(who.ctx)).toMatchObject({ balance: 110, owed: 0, frozen: false });
  await spend(who, 110);
  const { house: books } = await whole(who);
  // 100 credits were paid for twice over: the 50, the bonus, and 40 of the 150.
  expect(books.cost_disputes).toBe(-14_994_000 + 9_990_000 + 6_664_000);
});

test("lost with nothing used: nothing is owed and the account is free", async () => {
  const who = await aPerson();
  const { paymentIntentId } = await aPurchase(house, who);
  const dispute = await disputed(paymentIntentId);
  await ended(paymentIntentId, dispute, "lost");
  expect(await getBalance(who.ctx)).toMatchObject({ balance: 10, owed: 0, frozen: false });
  const { house: books } = await whole(who);
  expect(books).toEqual({ issued_promotional: -10, stripe: 16_020_000, cost_fees: -16_020_000 });
});

test("after a refund of a part the dispute is about the rest", async () => {
  const who = await aPerson();
  const { paymentId, paymentIntentId } = await aPurchase(house, who);
  await refundPayment(asStaff(who), { paymentId, amount: "5.00", reason: "duplicate" });
  const before = await whole(who);
  const dispute = await disputed(paymentIntentId);
  expect(await potsOf(who.accountId)).toEqual({ credits: 10 });
  expect(await getPayment(who.ctx, { paymentId })).toMatchObject({ disputes: [{ amount: 19.99, owed: 0 }] });
  await ended(paymentIntentId, dispute, "won");
  expect(await whole(who)).toEqual(before);
  await ended(paymentIntentId, await disputed(paymentIntentId), "lost");
  expect(await potsOf(who.accountId)).toEqual({ credits: 10 });
});

test("a wallet's dispute takes what is left of the top-up and owes the rest", async () => {
  const who = await aPerson();
  const { paymentIntentId } = await aPurchase(house, who, { topUp: "25" });
  await aPurchase(house, who, { topUp: "5" });
  const before = await whole(who);
  const dispute = await disputed(paymentIntentId);
  expect(await potsOf(who.accountId)).toEqual({ credits: 10, wallet: 5_000_000 });
  await ended(paymentIntentId, dispute, "won");
  expect(await whole(who)).toEqual(before);
  await ended(paymentIntentId, await disputed(paymentIntentId), "lost");
  expect(await potsOf(who.accountId)).toEqual({ credits: 10, wallet: 5_000_000 });
  expect((await houseOf(who.accountId)).cost_disputes).toBeUndefined();
});

test("lost and won after all: everything is exactly as it was, may be spent, and may be paid back", async () => {
  const who = await aPerson();
  const { paymentId, paymentIntentId } = await aPurchase(house, who);
  await spend(who, 110);
  const before = await whole(who);
  const dispute = await disputed(paymentIntentId);
  await ended(paymentIntentId, dispute, "lost");
  expect(await getBalance(who.ctx)).toMatchObject({ owed: 100, frozen: true });
  await ended(paymentIntentId, dispute, "won");
  expect(await whole(who)).toEqual(before);
  expect(await getBalance(who.ctx)).toMatchObject({ balance: 60, owed: 0, frozen: false });
  expect(await getPayment(who.ctx, { paymentId })).toMatchObject({
    disputes: [{ status: "won", owed: 0 }],
    refundable: { amount: "9.99" },
  });
});

test("lost and won after all, when the debt was paid meanwhile: what had paid it is there again", async () => {
  const who = await aPerson();
  const { paymentIntentId } = await aPurchase(house, who);
  await spend(who, 110);
  const dispute = await disputed(paymentIntentId);
  await ended(paymentIntentId, dispute, "lost");
  await aPurchase(house, who, { packageId: 1 });
  expect(await getBalance(who.ctx)).toMatchObject({ balance: 0, owed: 50 });
  await ended(paymentIntentId, dispute, "won");
  // The 60 that were left, and the 50 of the other package.
  expect(await getBalance(who.ctx)).toMatchObject({ balance: 110, owed: 0, frozen: false });
  await spend(who, 110);
  expect((await houseOf(who.accountId)).deferred).toBeUndefined();
});

test("lost, and a part comes back: it strikes off its share of what is owed, and what is over can be used", async () => {
  const who = await aPerson();
  const { paymentIntentId } = await aPurchase(house, who);
  await spend(who, 40); // 10 welcome, 10 bonus, 20 of the 150
  const dispute = await disputed(paymentIntentId);
  await ended(paymentIntentId, dispute, "lost", 833);
  // A third of 150 bought credits: 30 are owed, bonus included, and 20 come back.
  expect(await potsOf(who.accountId)).toEqual({ credits: 20 });
  expect(await getBalance(who.ctx)).toMatchObject({ balance: 20, owed: 0, frozen: false });
  await ended(paymentIntentId, dispute, "lost", 833);
  expect(await getBalance(who.ctx)).toMatchObject({ balance: 70, owed: 0 });
});

test("a part that comes back at once, with a dispute that is won, is booked as a part", async () => {
  const who = await aPerson();
  const { paymentIntentId } = await aPurchase(house, who, { topUp: "25" });
  const dispute = await disputed(paymentIntentId);
  await ended(paymentIntentId, dispute, "won", 1_000);
  expect(await potsOf(who.accountId)).toEqual({ credits: 10, wallet: 10_000_000 });
  expect((await houseOf(who.accountId)).cost_disputes).toBeUndefined();
});

test("an inquiry takes nothing and freezes nothing", async () => {
  const who = await aPerson();
  const { paymentId, paymentIntentId } = await aPurchase(house, who);
  const before = await whole(who);
  const inquiry = await disputed(paymentIntentId, "inquiry");
  expect(await whole(who)).toEqual(before);
  expect(await getBalance(who.ctx)).toMatchObject({ frozen: false });
  await ended(paymentIntentId, inquiry, "won");
  expect(await getPayment(who.ctx, { paymentId })).toMatchObject({ disputes: [{ status: "closed" }] });
});

test("two disputes at once: the account is free when the last one is over", async () => {
  const who = await aPerson();
  const [first, second] = [await aPurchase(house, who), await aPurchase(house, who, { packageId: 1 })];
  const [one, two] = [await disputed(first.paymentIntentId), await disputed(second.paymentIntentId)];
  await ended(first.paymentIntentId, one, "won");
  expect(await getBalance(who.ctx)).toMatchObject({ balance: 170, frozen: true });
  await ended(second.paymentIntentId, two, "lost");
  expect(await getBalance(who.ctx)).toMatchObject({ balance: 170, owed: 0, frozen: false });
});

test("a card that is disputed at once is known by the time it is granted", async () => {
  const who = await aPerson();
  const { paymentId } = await aPurchase(house, who, { packageId: 2, card: "pm_card_createDispute" });
  expect(await getBalance(who.ctx)).toMatchObject({ balance: 10, owed: 0, frozen: true, lifetimePurchased: 160 });
  expect(await getPayment(who.ctx, { paymentId })).toMatchObject({ disputes: [{ status: "open" }] });
});
