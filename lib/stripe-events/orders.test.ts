import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { log } from "@/lib/log";
import { createIntent } from "@/lib/payments/create-intent";
import { refundPayment } from "@/lib/payments/refund";
import type { Stripe } from "@/lib/stripe/client";
import { brokenPromises } from "@/lib/testing/books";
import { spend } from "@/lib/testing/credits";
import { anAccountOf, doubled, ordersOf, someOrders } from "@/lib/testing/orders";
import { asStaff, houseOf, potsOf, stripeCtx } from "@/lib/testing/payments";
import { aPerson, type Person } from "@/lib/testing/people";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { projectEvents } from "./project";
import { recordEvent } from "./record";

/** Six things that Stripe tells of one payment's life. */
const LIFE = [
  "payment_intent.created",
  "payment_intent.succeeded",
  "charge.refunded",
  "refund.created",
  "charge.dispute.created",
  "charge.dispute.closed",
] as const;
const ALL = ordersOf([...LIFE]);
const LIVES = someOrders(ALL, 7);

let house: TestStripe;
let staff: Person;
beforeAll(async () => {
  log().level = "silent";
  house = await aStripe();
  staff = await aPerson();
});
afterAll(() => house.stop());

/** A payment that was made, paid back in part, disputed and won, of which we have heard nothing. */
async function aLife(verdict: "won" | "lost"): Promise<{ who: Person; events: Map<string, Stripe.Event> }> {
  house.renew();
  const who = await anAccountOf(staff);
  const { paymentIntentId } = await createIntent(who.ctx, { packageId: 2 });
  await house.pay(paymentIntentId);
  await house.stripe.refunds.create({ payment_intent: paymentIntentId, amount: 500 });
  const { latest_charge } = await house.stripe.paymentIntents.retrieve(paymentIntentId);
  const { id } = await house.control<{ id: string }>("POST", "disputes", { charge: String(latest_charge) });
  await house.control("POST", `disputes/${id}`, { verdict });
  return { who, events: new Map((await house.events()).map((event) => [String(event.type), event])) };
}

async function hear(events: Map<string, Stripe.Event>, order: readonly string[]): Promise<void> {
  for (const type of order) {
    await recordEvent(stripeCtx(), events.get(type), "webhook");
    await projectEvents(stripeCtx());
  }
}

/** All that the payment has become, without what names or dates it. */
async function stateOf({ accountId }: Person) {
  const rows = await db().execute(sql`
    select t.kind, sum(e.amount)::text as amount, e.pot from transfers t join entries e on e.transfer_id = t.id
    where t.id in (select transfer_id from entries where account_id = ${accountId})
      or t.detail ->> 'payment' in (select id from payments where account_id = ${accountId})
    group by t.kind, e.pot order by t.kind, e.pot`);
  const lots = await db().execute(
    sql`select kind, amount::text, remaining::text, gone::text from lots where account_id = ${accountId} order by kind`,
  );
  const payment = await db().execute(
    sql`select state, refunded::text, fee::text from payments where account_id = ${accountId}`,
  );
  const refunds = await db().execute(
    sql`select state, credits, bonus_credits from refunds where account_id = ${accountId}`,
  );
  const disputes = await db().execute(
    sql`select state, owed::text, amount::text from disputes where account_id = ${accountId}`,
  );
  const frozen = await db().execute(
    sql`select kind from pots where account_id = ${accountId} and frozen_at is not null`,
  );
  return {
    pots: await potsOf(accountId),
    house: await houseOf(accountId),
    ledger: [...rows],
    lots: [...lots],
    payment: [...payment],
    refunds: [...refunds],
    disputes: [...disputes],
    frozen: [...frozen],
  };
}

test(`in ${LIVES.length} of ${ALL.length} orders, each also with every event doubled, six events of one life end in one state`, {
  timeout: 30_000 + LIVES.length * 4_000,
}, async () => {
  const outcomes = new Map<string, string>();
  const startedAt = performance.now();
  for (const order of LIVES) {
    for (const told of [order, doubled(order)]) {
      const { who, events } = await aLife("won");
      await hear(events, told);
      outcomes.set(JSON.stringify(await stateOf(who)), told.join(" "));
    }
  }
  const took = ((performance.now() - startedAt) / 1_000).toFixed(1);
  process.stdout.write(`  ${2 * LIVES.length} lives of six events, half of them doubled, in ${took} s\n`);
  expect([...outcomes.values()]).toHaveLength(1);
  const [state = ""] = outcomes.keys();
  expect(JSON.parse(state)).toMatchObject({
    pots: { credits: 119 },
    payment: [{ state: "succeeded", refunded: "5000000", fee: "1020000" }],
    refunds: [{ state: "succeeded", credits: 31, bonus_credits: 10 }],
    disputes: [{ state: "won", owed: "0" }],
    frozen: [],
  });
  expect(await brokenPromises()).toEqual([]);
});

test("what is heard as it happens ends where what is heard all at once ends", async () => {
  const atOnce = await aLife("lost");
  await hear(atOnce.events, [...LIFE]);

  house.renew();
  const who = await anAccountOf(staff);
  const { paymentIntentId, paymentId } = await createIntent(who.ctx, { packageId: 2 });
  const hearAll = async () => {
    for (const event of await house.events()) await recordEvent(stripeCtx(), event, "webhook");
    await projectEvents(stripeCtx());
  };
  await house.pay(paymentIntentId);
  await hearAll();
  await refundPayment(asStaff(staff), { paymentId, amount: "5.00", reason: "duplicate" });
  await hearAll();
  const { latest_charge } = await house.stripe.paymentIntents.retrieve(paymentIntentId);
  const { id } = await house.control<{ id: string }>("POST", "disputes", { charge: String(latest_charge) });
  await hearAll();
  await expect(spend(who, 1)).rejects.toMatchObject({ code: "spending_frozen" });
  await house.control("POST", `disputes/${id}`, { verdict: "lost" });
  await hearAll();
  expect(await stateOf(who)).toEqual(await stateOf(atOnce.who));
  expect(await brokenPromises()).toEqual([]);
});
