import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { holds } from "@/lib/db/schema";
import { aCause, buyCredits, potsOf, spendCredits, topUp } from "@/lib/testing/money";
import type { Person } from "@/lib/testing/people";
import { anOwner } from "@/lib/testing/teams";
import { release, settle } from "./close";
import { postTransfer } from "./post";
import { reserve } from "./reserve";
import { reverseTransfer } from "./reverse";

type TransferId = `transfer_${string}`;

const undo = (who: Person, reverses: TransferId) =>
  reverseTransfer(who.ctx, { reverses, cause: aCause(), kind: "undone" });

const hold = (who: Person, amount: number) =>
  reserve(who.ctx, {
    account: who.accountId,
    pot: "credits",
    amount,
    purpose: "video",
    purposeId: aCause(),
    turn: 1,
    lastsMs: 60_000,
  });

const giveBack = (who: Person, back: TransferId, amount: number) =>
  postTransfer(who.ctx, {
    cause: aCause(),
    kind: "credits.returned",
    recognises: "income_credits",
    legs: [
      { pot: "burned", amount: -amount },
      { account: who.accountId, pot: "credits", amount, back },
    ],
  });

/** What a pot of the house holds from the transfers that touched one account. */
async function inHouse(who: Person, pot: string): Promise<number> {
  const [row] = await db().execute<{ sum: number }>(sql`
    select coalesce(sum(amount), 0)::int as sum from entries where pot = ${pot} and account_id is null
      and transfer_id in (select transfer_id from entries where account_id = ${who.accountId})`);
  return row?.sum ?? 0;
}

test("a purchase that is undone takes its lots and its unearned price with it, if nothing of them is used", async () => {
  const who = await anOwner();
  const bought = await buyCredits(who, { paid: 50, bonus: 5, price: 9_990_000 });
  const spent = await spendCredits(who, 1);
  await expect(undo(who, bought.transferId)).rejects.toMatchObject({ code: "insufficient_credits" });
  await undo(who, spent.transferId);
  await undo(who, bought.transferId);
  expect(await potsOf(who.accountId)).toMatchObject({
    credits: 0,
    lots: [
      ["bonus", 0, 5],
      ["paid", 0, 50],
    ],
  });
  for (const pot of ["deferred", "stripe", "income_credits", "issued_paid", "issued_bonus", "burned"])
    expect(await inHouse(who, pot), pot).toBe(0);
});

test("an undoing can be undone, to the last lot", async () => {
  const who = await anOwner();
  const bought = await buyCredits(who, { paid: 50, bonus: 5, price: 9_990_000 });
  const spent = await spendCredits(who, 8);
  const returned = await undo(who, spent.transferId);
  await undo(who, returned.transferId);
  expect(await potsOf(who.accountId)).toMatchObject({
    credits: 47,
    lots: [
      ["bonus", 0, 5],
      ["paid", 47, 3],
    ],
  });
  expect(await inHouse(who, "income_credits")).toBe(599_400);
  expect(await inHouse(who, "deferred")).toBe(9_990_000 - 599_400);
  await expect(undo(who, bought.transferId)).rejects.toMatchObject({ code: "insufficient_credits" });
});

test("what was given back in part is not given back whole", async () => {
  const who = await anOwner();
  await buyCredits(who, { paid: 50, price: 9_990_000 });
  const spent = await spendCredits(who, 15);
  await giveBack(who, spent.transferId, 5);
  await expect(undo(who, spent.transferId)).rejects.toMatchObject({ code: "conflict" });
  await expect(giveBack(who, spent.transferId, 11)).rejects.toMatchObject({ code: "conflict" });
  const tries = await Promise.allSettled(Array.from({ length: 6 }, () => giveBack(who, spent.transferId, 4)));
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
  expect(await potsOf(who.accountId)).toMatchObject({ credits: 48, lots: [["paid", 48, 2]] });
  expect(await inHouse(who, "income_credits")).toBe(399_600);
});

test("what a settled hold used comes back to its lots and out of what was earned", async () => {
  const who = await anOwner();
  await buyCredits(who, { paid: 50, bonus: 5, price: 9_990_000 });
  const held = await hold(who, 20);
  const made = await settle(who.ctx, {
    account: who.accountId,
    holdId: held.holdId,
    kind: "video.made",
    used: 12,
    recognises: "income_credits",
    legs: [{ pot: "burned", amount: 12 }],
  });
  expect(await inHouse(who, "income_credits")).toBe(1_398_600);
  await giveBack(who, held.transferId, 2);
  await expect(undo(who, made.transferId)).rejects.toMatchObject({ code: "conflict" });
  await giveBack(who, held.transferId, 10);
  expect(await potsOf(who.accountId)).toMatchObject({
    credits: 55,
    credits_held: 0,
    lots: [
      ["bonus", 5, 0],
      ["paid", 50, 0],
    ],
  });
  expect(await inHouse(who, "income_credits")).toBe(0);

  const again = await hold(who, 20);
  const whole = await settle(who.ctx, {
    account: who.accountId,
    holdId: again.holdId,
    kind: "video.made",
    used: 20,
    recognises: "income_credits",
    legs: [{ pot: "burned", amount: 20 }],
  });
  await undo(who, whole.transferId);
  expect(await potsOf(who.accountId)).toMatchObject({ credits: 55, credits_held: 0 });
  expect(await inHouse(who, "income_credits")).toBe(0);
});

test("a hold is closed and not undone, and what it holds is not given back beside it", async () => {
  const who = await anOwner();
  await buyCredits(who, { paid: 50, price: 9_990_000 });
  await spendCredits(who, 10);
  const held = await hold(who, 10);
  await expect(undo(who, held.transferId)).rejects.toMatchObject({ code: "conflict" });
  await expect(giveBack(who, held.transferId, 10)).rejects.toMatchObject({ code: "conflict" });
  const released = await release(who.ctx, { account: who.accountId, holdId: held.holdId, kind: "video.failed" });
  await expect(undo(who, released.transferId)).rejects.toMatchObject({ code: "conflict" });
  expect(await potsOf(who.accountId)).toMatchObject({ credits: 40, credits_held: 0 });
  expect(await db().select().from(holds).where(eq(holds.accountId, who.accountId))).toHaveLength(1);
});

test("of two who undo one transfer at once, for two causes, one does", async () => {
  const [payer, provider] = [await anOwner(), await anOwner()];
  await topUp(payer, 10_000_000);
  const gift = await postTransfer(payer.ctx, {
    cause: aCause(),
    kind: "gift.sent",
    spends: true,
    legs: [
      { account: payer.accountId, pot: "wallet", amount: -5_000_000 },
      { account: provider.accountId, pot: "earnings_pending", amount: 3_500_000 },
      { pot: "income_commission", amount: 1_500_000 },
    ],
  });
  const tries = await Promise.allSettled([1, 2, 3, 4].map(() => undo(payer, gift.transferId)));
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(tries.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
  expect(await potsOf(payer.accountId)).toMatchObject({ wallet: 10_000_000 });
  expect(await potsOf(provider.accountId)).toMatchObject({ earnings_pending: 0 });
});
