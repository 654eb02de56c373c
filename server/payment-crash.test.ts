import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { listCards } from "@/lib/cards/queries";
import { removeCard } from "@/lib/cards/remove";
import { getBalance } from "@/lib/credits/queries";
import { db } from "@/lib/db/client";
import { outbox, payments, refunds } from "@/lib/db/schema";
import { env } from "@/lib/env";
import { parseInput } from "@/lib/input";
import { confirmPayment } from "@/lib/payments/confirm";
import { createIntent } from "@/lib/payments/create-intent";
import { fillWallets } from "@/lib/payments/fill-wallets";
import { lookAfterPayments } from "@/lib/payments/look-after";
import { lookAfterRefunds } from "@/lib/payments/look-after-refunds";
import { listPayments } from "@/lib/payments/queries";
import { ListPayments } from "@/lib/payments/schema";
import { projectEvents } from "@/lib/stripe-events/project";
import { reconcileEvents } from "@/lib/stripe-events/reconcile";
import { brokenPromises } from "@/lib/testing/books";
import { aCard } from "@/lib/testing/cards";
import { aPurchase, potsOf, stripeCtx } from "@/lib/testing/payments";
import { aPerson, type Person } from "@/lib/testing/people";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { changeAutoTopUp } from "@/lib/wallet/change-auto-top-up";
import { getWallet } from "@/lib/wallet/queries";
import { plainEnv } from "./embedded-postgres/account";
import type { Call } from "./testing/one-call";
import { programOf } from "./testing/programs";

const BEGINNING = ["payment.recorded", "payment.intent_made", "payment.intent_recorded"];
const SETTLING = ["settle.looked_up", "settle.written", "settle.committed"];
const FILLING = ["filling.refused", ...SETTLING];
const REFUNDING = ["refund.recorded", "refund.made", ...SETTLING];

let house: TestStripe;
beforeAll(async () => {
  house = await aStripe();
});
afterAll(() => house.stop());
beforeEach(async () => {
  house.renew();
  // What other tests left open is at a Stripe that is not asked any more.
  await db().update(payments).set({ lookAt: null });
});
afterEach(async () => expect(await brokenPromises()).toEqual([]));

type Ended = { signal: NodeJS.Signals | null; said: string };

/** Does one thing in a process of its own, which dies where it is told to. */
function inProcess(call: Call, failpoint: string): Promise<Ended> {
  const { DATABASE_URL = "", STRIPE_LOCAL_URL = "", STRIPE_SECRET_KEY = "" } = env();
  const child = spawn(process.execPath, [programOf("one-call"), JSON.stringify(call)], {
    cwd: resolve(import.meta.dirname, ".."),
    env: {
      ...{ ...plainEnv, NODE_ENV: "test", DATABASE_URL, STRIPE_LOCAL_URL, STRIPE_SECRET_KEY, LOG_LEVEL: "silent" },
      FAILPOINTS: `${failpoint}:exit`,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
  return new Promise((done) => child.once("close", (_, signal) => done({ signal, said })));
}

const idsOf = ({ userId, accountId }: Person) => ({ userId, accountId });

async function dies(call: Call, failpoint: string): Promise<void> {
  const { signal, said } = await inProcess(call, failpoint);
  expect(signal, said).toBe("SIGKILL");
}

/** A minute later a process that knows nothing of it does what every server does by itself. */
async function restart(): Promise<void> {
  const now = sql`clock_timestamp()`;
  await db().update(payments).set({ lookAt: now }).where(sql`${payments.lookAt} is not null`);
  await db().update(refunds).set({ lookAt: now }).where(sql`${refunds.lookAt} is not null`);
  for (const loop of [reconcileEvents, projectEvents, lookAfterPayments, lookAfterRefunds]) await loop(stripeCtx());
}

/** What the person sees. */
async function told({ ctx }: Person) {
  const { payments } = await listPayments(ctx, parseInput(ListPayments, {}));
  const { balance } = await getBalance(ctx);
  return { balance, payments: payments.map(({ status, refunded }) => [status, refunded.amount]) };
}

test.each(BEGINNING)(
  "a top-up that dies at %s is found, and paying again pays once",
  async (place) => {
    const who = await aPerson();
    await dies({ what: "buy", ...idsOf(who) }, place);
    const [before] = (await told(who)).payments;
    expect(before).toEqual([place === "payment.intent_recorded" ? "open" : "new", "0.00"]);
    await restart();
    expect(await told(who)).toEqual({ balance: 10, payments: [["open", "0.00"]] });
    expect((await house.stripe.paymentIntents.list()).data).toHaveLength(1);

    const { paymentIntentId } = await createIntent(who.ctx, { packageId: 2 });
    await house.pay(paymentIntentId);
    expect(await confirmPayment(who.ctx, { paymentIntentId })).toMatchObject({ creditBalance: 170 });
    expect((await told(who)).payments).toEqual([
      ["succeeded", "0.00"],
      ["open", "0.00"],
    ]);
  },
  60_000,
);

test.each(SETTLING)(
  "a payment whose settling dies at %s is granted once, though nobody confirms it again",
  async (place) => {
    const who = await aPerson();
    const { paymentId, paymentIntentId } = await createIntent(who.ctx, { packageId: 2 });
    await house.pay(paymentIntentId);
    await dies({ what: "confirm", paymentId, ...idsOf(who) }, place);
    const isDone = place === "settle.committed";
    expect(await told(who)).toEqual({
      balance: isDone ? 170 : 10,
      payments: [[isDone ? "succeeded" : "open", "0.00"]],
    });
    await restart();
    expect(await told(who)).toEqual({ balance: 170, payments: [["succeeded", "0.00"]] });
    expect(await confirmPayment(who.ctx, { paymentIntentId })).toMatchObject({ creditBalance: 170 });
  },
  60_000,
);

test.each(REFUNDING)(
  "a refund that dies at %s is paid back once, and takes its credits once",
  async (place) => {
    const who = await aPerson();
    const { paymentId, paymentIntentId } = await aPurchase(house, who);
    await dies({ what: "refund", paymentId, ...idsOf(who) }, place);
    expect(await told(who)).toEqual({ balance: 129, payments: [["succeeded", "5.00"]] });
    await restart();
    expect(await told(who)).toEqual({ balance: 129, payments: [["succeeded", "5.00"]] });
    const atStripe = (await house.stripe.refunds.list({ payment_intent: paymentIntentId })).data;
    expect(atStripe.map(({ amount, status }) => [amount, status])).toEqual([[500, "succeeded"]]);
    expect(
      (await db().select().from(refunds).where(sql`${refunds.paymentId} = ${paymentId}`)).map(({ state }) => state),
    ).toEqual(["succeeded"]);
    expect(await potsOf(who.accountId)).toEqual({ credits: 129 });
  },
  60_000,
);

const mailedTo = async ({ email }: Person) =>
  (await db().select().from(outbox).where(eq(outbox.kind, "mail")))
    .map(({ payload }) => payload as { template: string; to: string }) // what `enqueueMail` writes
    .filter(({ to, template }) => to === email && template === "auto_top_up_failed");

test.each(FILLING)(
  "a filling that the bank refuses and that dies at %s is told once and given up, and another card fills at once",
  async (place) => {
    const who = await aPerson();
    await aCard(house, who, "pm_card_chargeCustomerFail");
    const kept = { threshold: "10.00", amount: "25.00", monthlyCap: "60.00" };
    await changeAutoTopUp(who.ctx, { autoTopUp: kept });
    await dies({ what: "fill" }, place);
    await restart();
    expect((await told(who)).payments).toEqual([["canceled", "0.00"]]);
    const paused = { paused: "declined", trouble: "Your card was declined." };
    expect(await getWallet(who.ctx)).toMatchObject({ balance: 0, autoTopUp: paused });
    expect(await mailedTo(who)).toHaveLength(1);

    await fillWallets(stripeCtx());
    expect((await told(who)).payments).toHaveLength(1);
    const bad = (await listCards(who.ctx)).paymentMethods[0];
    await aCard(house, who);
    if (bad) await removeCard(who.ctx, { id: bad.id });
    await fillWallets(stripeCtx());
    expect(await getWallet(who.ctx)).toMatchObject({ balance: 25, autoTopUp: { paused: null } });
    expect(await mailedTo(who)).toHaveLength(1);
  },
  60_000,
);
