import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { payments, refunds, users } from "@/lib/db/schema";
import { provide } from "@/lib/env";
import { log } from "@/lib/log";
import { lookAfterPayments } from "@/lib/payments/look-after";
import { lookAfterRefunds } from "@/lib/payments/look-after-refunds";
import { settle } from "@/lib/payments/settle";
import { brokenPromises } from "@/lib/testing/books";
import { aBrokenLine, type BrokenLine } from "@/lib/testing/broken-line";
import { aPurchase, potsOf, stripeCtx } from "@/lib/testing/payments";
import { aPerson, type Person } from "@/lib/testing/people";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { bearer, post, type Said } from "./testing/callers";
import { type Served, serve } from "./testing/serve";

const FULL = process.env.PARLEY_TEST === "full";
const LONGEST_ANSWER_MS = 10_000;

let house: TestStripe;
let line: BrokenLine;
let served: Served;
let staff: Person;
beforeAll(async () => {
  log().level = "silent";
  process.env.RATE_LIMIT_PAYMENTS = "100000";
  process.stdout.write(`  ${CELLS.length} of ${FAULTS.length} faults, each on a top-up, a refund and the janitor\n`);
  [house, served, staff] = [await aStripe(), await serve(), await aPerson()];
  line = await aBrokenLine(house.url);
  await db().update(users).set({ isStaff: true }).where(eq(users.id, staff.userId));
});
afterAll(async () => {
  await Promise.all([served.close(), line.stop()]);
  await house.stop();
});
beforeEach(() => {
  house.renew();
  mend();
});
afterEach(async () => expect(await brokenPromises()).toEqual([]));

const mend = (): void => {
  line.state = "fine";
  provide({ STRIPE_LOCAL_URL: line.url });
};

type Fault = {
  what: string;
  /** It takes longer than a person waits, so it is left to the full run. */
  isLong?: boolean;
  begin(match: string): Promise<void> | void;
  /** What the person hears while it lasts. */
  says: number[];
};

const ofStripe = (effect: string, times: number) => (match: string) => house.fault(effect, { match, times });
const ofLine = (state: BrokenLine["state"]) => () => {
  line.state = state;
};

const FAULTS: Fault[] = [
  {
    what: "nobody answers at its address",
    begin: () => provide({ STRIPE_LOCAL_URL: "http://127.0.0.1:1" }),
    says: [503],
  },
  { what: "it takes the request and says nothing", isLong: true, begin: ofLine("silent"), says: [503] },
  { what: "it takes ten seconds", isLong: true, begin: ofLine("slow"), says: [503] },
  { what: "it fails with 500", begin: ofStripe("error", 3), says: [503] },
  { what: "it fails with 500 after the effect", begin: ofStripe("error_after", 3), says: [503] },
  { what: "it asks for fewer requests", begin: ofStripe("rate_limit", 3), says: [503] },
  { what: "it refuses the card", begin: ofLine("declined"), says: [402] },
  { what: "its answer cannot be read", begin: ofLine("garbled"), says: [503] },
  { what: "the line breaks after the effect, once", begin: ofStripe("reset", 1), says: [201] },
  { what: "the line breaks after the effect, every time", begin: ofStripe("reset", 6), says: [503] },
];
const CELLS = FAULTS.filter(({ isLong }) => FULL || !isLong);

/** One attempt by its key, and how long the person waited for a word. */
async function attempt(
  path: string,
  body: object,
  { token, key }: { token: string; key: string },
): Promise<Said & { tookMs: number }> {
  const startedAt = performance.now();
  const said = await post(`${served.url}${path}`, body, { ...bearer(token), "idempotency-key": key });
  return { ...said, tookMs: performance.now() - startedAt };
}

/** The same attempt again and again, as a careful client sends it, until it went through. */
async function persist(path: string, body: object, sender: { token: string; key: string }): Promise<Said> {
  for (let tries = 0; tries < 60; tries += 1) {
    const said = await attempt(path, body, sender);
    if (said.status === 201) return said;
    expect([402, 409, 503], JSON.stringify(said.body)).toContain(said.status);
    // A refusal is kept as the answer of its key.
    if (said.status === 402) return persist(path, body, { ...sender, key: randomUUID() });
    await wait(500);
  }
  throw new Error("It never went through");
}

const intents = async (who: Person) =>
  (await house.stripe.paymentIntents.list({ limit: 100 })).data.filter(
    ({ metadata }) => metadata.account === who.accountId,
  );

test.each(CELLS)(
  "a top-up while $what: an answer in time, one intent, one grant",
  async ({ begin, says }) => {
    const who = await aPerson();
    const sender = { token: who.token, key: randomUUID() };
    await begin("POST /v1/payment_intents");
    const first = await attempt("/api/payments/create-intent", { packageId: 2 }, sender);
    expect(says).toContain(first.status);
    expect(first.tookMs).toBeLessThan(LONGEST_ANSWER_MS);

    mend();
    const { body } = await persist("/api/payments/create-intent", { packageId: 2 }, sender);
    const intentId = String(body.paymentIntentId);
    await house.pay(intentId);
    await Promise.all([settle(stripeCtx(), intentId), settle(stripeCtx(), intentId)]);
    expect(await potsOf(who.accountId)).toEqual({ credits: 170 });
    const made = await intents(who);
    expect(made.filter(({ status }) => status === "succeeded")).toHaveLength(1);
    const keys = new Set(
      (await db().select().from(payments).where(eq(payments.accountId, who.accountId))).map(({ intentId }) => intentId),
    );
    expect(made.every(({ id }) => keys.has(id))).toBe(true);
  },
  60_000,
);

test.each(CELLS)(
  "a refund while $what: an answer in time, paid back once",
  async ({ begin, says }) => {
    const who = await aPerson();
    const { paymentId, paymentIntentId } = await aPurchase(house, who);
    const path = `/api/payments/${paymentId}/refund`;
    const sender = { token: staff.token, key: randomUUID() };
    await begin("POST /v1/refunds");
    const first = await attempt(path, { amount: "5.00" }, sender);
    expect(says).toContain(first.status);
    expect(first.tookMs).toBeLessThan(LONGEST_ANSWER_MS);

    mend();
    await persist(path, { amount: "5.00" }, sender);
    const paidBack = (await house.stripe.refunds.list({ payment_intent: paymentIntentId })).data;
    expect(paidBack.map(({ amount }) => amount)).toEqual([500]);
    expect(await potsOf(who.accountId)).toEqual({ credits: 10 + 119 });
  },
  60_000,
);

test.each(CELLS)(
  "a top-up and a refund given up on while $what are looked up by the janitor alone",
  async ({ begin }) => {
    const who = await aPerson();
    const { paymentId, paymentIntentId } = await aPurchase(house, who);
    await begin("POST /v1/payment_intents");
    await attempt("/api/payments/create-intent", { packageId: 1 }, { token: who.token, key: randomUUID() });
    mend();
    await begin("POST /v1/refunds");
    await attempt(`/api/payments/${paymentId}/refund`, { amount: "5.00" }, { token: staff.token, key: randomUUID() });
    mend();
    await house.control("DELETE", "faults");

    await expect.poll(() => janitorFinds(who), { timeout: 50_000, interval: 500 }).toEqual([]);
    const paidBack = (await house.stripe.refunds.list({ payment_intent: paymentIntentId })).data.length;
    expect(paidBack).toBeLessThanOrEqual(1);
    expect(await potsOf(who.accountId)).toEqual({ credits: paidBack === 1 ? 129 : 170 });
    expect((await intents(who)).length).toBeLessThanOrEqual(2);
  },
  60_000,
);

/** What is still unknown after another look. */
async function janitorFinds({ accountId }: Person): Promise<string[]> {
  const now = { lookAt: sql`clock_timestamp()` };
  await db()
    .update(payments)
    .set(now)
    .where(
      sql`${payments.accountId} = ${accountId} and ${payments.intentId} is null and ${payments.lookAt} is not null`,
    );
  await db().update(refunds).set(now).where(sql`${refunds.accountId} = ${accountId} and ${refunds.lookAt} is not null`);
  await lookAfterPayments(stripeCtx());
  await lookAfterRefunds(stripeCtx());
  const open = await db().select().from(payments).where(eq(payments.accountId, accountId));
  const back = await db().select().from(refunds).where(eq(refunds.accountId, accountId));
  return [
    ...open.flatMap(({ intentId, state }) => (intentId === null && state !== "canceled" ? [state] : [])),
    ...back.flatMap(({ state }) => (["new", "unknown"].includes(state) ? [state] : [])),
  ];
}
