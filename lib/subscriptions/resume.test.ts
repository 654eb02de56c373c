import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { makeDefault } from "@/lib/cards/make-default";
import { listCards } from "@/lib/cards/queries";
import { db } from "@/lib/db/client";
import { audit } from "@/lib/db/schema";
import { provide } from "@/lib/env";
import { log } from "@/lib/log";
import { brokenPromises } from "@/lib/testing/books";
import { aCard } from "@/lib/testing/cards";
import { aPerson, type Person } from "@/lib/testing/people";
import { aShop, aSubscriber, hearAll, intentOf, rowOf } from "@/lib/testing/plans";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { days, hours, later } from "@/lib/time";
import { resumeSubscription } from "./resume";

const TRIAL_DAYS = 14;
let house: TestStripe;
let passedMs = 0;
beforeAll(async () => {
  log().level = "silent";
  house = await aStripe({ now: () => later(new Date(), passedMs) });
});
afterAll(() => house.stop());
beforeEach(async () => {
  passedMs = 0;
  await aShop(house);
});
afterEach(async () => expect(await brokenPromises()).toEqual([]));

/** A trial that nobody gave a card for, and that is over. */
async function paused(who: Person) {
  process.env.TRIAL_DAYS = String(TRIAL_DAYS);
  provide({});
  const { id } = await aSubscriber(house, who).finally(() => {
    delete process.env.TRIAL_DAYS;
    provide({});
  });
  passedMs = days(TRIAL_DAYS) + hours(2);
  await house.runDue(later(new Date(), passedMs));
  await hearAll(house);
  const { stripeId, state } = await rowOf(id);
  expect(state).toBe("paused");
  return { id, customer: String((await house.stripe.subscriptions.retrieve(stripeId ?? "")).customer) };
}

const chargeTo = async (who: Person, method: string) =>
  makeDefault(who.ctx, { id: (await aCard(house, who, method)).id });
const saidOf = async ({ accountId }: Person) =>
  (await db().select().from(audit).where(eq(audit.accountId, accountId))).map(({ action }) => action);
const resume = (who: Person, idempotencyKey?: string) => resumeSubscription(who.ctx, { idempotencyKey });

test("asked for again by the same key, another card is charged, and once", async () => {
  const who = await aPerson();
  const { id } = await paused(who);
  await chargeTo(who, "pm_card_chargeCustomerFail");
  await expect(resume(who, "once")).rejects.toMatchObject({ code: "card_declined" });
  expect(await rowOf(id)).toMatchObject({ state: "paused" });
  await chargeTo(who, "pm_card_mastercard");
  expect(await resume(who, "once")).toMatchObject({ outcome: "changed" });
  expect(await rowOf(id)).toMatchObject({ state: "active" });
  expect((await saidOf(who)).filter((action) => action === "subscription.resumed")).toHaveLength(1);
});

test("where the bank asks, it is not resumed before the payer has answered", async () => {
  const who = await aPerson();
  const { id, customer } = await paused(who);
  await house.stripe.paymentMethods.attach("pm_card_threeDSecureRequired", { customer });
  await hearAll(house);
  const { paymentMethods } = await listCards(who.ctx);
  const asking = paymentMethods.find(({ last4 }) => last4 === "3220");
  await makeDefault(who.ctx, { id: asking?.id ?? "card_" });
  const { outcome, confirm } = await resume(who);
  expect([outcome, confirm?.kind]).toEqual(["confirm", "payment"]);
  expect(await saidOf(who)).toContain("subscription.resume_asked");
  expect(await saidOf(who)).not.toContain("subscription.resumed");
  await house.pay(intentOf(confirm?.clientSecret ?? ""));
  await hearAll(house);
  expect(await rowOf(id)).toMatchObject({ state: "active" });
});
