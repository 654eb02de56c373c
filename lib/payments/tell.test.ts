import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { events, outbox } from "@/lib/db/schema";
import { log } from "@/lib/log";
import { brokenPromises } from "@/lib/testing/books";
import { spend } from "@/lib/testing/credits";
import { aPurchase, asStaff, stripeCtx } from "@/lib/testing/payments";
import { aMember, aPerson, type Person } from "@/lib/testing/people";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { allowLoopback, anEndpoint } from "@/lib/testing/webhooks";
import { getPayment } from "./queries";
import { refundPayment } from "./refund";
import { settle } from "./settle";

let house: TestStripe;
beforeAll(async () => {
  log().level = "silent";
  house = await aStripe();
});
afterAll(() => house.stop());
beforeEach(() => {
  allowLoopback();
  house.renew();
});
afterEach(async () => expect(await brokenPromises()).toEqual([]));

const hear = (intentId: string) => settle(stripeCtx(), intentId);

/** What was mailed to somebody, receipts left out. */
async function mailed({ email }: Person) {
  const rows = await db().select().from(outbox).where(eq(outbox.kind, "mail")).orderBy(outbox.id);
  return rows
    .map(({ payload }) => payload as { to: string; template: string; facts: Record<string, unknown> }) // as enqueueMail wrote it
    .filter(({ to, template }) => to === email && !["receipt", "verify_email"].includes(template))
    .map(({ template, facts }) => ({ template, ...facts }));
}

async function disputed(intentId: string): Promise<string> {
  const intent = await house.stripe.paymentIntents.retrieve(intentId);
  const charge = String(intent.latest_charge);
  const { id } = await house.control<{ id: string }>("POST", "disputes", { charge, kind: "fraudulent" });
  await Promise.all([hear(intentId), hear(intentId)]);
  return id;
}

test("a refund is told once to every owner and nobody else, with what went back for it, and to the webhooks", async () => {
  const who = await aPerson();
  const [partner, clerk] = [await aMember(who.accountId, "owner"), await aMember(who.accountId, "billing")];
  await anEndpoint(who.ctx, "http://127.0.0.1:8080/in");
  const { paymentId, paymentIntentId } = await aPurchase(house, who);
  await refundPayment(asStaff(who), { paymentId, amount: "5.00", reason: "duplicate" });
  await Promise.all([hear(paymentIntentId), hear(paymentIntentId)]);

  const told = {
    template: "refund_made",
    what: "Pro package",
    micros: 5_000_000,
    credits: 41,
    method: "Visa ending 4242",
  };
  expect(await mailed(who)).toEqual([expect.objectContaining(told)]);
  expect(await mailed(partner)).toEqual([expect.objectContaining(told)]);
  expect(await mailed(clerk)).toEqual([]);
  const rows = await db().select().from(events).where(eq(events.accountId, who.accountId));
  const bodies = rows
    .map(({ type, body }) => ({ type, ...JSON.parse(body) }))
    .filter(({ type }) => type === "payment.refunded");
  expect(bodies).toMatchObject([{ data: { paymentId, amount: { amount: "5.00" }, reason: "duplicate" } }]);
});

test("a refund that Stripe refuses is told to nobody", async () => {
  const who = await aPerson();
  const { paymentId, paymentIntentId } = await aPurchase(house, who);
  const intent = await house.stripe.paymentIntents.retrieve(paymentIntentId);
  await house.control("POST", "disputes", { charge: String(intent.latest_charge), kind: "inquiry" });
  await expect(refundPayment(asStaff(who), { paymentId, reason: "duplicate" })).rejects.toThrow("disputes");
  expect(await mailed(who)).toEqual([]);
});

test("a refund that waits at the bank is told when it leaves, and not again when it arrives", async () => {
  const who = await aPerson();
  const { paymentId, paymentIntentId } = await aPurchase(house, who, { packageId: 2, card: "pm_card_pendingRefund" });
  expect(await refundPayment(asStaff(who), { paymentId, reason: "duplicate" })).toMatchObject({ status: "pending" });
  await house.control("POST", "due", { until: Math.floor(Date.now() / 1_000) + 30 * 86_400 });
  await Promise.all([hear(paymentIntentId), hear(paymentIntentId)]);
  expect(await getPayment(who.ctx, { paymentId })).toMatchObject({ refunds: [{ status: "succeeded" }] });
  expect((await mailed(who)).map(({ template }) => template)).toEqual(["refund_made"]);
});

test("a refund that fails at last is told as well, once", async () => {
  const who = await aPerson();
  const { paymentId, paymentIntentId } = await aPurchase(house, who, { packageId: 2, card: "pm_card_refundFail" });
  await refundPayment(asStaff(who), { paymentId, reason: "duplicate" });
  const [made] = (await house.stripe.refunds.list({ payment_intent: paymentIntentId })).data;
  await house.control("POST", `refunds/${made?.id}/fail`);
  await Promise.all([hear(paymentIntentId), hear(paymentIntentId)]);
  expect((await mailed(who)).map(({ template }) => template)).toEqual(["refund_made", "refund_failed"]);
});

test("a dispute is told when it takes, and when it is over, once each", async () => {
  const who = await aPerson();
  const { paymentIntentId } = await aPurchase(house, who);
  await spend(who, 110);
  const first = await disputed(paymentIntentId);
  await house.control("POST", `disputes/${first}`, { verdict: "won" });
  await Promise.all([hear(paymentIntentId), hear(paymentIntentId)]);
  const second = await disputed(paymentIntentId);
  await house.control("POST", `disputes/${second}`, { verdict: "lost" });
  await Promise.all([hear(paymentIntentId), hear(paymentIntentId)]);

  const about = { micros: 24_990_000, purpose: "credits" };
  expect(await mailed(who)).toMatchObject([
    { template: "dispute_opened", ...about, taken: 60, owed: 100 },
    { template: "dispute_won", ...about },
    { template: "dispute_opened", ...about, taken: 60, owed: 100 },
    { template: "dispute_lost", ...about, owed: 100 },
  ]);
});
