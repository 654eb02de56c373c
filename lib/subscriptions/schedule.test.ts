import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { subscriptions } from "@/lib/db/schema";
import { provide } from "@/lib/env";
import type { Id } from "@/lib/ids";
import { chargeBy } from "@/lib/invoices/charge-by";
import { log } from "@/lib/log";
import { brokenPromises } from "@/lib/testing/books";
import { aCard } from "@/lib/testing/cards";
import { aPerson, type Person } from "@/lib/testing/people";
import { aShop, aSubscriber, hearAll, rowOf } from "@/lib/testing/plans";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { hours, later, seconds } from "@/lib/time";
import { updateSubscription } from "./update";

let house: TestStripe;
let passedMs = 0;
const now = () => later(new Date(), passedMs);
beforeAll(async () => {
  log().level = "silent";
  house = await aStripe({ now });
});
afterAll(() => house.stop());
beforeEach(async () => {
  passedMs = 0;
  await aShop(house);
});
afterEach(async () => expect(await brokenPromises()).toEqual([]));

type Given = Parameters<typeof aSubscriber>[2];

async function aPayer(given: Given): Promise<{ who: Person; id: Id<"subscription"> }> {
  const who = await aPerson();
  await aCard(house, who);
  return { who, id: (await aSubscriber(house, who, given)).id };
}

const change = ({ ctx }: Person, planId: string) => updateSubscription({ ...ctx, now: now() }, { planId });

/** The clock goes on until the period is over, and what begins then is paid. */
async function renew(id: Id<"subscription">): Promise<void> {
  const { periodEnd } = await rowOf(id);
  const to = later(periodEnd ?? now(), hours(2));
  await house.runDue(to);
  passedMs = to.getTime() - Date.now();
  await hearAll(house);
}

async function paidOn(id: Id<"subscription">): Promise<number[]> {
  const { stripeId } = await rowOf(id);
  const { data } = await house.stripe.invoices.list({ subscription: stripeId ?? "" });
  return data.map(({ amount_paid }) => amount_paid);
}

test("a plan becomes less, and once it has, still less", { timeout: 60_000 }, async () => {
  const { who, id } = await aPayer({ planId: "enterprise" });
  const [first] = await paidOn(id);
  await change(who, "professional");
  await renew(id);
  expect(await rowOf(id)).toMatchObject({ planId: "rooms-professional", nextPlanId: null });
  expect(await change(who, "starter")).toMatchObject({ outcome: "scheduled" });
  expect(await rowOf(id)).toMatchObject({ planId: "rooms-professional", nextPlanId: "rooms-starter" });
  await renew(id);
  expect(await rowOf(id)).toMatchObject({ planId: "rooms-starter", state: "active" });
  expect(await paidOn(id)).toEqual([2_900, 9_900, first]);
});

test("what a code takes off is taken off the smaller plan as well", { timeout: 60_000 }, async () => {
  const coupon = await house.stripe.coupons.create({ percent_off: 50, duration: "forever" });
  await house.stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: coupon.id }, code: "HALF" });
  const { who, id } = await aPayer({ planId: "professional", promotionCode: "HALF" });
  await change(who, "starter");
  await renew(id);
  expect(await paidOn(id)).toEqual([1_450, 4_950]);
});

test("a trial goes on until its end when less is to follow it", async () => {
  process.env.TRIAL_DAYS = "14";
  provide({});
  try {
    const { who, id } = await aPayer({ planId: "professional" });
    const { trialEndsAt } = await rowOf(id);
    await change(who, "starter");
    expect(await rowOf(id)).toMatchObject({ state: "trialing", trialEndsAt, nextPlanId: "rooms-starter" });
    expect(await paidOn(id)).toEqual([0]);
  } finally {
    delete process.env.TRIAL_DAYS;
    provide({});
  }
});

test("an upgrade that the bank refuses leaves what was to follow", async () => {
  const { who, id } = await aPayer({ planId: "professional" });
  await change(who, "starter");
  const failing = await aCard(house, who, "pm_card_chargeCustomerFail");
  await chargeBy(who.ctx, { id: failing.id });
  await expect(change(who, "enterprise")).rejects.toMatchObject({ code: "card_declined" });
  await hearAll(house);
  expect(await rowOf(id)).toMatchObject({ planId: "rooms-professional", nextPlanId: "rooms-starter" });
  const code = { planId: "enterprise", promotionCode: "NOTHERE" };
  await expect(updateSubscription(who.ctx, code)).rejects.toMatchObject({ code: "invalid" });
  await hearAll(house);
  expect(await rowOf(id)).toMatchObject({ nextPlanId: "rooms-starter" });
});

test("an upgrade asked for twice by one key, a second apart, is made once and not called refused", async () => {
  const { who, id } = await aPayer({ planId: "starter" });
  const ask = (now: Date) =>
    updateSubscription({ ...who.ctx, now }, { planId: "professional", idempotencyKey: "once" });
  vi.stubEnv("FAILPOINTS", "subscription.changed:throw");
  provide({});
  await expect(ask(later(now(), seconds(2)))).rejects.toThrow("subscription.changed");
  vi.unstubAllEnvs();
  provide({});
  await db().update(subscriptions).set({ planId: "rooms-starter" }).where(eq(subscriptions.id, id));
  await expect(ask(later(now(), seconds(5)))).rejects.toMatchObject({ code: "outcome_unknown" });
  expect(await rowOf(id)).toMatchObject({ planId: "rooms-professional" });
});
