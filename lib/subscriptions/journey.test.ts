import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { businessNow, setClockOffset } from "@/lib/clock";
import { db } from "@/lib/db/client";
import { clock, invoices, outbox } from "@/lib/db/schema";
import { entitlementsOf } from "@/lib/entitlements/queries";
import { provide } from "@/lib/env";
import { chargeBy } from "@/lib/invoices/charge-by";
import { listInvoices } from "@/lib/invoices/queries";
import { ListInvoices } from "@/lib/invoices/schema";
import { log } from "@/lib/log";
import { openRoom } from "@/lib/rooms/open";
import { OpenRoom } from "@/lib/rooms/schema";
import { brokenPromises } from "@/lib/testing/books";
import { aCard } from "@/lib/testing/cards";
import { aPerson, guestCtx, type Person } from "@/lib/testing/people";
import { aShop, aSubscriber, hearAll, liveByTheClock, rowOf } from "@/lib/testing/plans";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { addMonths, days, hours, later } from "@/lib/time";
import { conduct } from "@/lib/time-machine/conductor";
import { createSubscription } from "./create";
import { previewChange } from "./preview";
import { findSubscription } from "./queries";
import { resumeSubscription } from "./resume";
import { CreateSubscription } from "./schema";
import { updateSubscription } from "./update";

let house: TestStripe;
let line: { stop(): void };
beforeAll(async () => {
  log().level = "silent";
  setClockOffset(0);
  await db().delete(clock);
  house = await aStripe({ now: businessNow });
});
afterAll(async () => {
  setClockOffset(0);
  await house.stop();
});
beforeEach(async () => {
  await aShop(house);
  line = liveByTheClock(house);
});
afterEach(async () => {
  line.stop();
  expect(await brokenPromises()).toEqual([]);
});

const at = (who: Person) => ({ ...who.ctx, now: businessNow() });
const standing = async (who: Person) => (await findSubscription(at(who), {})).subscription?.standing;
const rooms = (who: Person) => openRoom(at(who), OpenRoom.parse({}));
const go = (to: Date) => conduct(guestCtx(), { to });
const mailsOf = async ({ email }: Person): Promise<string[]> => {
  const rows = await db()
    .select({ template: sql<string>`${outbox.payload} ->> 'template'` })
    .from(outbox)
    .where(sql`${outbox.payload} ->> 'to' = ${email}`)
    .orderBy(outbox.id);
  return rows.map(({ template }) => template);
};

test("a plan renews, falls behind, is suspended after seven days, and is restored by another card", {
  timeout: 120_000,
}, async () => {
  const who = await aPerson();
  await aCard(house, who);
  const { id } = await aSubscriber(house, who);
  const began = await rowOf(id);
  const renewal = (months: number) => addMonths(began.anchorAt ?? began.createdAt, months);
  for (let opened = 0; opened < 5; opened += 1) await rooms(who);
  await expect(rooms(who)).rejects.toMatchObject({ code: "plan_limit", extras: { flat: { limit: 5, current: 5 } } });

  await go(later(renewal(1), hours(2)));
  expect(await rowOf(id)).toMatchObject({ state: "active", periodStart: renewal(1), periodEnd: renewal(2) });
  const { invoices: paid } = await listInvoices(at(who), ListInvoices.parse({}));
  expect(paid.map(({ status, amount }) => [status, amount])).toEqual([
    ["paid", 29],
    ["paid", 29],
  ]);
  // It counts from zero again.
  await rooms(who);

  const failing = await aCard(house, who, "pm_card_chargeCustomerFail");
  await chargeBy(at(who), { id: failing.id });
  await go(later(renewal(2), hours(2)));
  expect(await standing(who)).toBe("grace");
  const { pastDueAt } = await rowOf(id);
  expect(pastDueAt?.getTime()).toBeGreaterThanOrEqual(renewal(2).getTime());
  expect(await mailsOf(who)).toContain("payment_failed");
  await rooms(who);

  await go(later(pastDueAt ?? renewal(2), days(7) - hours(1)));
  // Another try failed meanwhile, and grace is still measured from the first one.
  expect((await rowOf(id)).pastDueAt).toEqual(pastDueAt);
  expect(await standing(who)).toBe("grace");
  await go(later(pastDueAt ?? renewal(2), days(7)));
  expect(await standing(who)).toBe("suspended");
  await expect(rooms(who)).rejects.toMatchObject({
    code: "subscription_required",
    message: "Active subscription required",
  });
  const [open] = await db().select().from(invoices).where(eq(invoices.state, "open"));
  expect(open).toMatchObject({ accountId: who.accountId, failure: expect.stringContaining("declined") });

  const good = await aCard(house, who, "pm_card_mastercard");
  await chargeBy(at(who), { id: good.id });
  await hearAll(house);
  expect(await standing(who)).toBe("good");
  expect(await rowOf(id)).toMatchObject({ pastDueAt: null, state: "active" });
  expect(await entitlementsOf(at(who), who.accountId)).toMatchObject({ maxRooms: 5 });
  await rooms(who);
});

test("what the preview said is what the invoice charges, although an hour went by", { timeout: 60_000 }, async () => {
  const who = await aPerson();
  const { id } = await aSubscriber(house, who);
  const { anchorAt, createdAt } = await rowOf(id);
  await go(later(anchorAt ?? createdAt, days(10)));
  const seen = await previewChange(at(who), { planId: "professional" });
  await go(later(businessNow(), hours(1)));
  const now = await previewChange(at(who), { planId: "professional" });
  expect(now.dueNow.micros).toBeLessThan(seen.dueNow.micros);
  await updateSubscription(at(who), { planId: "professional", quoteId: seen.quoteId ?? undefined });
  await hearAll(house);
  const [newest] = (await listInvoices(at(who), ListInvoices.parse({}))).invoices;
  expect(newest).toMatchObject({ status: "paid", amountPaid: seen.dueNow });
});

test("a smaller plan begins where the period ends, and is what is paid from then on", { timeout: 60_000 }, async () => {
  const who = await aPerson();
  const { id } = await aSubscriber(house, who, { planId: "professional" });
  const { periodEnd } = await rowOf(id);
  await updateSubscription(at(who), { planId: "starter" });
  await go(later(periodEnd ?? businessNow(), hours(2)));
  expect(await rowOf(id)).toMatchObject({ planId: "rooms-starter", nextPlanId: null, state: "active" });
  const { invoices: paid } = await listInvoices(at(who), ListInvoices.parse({}));
  expect(paid.map(({ amount }) => amount)).toEqual([29, 99]);
  expect((await mailsOf(who)).filter((template) => template === "plan_changed")).toHaveLength(1);
});

test("a plan by the year counts its rooms by the month", { timeout: 60_000 }, async () => {
  const who = await aPerson();
  const { id } = await aSubscriber(house, who, { planId: "starter", interval: "year" });
  const { anchorAt, createdAt } = await rowOf(id);
  const anchor = anchorAt ?? createdAt;
  for (let opened = 0; opened < 5; opened += 1) await rooms(who);
  await go(later(addMonths(anchor, 1), hours(1)));
  await rooms(who);
  expect(await entitlementsOf(at(who), who.accountId)).toMatchObject({
    period: { start: addMonths(anchor, 1), end: addMonths(anchor, 2) },
  });
  expect(await rowOf(id)).toMatchObject({ periodEnd: addMonths(anchor, 12) });
});

test("a trial is announced before it ends, pauses without a card, and goes on with one", {
  timeout: 60_000,
}, async () => {
  vi.stubEnv("TRIAL_DAYS", "14");
  provide({});
  const who = await aPerson();
  const { id } = await aSubscriber(house, who);
  vi.unstubAllEnvs();
  provide({});
  expect(await standing(who)).toBe("trial");
  await rooms(who);
  const ends = (await rowOf(id)).trialEndsAt ?? businessNow();
  await go(later(ends, -days(4)));
  expect(await mailsOf(who)).not.toContain("trial_ending");
  await go(later(ends, -days(2)));
  expect((await mailsOf(who)).filter((template) => template === "trial_ending")).toHaveLength(1);

  await go(later(ends, hours(1)));
  expect(await standing(who)).toBe("paused");
  await expect(rooms(who)).rejects.toMatchObject({ code: "subscription_required" });
  await expect(resumeSubscription(at(who), {})).rejects.toMatchObject({ code: "payment_method_required" });
  await aCard(house, who);
  expect(await resumeSubscription(at(who), {})).toMatchObject({ outcome: "changed", confirm: null });
  expect(await standing(who)).toBe("good");
  await rooms(who);
});

test("what nobody paid in a day has never been, and the next one begins at once", { timeout: 60_000 }, async () => {
  const who = await aPerson();
  const { subscription } = await createSubscription(who.ctx, CreateSubscription.parse({ planId: "starter" }));
  await go(later(businessNow(), days(1)));
  expect(await rowOf(subscription.id)).toMatchObject({ state: "expired", cancelAt: null });
  await aSubscriber(house, { ...who, ctx: at(who) });
  expect(await standing(who)).toBe("good");
});
