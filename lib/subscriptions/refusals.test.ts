import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { subscriptions } from "@/lib/db/schema";
import { env, provide } from "@/lib/env";
import { parseInput } from "@/lib/input";
import { log } from "@/lib/log";
import { closeAccount } from "@/lib/registration/close";
import { openRoom } from "@/lib/rooms/open";
import { OpenRoom } from "@/lib/rooms/schema";
import { brokenPromises } from "@/lib/testing/books";
import { aCard } from "@/lib/testing/cards";
import { stripeCtx } from "@/lib/testing/payments";
import { aMember, aPerson } from "@/lib/testing/people";
import { aShop, aSubscriber, hearAll, intentOf, rowOf } from "@/lib/testing/plans";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { cancelSubscription } from "./cancel";
import { createCheckout } from "./checkout";
import { createSubscription } from "./create";
import { lookAfterSubscriptions } from "./look-after";
import { openPortal } from "./portal";
import { previewChange } from "./preview";
import { findSubscription, listSubscriptions } from "./queries";
import { CancelSubscription, CreateCheckout, CreateSubscription, OpenPortal, UpdateSubscription } from "./schema";
import { undoChange } from "./undo";
import { updateSubscription } from "./update";

let house: TestStripe;
beforeAll(async () => {
  log().level = "silent";
  house = await aStripe();
});
afterAll(() => house.stop());
beforeEach(() => aShop(house));
afterEach(async () => expect(await brokenPromises()).toEqual([]));

const wanted = (planId: string, more: object = {}) => CreateSubscription.parse({ planId, ...more });

test.each([
  ["platinum", {}, "planId"],
  ["", {}, "planId"],
  ["compute-free", {}, "planId"],
  ["compute-free", { family: "rooms" }, "planId"],
  ["gateway", { family: "compute" }, "planId"],
  ["gateway", { family: "gateway", interval: "year" }, "interval"],
  ["starter", { promotionCode: "NOTHERE" }, "promotionCode"],
  ["starter", { price: 1 }, "price"],
  ["starter", { interval: "week" }, "interval"],
])("the plan %j with %j is refused by its field %s, and nothing is begun", async (planId, more, field) => {
  const who = await aPerson();
  const asked = async () => createSubscription(who.ctx, parseInput(CreateSubscription, { planId, ...more }));
  await expect(asked()).rejects.toMatchObject({
    code: "invalid",
    extras: { details: { fields: { [field]: expect.any(String) } } },
  });
  expect((await listSubscriptions(who.ctx)).subscriptions).toEqual([]);
});

test("another account's subscription is not there, and a member may not touch their own account's", async () => {
  const [mine, theirs] = [await aPerson(), await aPerson()];
  const { id: subscriptionId } = await aSubscriber(house, theirs);
  const cancel = { ...CancelSubscription.parse({}), subscriptionId };
  await expect(cancelSubscription(mine.ctx, cancel)).rejects.toMatchObject({ code: "not_found" });
  await expect(undoChange(mine.ctx, { subscriptionId })).rejects.toMatchObject({ code: "not_found" });
  await expect(findSubscription(mine.ctx, { subscriptionId })).rejects.toMatchObject({ code: "not_found" });
  const member = await aMember(theirs.accountId, "member");
  await expect(cancelSubscription(member.ctx, cancel)).rejects.toMatchObject({ code: "forbidden" });
  await expect(createSubscription(member.ctx, wanted("starter"))).rejects.toMatchObject({ code: "forbidden" });
  await expect(previewChange(member.ctx, { planId: "professional" })).rejects.toMatchObject({ code: "forbidden" });
  expect(await rowOf(subscriptionId)).toMatchObject({ state: "active", cancelAt: null });
});

test("a smaller plan than what is in use is refused, and says what is over", async () => {
  const who = await aPerson();
  await aSubscriber(house, who, { planId: "professional" });
  for (let opened = 0; opened < 6; opened += 1) await openRoom(who.ctx, OpenRoom.parse({}));
  await openRoom(who.ctx, OpenRoom.parse({ maxParticipants: 40 }));
  await expect(updateSubscription(who.ctx, { planId: "starter" })).rejects.toMatchObject({
    code: "plan_in_use",
    extras: {
      details: {
        over: [
          { what: "open rooms", used: 7, limit: 5 },
          { what: "people in one room", used: 40, limit: 10 },
        ],
      },
    },
  });
  expect(await findSubscription(who.ctx, {})).toMatchObject({ subscription: { next: null } });
});

test.each(["https://evil.example/x", "http://localhost.evil.example/", "https://parley.example.evil.example"])(
  "nobody is sent to %s",
  async (returnUrl) => {
    const who = await aPerson();
    const refused = { code: "invalid", extras: { details: { fields: { returnUrl: expect.any(String) } } } };
    await expect(openPortal(who.ctx, OpenPortal.parse({ returnUrl }))).rejects.toMatchObject(refused);
    const checkout = CreateCheckout.parse({ planId: "starter", returnUrl });
    await expect(createCheckout(who.ctx, checkout)).rejects.toMatchObject(refused);
    expect((await listSubscriptions(who.ctx)).subscriptions).toEqual([]);
  },
);

test("an address that is none is refused before anybody is asked", () => {
  for (const returnUrl of ["javascript:alert(1)", "//evil.example", "/dashboard", "file:///etc/passwd"])
    expect(() => parseInput(OpenPortal, { returnUrl })).toThrow();
});

test("the portal leads back to our own pages", async () => {
  const who = await aPerson();
  const { url } = await openPortal(who.ctx, { returnUrl: `${env().publicUrl}/dashboard` });
  expect((await fetch(url)).status).toBe(200);
});

test("where the card is refused the plan is as it was, and nothing is owed", async () => {
  const who = await aPerson();
  const { id } = await aSubscriber(house, who);
  const { stripeId } = await rowOf(id);
  const failing = await aCard(house, who, "pm_card_chargeCustomerFail");
  const [card] = (await house.stripe.customers.listPaymentMethods(await customerOf(id))).data.filter(
    (method) => method.card?.last4 === failing.last4,
  );
  await house.stripe.subscriptions.update(stripeId ?? "", { default_payment_method: card?.id ?? "" });
  const preview = await previewChange(who.ctx, { planId: "enterprise" });
  await expect(
    updateSubscription(who.ctx, UpdateSubscription.parse({ planId: "enterprise", quoteId: preview.quoteId })),
  ).rejects.toMatchObject({ code: "card_declined" });
  await hearAll(house);
  expect(await rowOf(id)).toMatchObject({ planId: "rooms-starter", state: "active", pastDueAt: null });
  const open = await house.stripe.invoices.list({ subscription: stripeId ?? "", status: "open" });
  expect(open.data).toEqual([]);
  expect((await house.stripe.subscriptions.retrieve(stripeId ?? "")).pending_update).toBeNull();
});

async function customerOf(id: Parameters<typeof rowOf>[0]): Promise<string> {
  const { stripeId } = await rowOf(id);
  return String((await house.stripe.subscriptions.retrieve(stripeId ?? "")).customer);
}

test("where the bank asks, the plan changes once the payer has answered", async () => {
  const who = await aPerson();
  const { id } = await aSubscriber(house, who);
  const { stripeId } = await rowOf(id);
  const customer = await customerOf(id);
  const method = await house.stripe.paymentMethods.attach("pm_card_threeDSecureRequired", { customer });
  await house.stripe.subscriptions.update(stripeId ?? "", { default_payment_method: method.id });
  const { outcome, confirm, subscription } = await updateSubscription(who.ctx, { planId: "professional" });
  expect([outcome, subscription.plan.id, confirm?.kind]).toEqual(["confirm", "rooms-starter", "payment"]);
  // The bank is answered by another card here; what counts is that the change waited for the money.
  await house.pay(intentOf(confirm?.clientSecret ?? ""), "pm_card_visa");
  expect(await rowOf(id)).toMatchObject({ planId: "rooms-starter" });
  await hearAll(house);
  expect(await rowOf(id)).toMatchObject({ planId: "rooms-professional", state: "active" });
});

test("a quote is for the change that it was made for", async () => {
  const who = await aPerson();
  const other = await aPerson();
  await aSubscriber(house, who);
  await aSubscriber(house, other);
  const { quoteId } = await previewChange(who.ctx, { planId: "professional" });
  const take = (person: typeof who, planId: string) =>
    updateSubscription(person.ctx, { planId, quoteId: quoteId ?? undefined });
  await expect(take(who, "enterprise")).rejects.toMatchObject({ code: "quote_expired" });
  await expect(take(other, "professional")).rejects.toMatchObject({ code: "not_found" });
  expect(await findSubscription(who.ctx, {})).toMatchObject({ subscription: { plan: { id: "rooms-starter" } } });
});

test("twenty who take up a plan at once have one subscription at Stripe", async () => {
  const who = await aPerson();
  const answers = await Promise.allSettled(
    Array.from({ length: 20 }, () => createSubscription(who.ctx, wanted("starter"))),
  );
  const begun = answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value.subscription.id] : []));
  expect(begun.length).toBeGreaterThan(0);
  expect(new Set(begun).size).toBe(1);
  for (const answer of answers)
    if (answer.status === "rejected") expect(answer.reason).toMatchObject({ code: "outcome_unknown" });
  expect((await house.stripe.subscriptions.list({ status: "all" })).data).toHaveLength(1);
});

test("where Stripe breaks off after it made the subscription, somebody finds it and there is no second", async () => {
  const who = await aPerson();
  await house.fault("reset", { match: "POST /v1/subscriptions", times: 10 });
  await expect(createSubscription(who.ctx, wanted("starter"))).rejects.toMatchObject({ code: "outcome_unknown" });
  await house.control("DELETE", "faults");
  const [row] = await db().select().from(subscriptions).where(eq(subscriptions.accountId, who.accountId));
  expect(row).toMatchObject({ state: "new", stripeId: null });
  await db()
    .update(subscriptions)
    .set({ lookAt: sql`clock_timestamp()` })
    .where(eq(subscriptions.accountId, who.accountId));
  await lookAfterSubscriptions(stripeCtx());
  expect((await listSubscriptions(who.ctx)).subscriptions).toMatchObject([{ status: "incomplete" }]);
  expect((await house.stripe.subscriptions.list({ status: "all" })).data).toHaveLength(1);
});

test("a page of Stripe's that is paid begins the plan, and one that was opened before gives way", async () => {
  const who = await aPerson();
  const first = await createCheckout(who.ctx, CreateCheckout.parse({ planId: "starter" }));
  const again = await createCheckout(who.ctx, CreateCheckout.parse({ planId: "starter" }));
  expect(again.url).toBe(first.url);
  await createCheckout(who.ctx, CreateCheckout.parse({ planId: "professional" }));
  const { data } = await house.stripe.checkout.sessions.list();
  expect(data.map(({ status }) => status).sort()).toEqual(["expired", "open"]);
  expect((await listSubscriptions(who.ctx)).subscriptions.map(({ status }) => status).sort()).toEqual([
    "new",
    "refused",
  ]);
});

test("a key that began what was given up since begins nothing", async () => {
  const who = await aPerson();
  const checkout = { ...CreateCheckout.parse({ planId: "starter" }), idempotencyKey: "once" };
  await createCheckout(who.ctx, checkout);
  await cancelSubscription(who.ctx, CancelSubscription.parse({ when: "now" }));
  await expect(createCheckout(who.ctx, checkout)).rejects.toMatchObject({ code: "conflict" });
  await expect(createSubscription(who.ctx, { ...wanted("starter"), idempotencyKey: "once" })).rejects.toMatchObject({
    code: "conflict",
  });
  expect((await house.stripe.checkout.sessions.list()).data).toMatchObject([{ status: "expired" }]);
  expect((await house.stripe.subscriptions.list({ status: "all" })).data).toEqual([]);
});

test("a code takes off what it says, for whoever was given it", async () => {
  const who = await aPerson();
  const coupon = await house.stripe.coupons.create({ percent_off: 50, duration: "once" });
  await house.stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: coupon.id }, code: "SPRING" });
  const { id } = await aSubscriber(house, who, { planId: "starter", promotionCode: "SPRING" });
  const { stripeId } = await rowOf(id);
  const { data } = await house.stripe.invoices.list({ subscription: stripeId ?? "" });
  expect(data.map(({ amount_paid }) => amount_paid)).toEqual([1_450]);
});

test("a trial costs nothing, is had once, and without a card it pauses at its end", async () => {
  process.env.TRIAL_DAYS = "14";
  provide({});
  try {
    const who = await aPerson();
    const { subscription } = await createSubscription(who.ctx, wanted("starter"));
    expect(subscription).toMatchObject({ status: "trialing", standing: "trial" });
    await cancelSubscription(who.ctx, CancelSubscription.parse({ when: "now" }));
    const again = await createSubscription(who.ctx, wanted("starter"));
    expect(again.subscription).toMatchObject({ status: "incomplete", trialEndsAt: null });
  } finally {
    delete process.env.TRIAL_DAYS;
    provide({});
  }
});

test("an account that closes pays for nothing more", async () => {
  const who = await aPerson({ name: "Closing time" });
  const { id } = await aSubscriber(house, who);
  const other = await createSubscription(who.ctx, wanted("free", { family: "compute" }));
  await closeAccount(who.ctx, { confirm: "Closing time" });
  await lookAfterSubscriptions(stripeCtx());
  await hearAll(house);
  expect(await rowOf(id)).toMatchObject({ state: "canceled", lookAt: null });
  expect(await rowOf(other.subscription.id)).toMatchObject({ state: "canceled" });
  expect((await house.stripe.subscriptions.list()).data).toEqual([]);
});
