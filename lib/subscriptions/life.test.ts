import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { entitlementsOf } from "@/lib/entitlements/queries";
import { log } from "@/lib/log";
import { brokenPromises } from "@/lib/testing/books";
import { aPerson } from "@/lib/testing/people";
import { aShop, aSubscriber, hearAll, intentOf, rowOf } from "@/lib/testing/plans";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { cancelSubscription } from "./cancel";
import { createSubscription } from "./create";
import { previewChange } from "./preview";
import { findSubscription } from "./queries";
import { CancelSubscription, CreateSubscription } from "./schema";
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

test("a plan gives nothing until Stripe says that it is paid, and then what it holds", async () => {
  const who = await aPerson();
  const { subscription, confirm } = await createSubscription(who.ctx, wanted("starter"));
  expect(subscription).toMatchObject({ status: "incomplete", standing: "starting", plan: { version: 1 } });
  expect(confirm).toMatchObject({ kind: "payment", clientSecret: expect.stringMatching(/^pi_.*_secret_/) });
  await hearAll(house);
  expect(await entitlementsOf(who.ctx, who.accountId)).toBeUndefined();

  await house.pay(intentOf(confirm?.clientSecret ?? ""));
  expect(await entitlementsOf(who.ctx, who.accountId)).toBeUndefined();
  await hearAll(house);
  expect(await entitlementsOf(who.ctx, who.accountId)).toMatchObject({ maxRooms: 5, maxMinutes: 1_000 });
  expect(await findSubscription(who.ctx, {})).toMatchObject({ subscription: { status: "active", standing: "good" } });
});

test("a free plan needs no card", async () => {
  const who = await aPerson();
  const { subscription, confirm } = await createSubscription(who.ctx, wanted("free", { family: "compute" }));
  expect(confirm).toBeNull();
  expect(subscription).toMatchObject({ status: "active", plan: { id: "compute-free" } });
});

test("the gateway is billed by use, and begins without a payment", async () => {
  const who = await aPerson();
  const { subscription, confirm } = await createSubscription(who.ctx, wanted("gateway", { family: "gateway" }));
  expect(subscription).toMatchObject({ status: "active", price: { micros: 0 } });
  expect(confirm?.kind ?? "setup").toBe("setup");
});

test("what the preview says is what the invoice charges, however long somebody thinks about it", async () => {
  const who = await aPerson();
  const { id } = await aSubscriber(house, who);
  const preview = await previewChange(who.ctx, { planId: "professional" });
  expect(preview).toMatchObject({ takesEffect: "now", lines: [{}, {}] });
  const { outcome, subscription } = await updateSubscription(who.ctx, {
    planId: "professional",
    quoteId: preview.quoteId ?? undefined,
  });
  expect([outcome, subscription.plan.id]).toEqual(["changed", "rooms-professional"]);
  const { stripeId } = await rowOf(id);
  const { data } = await house.stripe.invoices.list({ subscription: stripeId ?? "", limit: 1 });
  expect((data[0]?.amount_paid ?? 0) * 10_000).toBe(preview.dueNow.micros);
  expect(preview.lines.reduce((sum, { amount }) => sum + amount.micros, 0)).toBe(preview.total.micros);
});

test("less begins at the end of the period, and can be undone until then", async () => {
  const who = await aPerson();
  const { id } = await aSubscriber(house, who, { planId: "professional" });
  expect(await previewChange(who.ctx, { planId: "starter" })).toMatchObject({
    ...{ quoteId: null, takesEffect: "at_period_end", dueNow: { micros: 0 } },
  });
  const { outcome, subscription } = await updateSubscription(who.ctx, { planId: "starter" });
  expect(outcome).toBe("scheduled");
  expect(subscription).toMatchObject({ plan: { id: "rooms-professional" }, next: { plan: { id: "rooms-starter" } } });
  expect(subscription.can).toContain("undo");
  await hearAll(house);
  expect(await rowOf(id)).toMatchObject({ planId: "rooms-professional", nextPlanId: "rooms-starter" });
  expect(await undoChange(who.ctx, {})).toMatchObject({ subscription: { next: null, status: "active" } });
});

test("cancelled at the end of the period it goes on until then, undone it goes on after, and now it is over", async () => {
  const who = await aPerson();
  await aSubscriber(house, who);
  const cancel = (more: object = {}) => cancelSubscription(who.ctx, CancelSubscription.parse(more));
  const { subscription } = await cancel({ reason: "unused", comment: "Nobody called." });
  expect(subscription).toMatchObject({ status: "active", standing: "good" });
  expect(subscription?.cancelAt).toEqual(subscription?.currentPeriodEnd);
  expect(subscription?.can).toEqual(["cancel_now", "undo"]);
  expect(await undoChange(who.ctx, {})).toMatchObject({ subscription: { cancelAt: null } });
  expect(await cancel({ when: "now" })).toMatchObject({
    subscription: { status: "canceled", standing: "ended", can: [] },
  });
  expect(await entitlementsOf(who.ctx, who.accountId)).toBeUndefined();
});
