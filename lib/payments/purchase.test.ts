import { and, eq, like } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { creditsOf } from "@/lib/credits/queries";
import { db } from "@/lib/db/client";
import { entries, outbox, payments, pots, stripeCustomers, transfers } from "@/lib/db/schema";
import { parseInput } from "@/lib/input";
import { log } from "@/lib/log";
import { ensureCustomer } from "@/lib/stripe-customers/ensure";
import { brokenPromises } from "@/lib/testing/books";
import { aPurchase, stripeCtx } from "@/lib/testing/payments";
import { aMember, aPerson } from "@/lib/testing/people";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { aTeam } from "@/lib/testing/teams";
import { confirmPayment } from "./confirm";
import { createIntent } from "./create-intent";
import { getPayment, listPayments } from "./queries";
import { resumePayment } from "./resume";
import { Confirm, CreateIntent, ListPayments } from "./schema";
import { settle } from "./settle";

let house: TestStripe;
beforeAll(async () => {
  log().level = "silent";
  house = await aStripe();
});
afterAll(() => house.stop());
beforeEach(() => house.renew());
afterEach(async () => expect(await brokenPromises()).toEqual([]));

const rowOf = async (intentId: string) =>
  (await db().select().from(payments).where(eq(payments.intentId, intentId)))[0];
const granted = (intentId: string) =>
  db()
    .select({ cause: transfers.cause })
    .from(transfers)
    .innerJoin(payments, eq(payments.transferId, transfers.id))
    .where(eq(payments.intentId, intentId));

test("a package is paid and granted: 150 credits and 10 on top", async () => {
  const who = await aPerson();
  const intent = await createIntent(who.ctx, { packageId: 2 });
  expect(intent).toMatchObject({ amount: 24.99, currency: "usd", credits: 160, status: "requires_payment_method" });
  const atStripe = await house.stripe.paymentIntents.retrieve(intent.paymentIntentId);
  expect(atStripe).toMatchObject({ amount: 2_499, metadata: { payment: intent.paymentId, account: who.accountId } });

  await house.pay(intent.paymentIntentId);
  expect(await confirmPayment(who.ctx, { paymentIntentId: intent.paymentIntentId })).toMatchObject({
    ...{ creditsAdded: 160, creditBalance: 170 },
    payment: { status: "succeeded", amount: 24.99, card: { brand: "visa", last4: "4242" } },
  });
}, 20_000);

test("a payment that was begun at another Stripe cannot go on at this one, and says so", async () => {
  const who = await aPerson();
  const { paymentId, paymentIntentId } = await createIntent(who.ctx, { packageId: 2 });
  await db().update(payments).set({ stripe: "live" }).where(eq(payments.id, paymentId));
  const refused = { code: "conflict", message: expect.stringContaining("begun with real money") };
  await expect(confirmPayment(who.ctx, { paymentIntentId })).rejects.toMatchObject(refused);
  await expect(resumePayment(who.ctx, { paymentId })).rejects.toMatchObject(refused);
  expect(await rowOf(paymentIntentId)).toMatchObject({ state: "open" });
});

test("what Stripe took for it is a cost", async () => {
  const who = await aPerson();
  const { paymentId } = await aPurchase(house, who);
  const [fee] = await db()
    .select()
    .from(transfers)
    .where(eq(transfers.cause, `payment:${paymentId}:fee`));
  const legs = await db()
    .select()
    .from(entries)
    .where(eq(entries.transferId, fee?.id ?? "transfer_"));
  expect(legs.map(({ pot, amount }) => [pot, amount]).sort()).toEqual([
    ["cost_fees", -1_020_000],
    ["stripe", 1_020_000],
  ]);
});

test("the page and the event race to one grant, whoever is first", async () => {
  const who = await aPerson();
  for (let round = 0; round < 5; round += 1) {
    const { paymentIntentId } = await createIntent(who.ctx, { packageId: 1 });
    await house.pay(paymentIntentId);
    await Promise.all([
      settle(stripeCtx(), paymentIntentId),
      confirmPayment(who.ctx, { paymentIntentId }),
      settle(stripeCtx(), paymentIntentId),
      confirmPayment(who.ctx, { paymentIntentId }),
    ]);
    expect(await granted(paymentIntentId)).toHaveLength(1);
  }
  expect(await creditsOf({ db: db() }, who.accountId)).toBe(260);
});

test("a wallet is filled the same way", async () => {
  const who = await aPerson();
  const { paymentIntentId } = await aPurchase(house, who, { topUp: "25.00" });
  expect(await settle(stripeCtx(), paymentIntentId)).toBe("unchanged");
  const [wallet] = await db()
    .select()
    .from(pots)
    .where(and(eq(pots.accountId, who.accountId), eq(pots.kind, "wallet")));
  expect(wallet?.balance).toBe(25_000_000);
});

test("an unpaid, a declined and a canceled payment are refused, each in its own words, and move nothing", async () => {
  const who = await aPerson();
  const { paymentIntentId } = await createIntent(who.ctx, { packageId: 1 });
  await expect(confirmPayment(who.ctx, { paymentIntentId })).rejects.toMatchObject({ code: "payment_required" });
  await house.pay(paymentIntentId, "pm_card_visa_chargeDeclinedInsufficientFunds").catch(() => undefined);
  await expect(confirmPayment(who.ctx, { paymentIntentId })).rejects.toMatchObject({
    code: "card_declined",
    message: expect.stringContaining("insufficient funds"),
  });
  await house.stripe.paymentIntents.cancel(paymentIntentId);
  await expect(confirmPayment(who.ctx, { paymentIntentId })).rejects.toMatchObject({ code: "conflict" });
  expect(await rowOf(paymentIntentId)).toMatchObject({ state: "canceled", transferId: null });
  expect(await creditsOf({ db: db() }, who.accountId)).toBe(10);
});

test("a declined payment can be paid with another card", async () => {
  const who = await aPerson();
  const { paymentIntentId } = await createIntent(who.ctx, { packageId: 1 });
  await house.pay(paymentIntentId, "pm_card_visa_chargeDeclined").catch(() => undefined);
  await settle(stripeCtx(), paymentIntentId);
  await house.pay(paymentIntentId);
  expect(await confirmPayment(who.ctx, { paymentIntentId })).toMatchObject({
    creditBalance: 60,
    payment: { failure: null },
  });
});

test("somebody else's payment does not exist", async () => {
  const [mine, theirs] = [await aPerson(), await aPerson()];
  const { paymentId, paymentIntentId } = await aPurchase(house, theirs, { packageId: 1 });
  await expect(confirmPayment(mine.ctx, { paymentIntentId })).rejects.toMatchObject({ code: "not_found" });
  await expect(getPayment(mine.ctx, { paymentId })).rejects.toMatchObject({ code: "not_found" });
  expect((await listPayments(mine.ctx, parseInput(ListPayments, {}))).payments).toEqual([]);
  await expect(confirmPayment(mine.ctx, { paymentIntentId: "pi_made_up" })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("an intent that somebody else made at Stripe grants nothing", async () => {
  const who = await aPerson();
  const stranger = await house.stripe.paymentIntents.create({ amount: 2_499, currency: "usd" });
  await house.pay(stranger.id);
  expect(await settle(stripeCtx(), stranger.id)).toBe("foreign");
  const forged = await house.stripe.paymentIntents.create({
    ...{ amount: 50, currency: "usd" },
    metadata: { payment: (await createIntent(who.ctx, { packageId: 4 })).paymentId },
  });
  await house.pay(forged.id);
  expect(await settle(stripeCtx(), forged.id)).toBe("missing");
  expect(await creditsOf({ db: db() }, who.accountId)).toBe(10);
});

test.each([
  [{}, "packageId"],
  [{ packageId: 0 }, "packageId"],
  [{ packageId: 5 }, "packageId"],
  [{ packageId: "2" }, "packageId"],
  [{ packageId: 2, topUp: "5.00" }, "packageId"],
  [{ packageId: 2, amount: 1 }, "amount"],
  [{ topUp: "-5" }, "topUp"],
  [{ topUp: "5.001" }, "topUp"],
  [{ topUp: 25 }, "topUp"],
  [{ topUp: "4.99" }, "topUp"],
  [{ topUp: "1000.01" }, "topUp"],
])("%j cannot be bought", async (wrong, field) => {
  const who = await aPerson();
  const buying = async () => createIntent(who.ctx, parseInput(CreateIntent, wrong));
  await expect(buying()).rejects.toMatchObject({
    code: "invalid",
    extras: { details: { fields: { [field]: expect.any(String) } } },
  });
  expect(await db().select().from(payments).where(eq(payments.accountId, who.accountId))).toEqual([]);
});

test("asks for one of the two names of a payment", () => {
  expect(() => parseInput(Confirm, {})).toThrow("Send a paymentIntentId");
});

test("who may not touch billing buys nothing and sees nothing", async () => {
  const { accountId } = await aTeam();
  const member = await aMember(accountId, "member");
  await expect(createIntent(member.ctx, { packageId: 1 })).rejects.toMatchObject({ code: "forbidden" });
  await expect(confirmPayment(member.ctx, { paymentIntentId: "pi_x" })).rejects.toMatchObject({ code: "forbidden" });
  await expect(getPayment(member.ctx, { paymentId: "pi_x" })).rejects.toMatchObject({ code: "forbidden" });
});

test("an account is one customer, made once by however many at once, and again where it was deleted", async () => {
  const who = await aPerson();
  const ids = await Promise.all(Array.from({ length: 5 }, () => ensureCustomer(who.ctx, who.accountId)));
  expect(new Set(ids).size).toBe(1);
  expect((await house.stripe.customers.list()).data).toMatchObject([
    { email: who.email, metadata: { account: who.accountId } },
  ]);
  await house.stripe.customers.del(ids[0] ?? "");
  await createIntent(who.ctx, { packageId: 1 });
  const [row] = await db().select().from(stripeCustomers).where(eq(stripeCustomers.accountId, who.accountId));
  expect(row?.customerId).not.toBe(ids[0]);
});

test("a repeat with the same key continues the same payment", async () => {
  const who = await aPerson();
  const asked = { packageId: 2, idempotencyKey: "the-same-key" } as const;
  const both = await Promise.all([createIntent(who.ctx, asked), createIntent(who.ctx, asked)]);
  expect(both[0]).toEqual(both[1]);
  expect((await house.stripe.paymentIntents.list()).data).toHaveLength(1);
  await expect(createIntent(who.ctx, { ...asked, packageId: 1 })).rejects.toMatchObject({
    code: "idempotency_mismatch",
  });
});

test("finds payments by state, purpose, day, size and words", async () => {
  const who = await aPerson();
  await aPurchase(house, who, { packageId: 1 });
  await createIntent(who.ctx, { packageId: 4 });
  await aPurchase(house, who, { topUp: "25" });
  const found = async (input: object) =>
    (await listPayments(who.ctx, parseInput(ListPayments, input))).payments.map(({ amount }) => amount);
  expect(await found({})).toEqual([25, 299.99, 9.99]);
  expect(await found({ status: "open" })).toEqual([299.99]);
  expect(await found({ purpose: "wallet" })).toEqual([25]);
  expect(await found({ minAmount: "10", maxAmount: "100" })).toEqual([25]);
  expect(await found({ text: "starter" })).toEqual([9.99]);
  expect(await found({ text: "4242" })).toEqual([25, 9.99]);
  expect(await found({ to: "2020-01-01" })).toEqual([]);
  const first = await listPayments(who.ctx, parseInput(ListPayments, { limit: "2" }));
  expect(await found({ cursor: first.nextCursor })).toEqual([9.99]);
});

test("every open page of the account hears of it", async () => {
  const who = await aPerson();
  await db().delete(outbox);
  await aPurchase(house, who, { packageId: 1 });
  const told = (await db().select().from(outbox).where(like(outbox.kind, "socket"))).map(({ payload }) =>
    JSON.stringify(payload),
  );
  for (const what of ["credits", "payments"]) expect(told.some((text) => text.includes(`"${what}"`))).toBe(true);
});

test("at a Stripe that does not know it a payment is nobody's", async () => {
  const who = await aPerson();
  const { paymentId, paymentIntentId } = await aPurchase(house, who, { packageId: 1 });
  expect(await getPayment(who.ctx, { paymentId: paymentIntentId })).toMatchObject({ id: paymentId });
  house.renew();
  await expect(settle(stripeCtx(), paymentIntentId)).rejects.toThrow("No such payment_intent");
});
