import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { log } from "@/lib/log";
import type { Stripe } from "@/lib/stripe/client";
import { projectEvents } from "@/lib/stripe-events/project";
import { recordEvent } from "@/lib/stripe-events/record";
import { brokenPromises } from "@/lib/testing/books";
import { anAccountOf, doubled, ordersOf, someOrders } from "@/lib/testing/orders";
import { stripeCtx } from "@/lib/testing/payments";
import { aPerson, type Person } from "@/lib/testing/people";
import { aShop, aSubscriber, hearAll, intentOf, rowOf } from "@/lib/testing/plans";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { askForSubscription, toConfirm } from "./ask";
import { claimRow } from "./claim";
import { lookAtSubscription } from "./look-at";
import { choosePlan } from "./prices";

/** Six things that Stripe tells of one subscription's life, of which any may come first. */
const LIFE = [
  "customer.subscription.created",
  "invoice.finalized",
  "invoice.paid",
  "invoice_payment.paid",
  "customer.subscription.updated",
  "customer.subscription.deleted",
] as const;
const ALL = ordersOf([...LIFE]);
const LIVES = someOrders(ALL, 11);

let house: TestStripe;
let staff: Person;
beforeAll(async () => {
  log().level = "silent";
  house = await aStripe();
  staff = await aPerson();
});
afterAll(() => house.stop());

type Life = { who: Person; events: Map<string, Stripe.Event> };

/** A plan that was begun, paid, raised, about to end and ended. Unless somebody listens on the way, we have heard nothing of it. */
async function aLife(listen = async () => undefined as unknown): Promise<Life> {
  await aShop(house);
  const who = await anAccountOf(staff);
  const plan = choosePlan("starter", "rooms", "month");
  const row = await claimRow(who.ctx, { plan, interval: "month", promotionCode: null, requestKey: null });
  const made = await askForSubscription(who.ctx, row);
  await listen();
  await house.pay(intentOf(toConfirm(made, row)?.clientSecret ?? ""));
  await listen();
  const { data } = await house.stripe.prices.list({ lookup_keys: ["rooms-professional-month"] });
  const [item] = made.items.data;
  await house.stripe.subscriptions.update(made.id, {
    items: [{ id: item?.id ?? "", price: data[0]?.id ?? "" }],
    proration_behavior: "always_invoice",
  });
  await listen();
  await house.stripe.subscriptions.update(made.id, { cancel_at_period_end: true });
  await listen();
  await house.stripe.subscriptions.cancel(made.id);
  await listen();
  return { who, events: new Map((await house.events()).map((event) => [String(event.type), event])) };
}

async function hear(events: Life["events"], order: readonly string[]): Promise<void> {
  for (const type of order) {
    await recordEvent(stripeCtx(), events.get(type), "webhook");
    await projectEvents(stripeCtx());
  }
}

/** All that came of it, without what names or dates it. */
async function stateOf({ accountId }: Person) {
  const plans = await db().execute(sql`
    select state, plan_id, plan_version, interval, cancel_at is null as kept, ended_at is not null as ended, next_plan_id
    from subscriptions where account_id = ${accountId}`);
  const bills = await db().execute(sql`
    select i.state, i.reason, i.family, (select sum(amount) from invoice_lines l where l.invoice_id = i.id) = i.subtotal as sums,
      (i.transfer_id is not null) = (i.amount_paid > 0) as booked
    from invoices i where account_id = ${accountId} order by i.reason`);
  return { plans: [...plans], bills: [...bills] };
}

test(`in ${LIVES.length} of ${ALL.length} orders, each also with every event doubled, one life ends in one state`, {
  timeout: 30_000 + LIVES.length * 6_000,
}, async () => {
  const outcomes = new Map<string, string>();
  for (const order of LIVES) {
    for (const told of [order, doubled(order)]) {
      const { who, events } = await aLife();
      await hear(events, told);
      outcomes.set(JSON.stringify(await stateOf(who)), told.join(" "));
    }
  }
  expect([...outcomes.values()]).toHaveLength(1);
  const [state = ""] = outcomes.keys();
  expect(JSON.parse(state)).toMatchObject({
    plans: [{ state: "canceled", plan_id: "rooms-professional", kept: true, ended: true }],
    bills: [{ state: "paid", reason: "subscription_update", family: "rooms", sums: true, booked: true }],
  });
  expect(await brokenPromises()).toEqual([]);
});

test("what is heard as it happens ends where what is heard all at once ends", { timeout: 30_000 }, async () => {
  const atOnce = await aLife();
  await hearAll(house);
  const asItWent = await aLife(() => hearAll(house));
  expect(await stateOf(asItWent.who)).toEqual(await stateOf(atOnce.who));
  expect((await stateOf(atOnce.who)).bills).toHaveLength(2);
});

test("of two who look at once, the one who asked first does not write over what the other one learned", async () => {
  await aShop(house);
  const who = await aPerson();
  const { id } = await aSubscriber(house, who);
  const { stripeId } = await rowOf(id);
  const sub = stripeId ?? "";
  const { customer } = await house.stripe.subscriptions.retrieve(sub);
  const attach = (name: string) => house.stripe.paymentMethods.attach(name, { customer: String(customer) });
  const { latest_invoice } = await house.stripe.subscriptions.update(sub, {
    ...{ default_payment_method: (await attach("pm_card_chargeCustomerFail")).id, proration_behavior: "none" },
    ...{ billing_cycle_anchor: { type: "now" }, payment_behavior: "allow_incomplete" },
  });
  await hearAll(house);
  expect(await rowOf(id)).toMatchObject({ state: "past_due" });

  // It is held up between its first question and its second.
  await house.fault("slow", { match: "GET /v1/invoices", delayMs: 1_500 });
  const slow = lookAtSubscription(stripeCtx(), sub);
  await expect.poll(() => house.control("GET", "faults"), { timeout: 5_000 }).toEqual([]);
  await house.stripe.invoices.pay(String(latest_invoice), { payment_method: (await attach("pm_card_visa")).id });
  await lookAtSubscription(stripeCtx(), sub);
  await slow;
  expect(await rowOf(id)).toMatchObject({ state: "active", pastDueAt: null });
});
