import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { entries, lots, pots } from "@/lib/db/schema";
import { aCause, buyCredits, grantCredits, potsOf, spendCredits, systemCtx, topUp } from "@/lib/testing/money";
import type { Person } from "@/lib/testing/people";
import { anOwner } from "@/lib/testing/teams";
import { days, earlier, hours, later } from "@/lib/time";
import { release, settle } from "./close";
import { expireHolds } from "./expire-holds";
import { expireLots, nextExpiry } from "./expire-lots";
import { postTransfer } from "./post";
import { reserve } from "./reserve";
import { reverseTransfer } from "./reverse";

const asOf = (who: Person, now: Date): Person => ({ ...who, ctx: { ...who.ctx, now } });
const hold = (who: Person, amount: number, given: { purposeId?: string; lastsMs?: number } = {}) =>
  reserve(who.ctx, {
    account: who.accountId,
    pot: "credits",
    amount,
    purpose: "video",
    purposeId: given.purposeId ?? aCause(),
    turn: 1,
    lastsMs: given.lastsMs ?? 60_000,
  });
const use = (who: Person, { holdId }: { holdId: `hold_${string}` }, used: number) =>
  settle(who.ctx, {
    account: who.accountId,
    holdId,
    kind: "video.made",
    used,
    recognises: "income_credits",
    legs: [{ pot: "burned", amount: used }],
  });

const earned = async (transferId: `transfer_${string}`) => {
  const legs = await db().select().from(entries).where(eq(entries.transferId, transferId));
  return Object.fromEntries(legs.map(({ pot, amount }) => [pot, amount]));
};

test("lots that ran out are not spent, and leave the books at their own instant", async () => {
  const who = await anOwner();
  const ends = later(who.ctx.now, days(3));
  await grantCredits(who, 10, { expiresAt: ends });
  await buyCredits(who, { paid: 50, price: 9_990_000 });
  const then = asOf(who, later(ends, hours(1)));
  await expect(spendCredits(then, 55)).rejects.toMatchObject({ code: "insufficient_credits" });
  await spendCredits(then, 5);
  expect(await potsOf(who.accountId)).toMatchObject({ credits: 55 });

  expect(await expireLots(systemCtx(), { until: earlier(ends, 1), most: 100 })).toBe(0);
  expect(await nextExpiry(systemCtx())).toEqual(ends);
  const [first, second] = await Promise.all(
    [1, 2].map(() => expireLots(systemCtx(), { until: then.ctx.now, most: 100 })),
  );
  expect(Math.max(first ?? 0, second ?? 0)).toBe(1);
  expect(await potsOf(who.accountId)).toMatchObject({
    credits: 45,
    lots: [
      ["paid", 45, 5],
      ["promotional", 0, 10],
    ],
  });
  const [gone] = await db().execute<{ at: string }>(
    sql`select effective_at as at from transfers where kind = 'credits.expired' and cause like ${"lot:%"} order by booked_at desc limit 1`,
  );
  expect(new Date(gone?.at ?? 0)).toEqual(ends);
});

test("the price of bought credits that run out is earned as breakage", async () => {
  const who = await anOwner();
  const ends = later(who.ctx.now, days(1));
  await postTransfer(who.ctx, {
    cause: aCause(),
    kind: "credits.bought",
    legs: [
      { pot: "stripe", amount: -1_000_000 },
      { pot: "deferred", amount: 1_000_000 },
      { pot: "issued_paid", amount: -3 },
      { account: who.accountId, pot: "credits", amount: 3, lot: { kind: "paid", price: 1_000_000, expiresAt: ends } },
    ],
  });
  const spent = await spendCredits(who, 1);
  expect(await earned(spent.transferId)).toMatchObject({ deferred: -333_333, income_credits: 333_333 });
  await expireLots(systemCtx(), { until: ends, most: 10 });
  const [row] = await db().execute<{ id: `transfer_${string}` }>(
    sql`select transfer_id as id from entries where account_id = ${who.accountId} order by pot_version desc limit 1`,
  );
  expect(await earned(row?.id ?? "transfer_")).toMatchObject({
    deferred: -666_667,
    income_breakage: 666_667,
    expired: 2,
  });
});

test("a lot that is partly held runs out once the hold is closed, and what was held lives three days more", async () => {
  const who = await anOwner();
  const ends = later(who.ctx.now, days(1));
  await grantCredits(who, 10, { expiresAt: ends });
  const held = await hold(who, 4);
  const then = asOf(who, later(ends, hours(1)));
  expect(await nextExpiry(systemCtx())).toBeNull();
  expect(await expireLots(systemCtx(), { until: then.ctx.now, most: 10 })).toBe(0);
  await release(then.ctx, { account: who.accountId, holdId: held.holdId, kind: "video.failed" });
  const [lot] = await db().select().from(lots).where(eq(lots.accountId, who.accountId));
  expect(lot).toMatchObject({ remaining: 10, expiresAt: later(then.ctx.now, hours(72)) });
  await expireLots(systemCtx(), { until: later(then.ctx.now, hours(72)), most: 10 });
  expect(await potsOf(who.accountId)).toMatchObject({ credits: 0, lots: [["promotional", 0, 10]] });
});

test("a lot can run out twice, when something came back to it in between", async () => {
  const who = await anOwner();
  const ends = later(who.ctx.now, days(1));
  await grantCredits(who, 10, { expiresAt: ends });
  const spent = await spendCredits(who, 4);
  await expireLots(systemCtx(), { until: ends, most: 10 });
  const then = asOf(who, later(ends, hours(1)));
  await reverseTransfer(then.ctx, { reverses: spent.transferId, cause: aCause(), kind: "credits.returned" });
  expect(await potsOf(who.accountId)).toMatchObject({ credits: 4, lots: [["promotional", 4, 6]] });
  await expireLots(systemCtx(), { until: later(ends, days(9)), most: 10 });
  expect(await potsOf(who.accountId)).toMatchObject({ credits: 0, lots: [["promotional", 0, 10]] });
});

test("promotional dollars that run out cost nothing any more", async () => {
  const who = await anOwner();
  const ends = later(who.ctx.now, days(1));
  await postTransfer(who.ctx, {
    cause: aCause(),
    kind: "wallet.granted",
    legs: [
      { pot: "cost_promotions", amount: -5_000_000 },
      { account: who.accountId, pot: "wallet", amount: 5_000_000, lot: { kind: "promotional", expiresAt: ends } },
    ],
  });
  await expireLots(systemCtx(), { until: ends, most: 10 });
  const [row] = await db().execute<{ id: `transfer_${string}` }>(
    sql`select transfer_id as id from entries where account_id = ${who.accountId} order by pot_version desc limit 1`,
  );
  expect(await earned(row?.id ?? "transfer_")).toEqual({ wallet: -5_000_000, cost_promotions: 5_000_000 });
});

test("a hold that nobody closed is given back, and one that is closed at the same moment is closed once", async () => {
  const who = await anOwner();
  await buyCredits(who, { paid: 50, price: 9_990_000 });
  const [late] = [await hold(who, 10, { lastsMs: 0 }), await hold(who, 7)];
  const [expired, used] = await Promise.all([expireHolds(systemCtx(), { most: 10 }), use(who, late, 10)]);
  expect(expired).toBeLessThanOrEqual(1);
  expect(await potsOf(who.accountId)).toMatchObject({
    credits: used.state === "settled" ? 33 : 43,
    credits_held: 7,
  });
});

test("spending beside the settling of a hold loses nothing of what is gone", async () => {
  const who = await anOwner();
  await buyCredits(who, { paid: 1_000, price: 1_000_000_000 });
  const open = await Promise.all(Array.from({ length: 30 }, () => hold(who, 3)));
  await Promise.all(open.flatMap((held) => [use(who, held, 3), spendCredits(who, 1), spendCredits(who, 2)]));
  expect(await potsOf(who.accountId)).toMatchObject({ credits: 820, credits_held: 0, lots: [["paid", 820, 180]] });
});

test("a lot is there for whoever spends it, however long ago their request came in", async () => {
  const who = await anOwner();
  await buyCredits(who, { paid: 10, price: 1_000_000 });
  await spendCredits(asOf(who, earlier(who.ctx.now, hours(1))), 10);
  expect(await potsOf(who.accountId)).toMatchObject({ credits: 0 });
});

test("restricted lots are spent on what they are for, and on nothing else", async () => {
  const who = await anOwner();
  await grantCredits(who, 10, { uses: ["gateway"] });
  await buyCredits(who, { paid: 10, price: 1_000_000 });
  await spendCredits(who, 8, { purpose: "video" });
  await expect(spendCredits(who, 3, { purpose: "video" })).rejects.toMatchObject({
    extras: { flat: { required: 3, balance: 2 } },
  });
  await spendCredits(who, 12, { purpose: "gateway" });
  expect(await potsOf(who.accountId)).toMatchObject({ credits: 0 });
});

test("a frozen pot takes what comes in, gives nothing to spend, and lets what was held be settled", async () => {
  const who = await anOwner();
  await buyCredits(who, { paid: 10, price: 1_000_000 });
  const held = await hold(who, 4);
  await db().update(pots).set({ frozenAt: who.ctx.now }).where(eq(pots.accountId, who.accountId));
  await expect(spendCredits(who, 1)).rejects.toMatchObject({ code: "spending_frozen" });
  await expect(hold(who, 1)).rejects.toMatchObject({ code: "spending_frozen" });
  await use(who, held, 3);
  await grantCredits(who, 5);
  expect(await potsOf(who.accountId)).toMatchObject({ credits: 12, credits_held: 0 });
});

test("three thousand lots are spent at once, in their order", { timeout: 60_000 }, async () => {
  const who = await anOwner();
  await grantCredits(who, 1);
  const [made] = await db().select().from(lots).where(eq(lots.accountId, who.accountId));
  if (!made) throw new Error("No lot was made");
  for (let count = 1; count < 3_000; count += 100)
    await Promise.all(Array.from({ length: Math.min(100, 3_000 - count) }, () => grantCredits(who, 1)));
  const startedAt = performance.now();
  await spendCredits(who, 2_999);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  expect(await potsOf(who.accountId)).toMatchObject({ credits: 1 });
});

test("more than can be counted exactly does not get in", async () => {
  const who = await anOwner();
  await topUp(who, 9_007_199_254_740_000);
  await expect(topUp(who, 10_000)).rejects.toMatchObject({ cause: { constraint_name: "pots_balance" } });
  expect(await potsOf(who.accountId)).toMatchObject({ wallet: 9_007_199_254_740_000 });
});
