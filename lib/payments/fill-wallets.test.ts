import { and, eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { lookAtCard } from "@/lib/cards/look-at";
import { listCards } from "@/lib/cards/queries";
import { removeCard } from "@/lib/cards/remove";
import { inTx } from "@/lib/ctx";
import { db, elapsedNow } from "@/lib/db/client";
import { accounts, outbox, payments } from "@/lib/db/schema";
import { freezePots, thawPots } from "@/lib/ledger/freeze";
import { log } from "@/lib/log";
import { dollars } from "@/lib/money";
import { ensureCustomer } from "@/lib/stripe-customers/ensure";
import { projectEvents } from "@/lib/stripe-events/project";
import { reconcileEvents } from "@/lib/stripe-events/reconcile";
import { brokenPromises } from "@/lib/testing/books";
import { aCard } from "@/lib/testing/cards";
import { stripeCtx } from "@/lib/testing/payments";
import { aPerson, type Person } from "@/lib/testing/people";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { changeAutoTopUp } from "@/lib/wallet/change-auto-top-up";
import { chargeWallet } from "@/lib/wallet/charge";
import { coolOff } from "@/lib/wallet/cool-off";
import { lowWallet } from "@/lib/wallet/lock-low";
import { pauseAutoTopUp } from "@/lib/wallet/pause";
import { getWallet } from "@/lib/wallet/queries";
import { fillWallets } from "./fill-wallets";
import { lookAfterPayments } from "./look-after";
import { resumePayment } from "./resume";
import { settle } from "./settle";

let house: TestStripe;
beforeAll(async () => {
  log().level = "silent";
  house = await aStripe();
});
afterAll(() => house.stop());
beforeEach(() => house.renew());
afterEach(async () => expect(await brokenPromises()).toEqual([]));

const KEPT = { threshold: "10.00", amount: "25.00", monthlyCap: "60.00" };
const filled = (who: Person) =>
  db()
    .select()
    .from(payments)
    .where(and(eq(payments.accountId, who.accountId), payments.isAutomatic))
    .orderBy(payments.id);
const mailed = async (template: string, to: string) =>
  (await db().select().from(outbox).where(eq(outbox.kind, "mail"))).filter(({ payload }) => {
    const mail = payload as { template: string; to: string }; // what `enqueueMail` writes
    return mail.template === template && mail.to === to;
  });
const use = (who: Person, amount: string, cause: string) =>
  chargeWallet(stripeCtx(), {
    ...{
      cause,
      accountId: who.accountId,
      amount: dollars(amount),
      kind: "gift.sent",
      purpose: "gift",
      title: "A gift",
    },
    to: [{ pot: "income_commission", amount: dollars(amount) }],
  });

async function somebodyWhoFills(method?: string): Promise<Person> {
  const who = await aPerson();
  await aCard(house, who, method);
  await changeAutoTopUp(who.ctx, { autoTopUp: KEPT });
  return who;
}

test("a wallet that is low fills itself once, however many find it low", async () => {
  const who = await somebodyWhoFills();
  await Promise.all([fillWallets(stripeCtx()), fillWallets(stripeCtx()), fillWallets(stripeCtx())]);
  expect(await getWallet(who.ctx)).toMatchObject({
    balance: 25,
    autoTopUp: { paused: null, usedThisMonth: { amount: "25.00" } },
  });
  expect((await filled(who)).map(({ state }) => state)).toEqual(["succeeded"]);
  await fillWallets(stripeCtx());
  expect(await filled(who)).toHaveLength(1);
  expect(await mailed("receipt", who.email)).toHaveLength(1);
});

test("stops at the cap of the month, and goes on when the cap is raised", async () => {
  const who = await somebodyWhoFills();
  for (const turn of [1, 2, 3]) {
    await fillWallets(stripeCtx());
    if (turn < 3) await use(who, "24.00", `gift:${who.accountId}:${turn}`);
  }
  expect(await filled(who)).toHaveLength(2);
  expect((await getWallet(who.ctx)).autoTopUp).toMatchObject({
    paused: "cap_reached",
    usedThisMonth: { amount: "50.00" },
  });
  await changeAutoTopUp(who.ctx, { autoTopUp: { ...KEPT, monthlyCap: "100.00" } });
  await fillWallets(stripeCtx());
  expect(await filled(who)).toHaveLength(3);
});

test("a bank that says no is asked once, the owner is told, and another card goes on at once", async () => {
  const who = await somebodyWhoFills("pm_card_chargeCustomerFail");
  await fillWallets(stripeCtx());
  await fillWallets(stripeCtx());
  expect((await filled(who)).map(({ state }) => state)).toEqual(["canceled"]);
  expect(await getWallet(who.ctx)).toMatchObject({
    balance: 0,
    autoTopUp: { paused: "declined", trouble: "Your card was declined." },
  });
  expect(await mailed("auto_top_up_failed", who.email)).toHaveLength(1);

  const bad = (await listCards(who.ctx)).paymentMethods[0];
  await aCard(house, who);
  if (bad) await removeCard(who.ctx, { id: bad.id });
  await fillWallets(stripeCtx());
  expect(await getWallet(who.ctx)).toMatchObject({ balance: 25, autoTopUp: { paused: null } });
});

test("a bank that wants to see the owner leaves the payment to them, and filling goes on once it is made", async () => {
  const who = await aPerson();
  const customer = await ensureCustomer(who.ctx, who.accountId);
  const { id } = await house.stripe.paymentMethods.attach("pm_card_authenticationRequired", { customer });
  await lookAtCard(stripeCtx(), id);
  await changeAutoTopUp(who.ctx, { autoTopUp: KEPT });
  await fillWallets(stripeCtx());
  const [waiting] = await filled(who);
  expect(waiting).toMatchObject({ state: "open" });
  expect((await getWallet(who.ctx)).autoTopUp).toMatchObject({ paused: "needs_you" });

  const { paymentIntentId, clientSecret } = await resumePayment(who.ctx, { paymentId: waiting?.id ?? "payment_" });
  expect(clientSecret).toContain(paymentIntentId);
  await house.pay(paymentIntentId);
  await settle(stripeCtx(), paymentIntentId);
  expect(await getWallet(who.ctx)).toMatchObject({ balance: 25, autoTopUp: { paused: null } });
});

test("an answer that is lost fills it once all the same", async () => {
  const who = await somebodyWhoFills();
  await house.fault("reset", { match: "POST /v1/payment_intents", times: 1 });
  await fillWallets(stripeCtx());
  await fillWallets(stripeCtx());
  expect((await filled(who)).length).toBe(1);
  const { data } = await house.stripe.paymentIntents.list();
  expect(data.filter(({ status }) => status === "succeeded")).toHaveLength(1);
});

test.each([
  ["an event", projectEvents],
  ["a look", lookAfterPayments],
])(
  "a no whose answer is lost is told by %s, and holds up nothing",
  async (_, brings) => {
    const who = await somebodyWhoFills("pm_card_chargeCustomerFail");
    await house.fault("reset", { match: "POST /v1/payment_intents", times: 3 });
    await fillWallets(stripeCtx());
    expect(await filled(who)).toMatchObject([{ state: "unknown", intentId: null }]);
    expect(await mailed("auto_top_up_failed", who.email)).toHaveLength(0);

    await reconcileEvents(stripeCtx());
    await db().update(payments).set({ lookAt: sql`clock_timestamp()` }).where(eq(payments.accountId, who.accountId));
    for (const _ of [1, 2]) await brings(stripeCtx());
    expect(await filled(who)).toMatchObject([{ state: "canceled", failure: "Your card was declined." }]);
    expect((await getWallet(who.ctx)).autoTopUp).toMatchObject({ paused: "declined" });
    expect(await mailed("auto_top_up_failed", who.email)).toHaveLength(1);

    const bad = (await listCards(who.ctx)).paymentMethods[0];
    await aCard(house, who);
    if (bad) await removeCard(who.ctx, { id: bad.id });
    await fillWallets(stripeCtx());
    // The old no is heard once more, and is no news.
    await reconcileEvents(stripeCtx());
    await brings(stripeCtx());
    expect(await getWallet(who.ctx)).toMatchObject({ balance: 25, autoTopUp: { paused: null } });
  },
  15_000,
);

test("without a card it says so, and nothing is begun", async () => {
  const who = await aPerson();
  await changeAutoTopUp(who.ctx, { autoTopUp: KEPT });
  await fillWallets(stripeCtx());
  expect(await filled(who)).toEqual([]);
  expect((await getWallet(who.ctx)).autoTopUp).toMatchObject({ paused: "no_card" });
  await aCard(house, who);
  await fillWallets(stripeCtx());
  expect(await getWallet(who.ctx)).toMatchObject({ balance: 25 });
});

test("what Stripe refuses is tried once, is never tried again behind the owner's back, and another card goes on", async () => {
  const who = await somebodyWhoFills();
  const [card] = (await house.stripe.paymentMethods.list({ limit: 1 })).data;
  await house.stripe.paymentMethods.detach(card?.id ?? "");
  for (const _ of [1, 2, 3]) await fillWallets(stripeCtx());
  expect((await filled(who)).map(({ state, lookAt }) => [state, lookAt])).toEqual([["refused", null]]);
  expect((await getWallet(who.ctx)).autoTopUp).toMatchObject({ paused: "declined", usedThisMonth: { amount: "0.00" } });
  expect(await mailed("auto_top_up_failed", who.email)).toHaveLength(1);

  await lookAtCard(stripeCtx(), card?.id ?? "");
  await aCard(house, who);
  await fillWallets(stripeCtx());
  expect(await getWallet(who.ctx)).toMatchObject({ balance: 25, autoTopUp: { paused: null } });
});

test("a closed account is not charged any more", async () => {
  const who = await somebodyWhoFills();
  await db().update(accounts).set({ closedAt: elapsedNow }).where(eq(accounts.id, who.accountId));
  await fillWallets(stripeCtx());
  expect(await filled(who)).toEqual([]);
});

test("whoever begins a rest, is frozen or is paused while a wallet is found low is not charged", async () => {
  const who = await somebodyWhoFills();
  const low = () => inTx(stripeCtx(), (ctx) => lowWallet(ctx, who.accountId));
  expect(await low()).toMatchObject({ amount: dollars("25") });
  await inTx(stripeCtx(), (ctx) => freezePots(ctx, { accountId: who.accountId, kinds: ["wallet"] }));
  expect(await low()).toBeUndefined();
  await inTx(stripeCtx(), (ctx) => thawPots(ctx, { accountId: who.accountId, kinds: ["wallet"] }));
  const card = (await listCards(who.ctx)).paymentMethods[0]?.id ?? null;
  const pause = (failedCard: typeof card) =>
    inTx(stripeCtx(), (ctx) => pauseAutoTopUp(ctx, who.accountId, { why: "declined", trouble: null, failedCard }));
  await pause(card);
  expect(await low()).toBeUndefined();
  await changeAutoTopUp(who.ctx, { autoTopUp: KEPT });
  expect(await low()).toBeDefined();
  await coolOff(who.ctx, { days: 1 });
  expect(await low()).toBeUndefined();
});
