import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { creditsOf } from "@/lib/credits/queries";
import { db } from "@/lib/db/client";
import { payments } from "@/lib/db/schema";
import { log } from "@/lib/log";
import { brokenPromises } from "@/lib/testing/books";
import { stripeCtx } from "@/lib/testing/payments";
import { aPerson } from "@/lib/testing/people";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { createIntent } from "./create-intent";
import { lookAfterPayments } from "./look-after";

let house: TestStripe;
beforeAll(async () => {
  log().level = "silent";
  house = await aStripe();
});
afterAll(() => house.stop());
beforeEach(async () => {
  house.renew();
  await db().update(payments).set({ lookAt: null });
});
afterEach(async () => expect(await brokenPromises()).toEqual([]));

/** So much time has gone by that somebody looks again, at this payment and at no other. */
const lookNow = async (more: object = {}) => {
  await db()
    .update(payments)
    .set({ lookAt: sql`clock_timestamp()`, ...more })
    .where(sql`${payments.lookAt} is not null`);
  return lookAfterPayments(stripeCtx());
};
const only = async (accountId: string) => {
  const rows = await db().select().from(payments).where(sql`${payments.accountId} = ${accountId}`);
  expect(rows).toHaveLength(1);
  return rows[0];
};

test("a payment of which neither page nor webhook tells is granted at the next look", async () => {
  const who = await aPerson();
  const { paymentIntentId } = await createIntent(who.ctx, { packageId: 2 });
  expect(await lookAfterPayments(stripeCtx())).toBe(0);
  await house.pay(paymentIntentId);
  expect(await Promise.all([lookNow(), lookAfterPayments(stripeCtx())])).toContain(1);
  expect(await creditsOf({ db: db() }, who.accountId)).toBe(170);
  expect(await only(who.accountId)).toMatchObject({ state: "succeeded", lookAt: null });
}, 20_000);

test("an intent that Stripe made without our hearing of it is found, and there is no second one", async () => {
  const who = await aPerson();
  await house.fault("error_after", { match: "POST /v1/payment_intents", times: 3 });
  await expect(createIntent(who.ctx, { packageId: 2 })).rejects.toMatchObject({ code: "outcome_unknown" });
  expect(await only(who.accountId)).toMatchObject({ state: "unknown", intentId: null });
  await lookNow();
  expect(await only(who.accountId)).toMatchObject({ state: "open", intentId: expect.stringMatching(/^pi_/), looks: 1 });
  expect((await house.stripe.paymentIntents.list()).data).toHaveLength(1);
}, 15_000);

test("after a day it is looked for and not asked for again", async () => {
  const who = await aPerson();
  await house.fault("error_after", { match: "POST /v1/payment_intents", times: 3 });
  await expect(createIntent(who.ctx, { packageId: 2, idempotencyKey: "day-old-key" })).rejects.toThrow();
  const [row] = await db().select().from(payments).where(eq(payments.accountId, who.accountId));
  await db()
    .update(payments)
    .set({ askedAt: sql`clock_timestamp() - interval '25 hours'` })
    .where(eq(payments.id, row?.id ?? "payment_"));
  await expect(createIntent(who.ctx, { packageId: 2, idempotencyKey: "day-old-key" })).rejects.toMatchObject({
    code: "conflict",
  });
  await lookNow();
  expect(await only(who.accountId)).toMatchObject({ state: "open", intentId: expect.stringMatching(/^pi_/) });

  const nobody = await aPerson();
  await house.fault("unavailable", { match: "POST /v1/payment_intents", times: 3 });
  await expect(createIntent(nobody.ctx, { packageId: 2 })).rejects.toThrow();
  await lookNow({ askedAt: sql`clock_timestamp() - interval '25 hours'` });
  expect(await only(nobody.accountId)).toMatchObject({ state: "canceled", intentId: null, lookAt: null });
}, 30_000);

test("what is not paid by the last look is given up, at Stripe too", async () => {
  const who = await aPerson();
  const { paymentIntentId } = await createIntent(who.ctx, { packageId: 2 });
  for (const looks of [1, 2, 3]) {
    await lookNow();
    expect(await only(who.accountId)).toMatchObject({ state: "open", looks });
  }
  await lookNow();
  expect(await only(who.accountId)).toMatchObject({ state: "canceled", lookAt: null });
  expect(await house.stripe.paymentIntents.retrieve(paymentIntentId)).toMatchObject({
    status: "canceled",
    cancellation_reason: "abandoned",
  });
});

test("a look that fails counts for nothing and is taken again", async () => {
  const who = await aPerson();
  await createIntent(who.ctx, { packageId: 2 });
  await house.fault("unavailable", { match: "GET *", times: 3 });
  await lookNow();
  expect(await only(who.accountId)).toMatchObject({ state: "open", looks: 0, lookAt: expect.any(Date) });
}, 15_000);
