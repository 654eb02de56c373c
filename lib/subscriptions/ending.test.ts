import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { audit, cards, invoices, subscriptions } from "@/lib/db/schema";
import { env, provide } from "@/lib/env";
import type { Id } from "@/lib/ids";
import { chargeBy } from "@/lib/invoices/charge-by";
import { log } from "@/lib/log";
import { brokenPromises } from "@/lib/testing/books";
import { aCard } from "@/lib/testing/cards";
import { stripeCtx } from "@/lib/testing/payments";
import { aPerson, type Person } from "@/lib/testing/people";
import { aShop, aSubscriber, hearAll, intentOf, rowOf } from "@/lib/testing/plans";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { cancelSubscription } from "./cancel";
import { createCheckout } from "./checkout";
import { createSubscription } from "./create";
import { lookAfterSubscriptions } from "./look-after";
import { CancelSubscription, CreateCheckout, CreateSubscription } from "./schema";

let house: TestStripe;
beforeAll(async () => {
  log().level = "silent";
  house = await aStripe();
});
afterAll(() => house.stop());
beforeEach(() => aShop(house));
afterEach(async () => expect(await brokenPromises()).toEqual([]));

const begin = (who: Person, planId: string) => createSubscription(who.ctx, CreateSubscription.parse({ planId }));
const end = (who: Person) => cancelSubscription(who.ctx, CancelSubscription.parse({ when: "now" }));
const billsOf = async (id: Id<"subscription">) => {
  const { stripeId } = await rowOf(id);
  return (await house.stripe.invoices.list({ subscription: stripeId ?? "" })).data.map(({ status }) => status);
};

/** A renewal that nobody paid, without waiting for one. */
async function behind(who: Person): Promise<Id<"subscription">> {
  const { id } = await aSubscriber(house, who);
  const { stripeId } = await rowOf(id);
  const failing = await aCard(house, who, "pm_card_chargeCustomerFail");
  const [card] = await db().select().from(cards).where(eq(cards.id, failing.id));
  await house.stripe.subscriptions.update(stripeId ?? "", {
    ...{ default_payment_method: card?.methodId ?? "", billing_cycle_anchor: { type: "now" } },
    ...{ proration_behavior: "none", payment_behavior: "allow_incomplete" },
  });
  await hearAll(house);
  expect(await rowOf(id)).toMatchObject({ state: "past_due" });
  // What an update bills is a renewal here.
  await db().update(invoices).set({ reason: "subscription_cycle" }).where(eq(invoices.state, "open"));
  return id;
}

const lookAfter = async (id: Id<"subscription">) => {
  await db()
    .update(subscriptions)
    .set({ lookAt: sql`clock_timestamp()` })
    .where(sql`id = ${id} and look_at is not null`);
  await lookAfterSubscriptions(stripeCtx());
};

test("what gave way to another plan can no longer be paid", async () => {
  const who = await aPerson();
  const first = await begin(who, "starter");
  await begin(who, "professional");
  expect(await billsOf(first.subscription.id)).toEqual(["void"]);
  await expect(house.pay(intentOf(first.clientSecret ?? ""))).rejects.toThrow();
  expect(await rowOf(first.subscription.id)).toMatchObject({ state: "canceled", lookAt: null });
});

test("whoever dies between the end and what it left unpaid is followed by somebody who finishes it", async () => {
  const who = await aPerson();
  const id = await behind(who);
  vi.stubEnv("FAILPOINTS", "subscription.ended:throw");
  provide({});
  await expect(end(who)).rejects.toThrow("subscription.ended");
  vi.unstubAllEnvs();
  provide({});
  await hearAll(house);
  await hearAll(house);
  expect(await billsOf(id)).toEqual(["open", "paid"]);
  await lookAfter(id);
  expect(await billsOf(id)).toEqual(["void", "paid"]);
  expect(await rowOf(id)).toMatchObject({ state: "canceled", lookAt: null });
});

test("a new card is not charged for a plan that has ended", async () => {
  const who = await aPerson();
  const id = await behind(who);
  await house.stripe.subscriptions.cancel((await rowOf(id)).stripeId ?? "");
  await hearAll(house);
  const good = await aCard(house, who, "pm_card_mastercard");
  await chargeBy(who.ctx, { id: good.id });
  expect(await billsOf(id)).toEqual(["open", "paid"]);
  await lookAfter(id);
  expect(await billsOf(id)).toEqual(["void", "paid"]);
});

test("what was paid at the last moment goes on, and nobody says that it was cancelled", async () => {
  const who = await aPerson();
  await createCheckout(who.ctx, CreateCheckout.parse({ planId: "starter" }));
  const [session] = (await house.stripe.checkout.sessions.list()).data;
  const paid = await fetch(`${house.url}/v1/_local/checkout/${session?.id}/complete`, {
    method: "POST",
    headers: { authorization: `Bearer ${env().STRIPE_PUBLISHABLE_KEY}` },
    body: new URLSearchParams({ payment_method: "pm_card_visa", expected_amount: String(session?.amount_total) }),
  });
  expect(paid.status).toBe(200);
  await expect(end(who)).rejects.toMatchObject({ code: "conflict", extras: { details: { status: "active" } } });
  const said = await db().select().from(audit).where(eq(audit.accountId, who.accountId));
  expect(said.map(({ action }) => action)).not.toContain("subscription.cancelled");
});
