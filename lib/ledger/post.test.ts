import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { entries } from "@/lib/db/schema";
import { ACCOUNT_POTS, HOUSE_POTS } from "@/lib/pots";
import { aCause, buyCredits, potsOf, spendCredits } from "@/lib/testing/money";
import { anOwner } from "@/lib/testing/teams";
import { release, settle } from "./close";
import { reserve } from "./reserve";
import { reverseTransfer } from "./reverse";

test("credits that were bought are used bonus first, and their price is earned as they go", async () => {
  const who = await anOwner();
  await buyCredits(who, { paid: 150, bonus: 10, price: 24_990_000 });
  const spent = await spendCredits(who, 25);
  expect(spent.balanceOf(who.accountId, "credits")).toBe(135);
  expect(await potsOf(who.accountId)).toMatchObject({
    credits: 135,
    lots: [
      ["bonus", 0, 10],
      ["paid", 135, 15],
    ],
  });
  const legs = await db().select().from(entries).where(eq(entries.transferId, spent.transferId)).orderBy(entries.leg);
  expect(legs.map(({ pot, amount }) => [pot, amount])).toEqual([
    ["credits", -25],
    ["burned", 25],
    ["deferred", -2_499_000],
    ["income_credits", 2_499_000],
  ]);
});

test("one cause moves value once, whoever asks together, and never stands for two things", async () => {
  const who = await anOwner();
  await buyCredits(who, { paid: 50, price: 9_990_000 });
  const one = aCause();
  const all = await Promise.all(Array.from({ length: 8 }, () => spendCredits(who, 5, { cause: one })));
  expect(all.filter(({ outcome }) => outcome === "posted")).toHaveLength(1);
  expect(new Set(all.map(({ transferId }) => transferId)).size).toBe(1);
  expect(await potsOf(who.accountId)).toMatchObject({ credits: 45 });
  await expect(spendCredits(who, 6, { cause: one })).rejects.toMatchObject({ cause: { code: "PL422" } });
});

test("nothing is spent that is not there, by however many at once", async () => {
  const who = await anOwner();
  await buyCredits(who, { paid: 20, price: 4_000_000 });
  const tries = await Promise.allSettled(Array.from({ length: 30 }, () => spendCredits(who, 1)));
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(20);
  expect(await potsOf(who.accountId)).toMatchObject({ credits: 0, lots: [["paid", 0, 20]] });
  await expect(spendCredits(who, 3)).rejects.toMatchObject({
    code: "insufficient_credits",
    extras: { flat: { required: 3, balance: 0 } },
  });
});

test("a hold is used up to its amount, and the rest goes back to the lots it came from", async () => {
  const who = await anOwner();
  await buyCredits(who, { paid: 50, bonus: 10, price: 9_990_000 });
  const asked = { account: who.accountId, pot: "credits", amount: 15, purpose: "video", lastsMs: 60_000 } as const;
  const held = await reserve(who.ctx, { ...asked, purposeId: "job_1", turn: 1 });
  expect(await potsOf(who.accountId)).toMatchObject({
    credits: 45,
    credits_held: 15,
    lots: [
      ["bonus", 0, 0],
      ["paid", 45, 0],
    ],
  });
  expect(await reserve(who.ctx, { ...asked, purposeId: "job_1", turn: 1 })).toMatchObject({
    outcome: "already",
    holdId: held.holdId,
  });

  const use = {
    account: who.accountId,
    holdId: held.holdId,
    kind: "video.made",
    used: 12,
    recognises: "income_credits",
  } as const;
  const [first, second] = await Promise.all([
    settle(who.ctx, { ...use, legs: [{ pot: "burned", amount: 12 }] }),
    settle(who.ctx, { ...use, legs: [{ pot: "burned", amount: 12 }] }),
  ]);
  expect([first.outcome, second.outcome].sort()).toEqual(["already", "posted"]);
  expect(await potsOf(who.accountId)).toMatchObject({
    credits: 48,
    credits_held: 0,
    lots: [
      ["bonus", 0, 10],
      ["paid", 48, 2],
    ],
  });

  const other = await reserve(who.ctx, { ...asked, purposeId: "job_2", turn: 1 });
  await release(who.ctx, { account: who.accountId, holdId: other.holdId, kind: "video.failed" });
  expect(await potsOf(who.accountId)).toMatchObject({
    credits: 48,
    credits_held: 0,
    lots: [
      ["bonus", 0, 10],
      ["paid", 48, 2],
    ],
  });
});

test("what was spent goes back to its lots when it is undone, once", async () => {
  const who = await anOwner();
  await buyCredits(who, { paid: 50, bonus: 10, price: 9_990_000 });
  const spent = await spendCredits(who, 15);
  const undo = () =>
    reverseTransfer(who.ctx, { reverses: spent.transferId, cause: aCause(), kind: "credits.returned" });
  const tries = await Promise.allSettled([undo(), undo()]);
  expect(tries.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await potsOf(who.accountId)).toMatchObject({
    credits: 60,
    lots: [
      ["bonus", 10, 0],
      ["paid", 50, 0],
    ],
  });
});

test("what was written into the books stays", async () => {
  const who = await anOwner();
  const { transferId } = await buyCredits(who, { paid: 50, price: 9_990_000 });
  const mine = eq(entries.transferId, transferId);
  await expect(db().update(entries).set({ amount: 1 }).where(mine)).rejects.toMatchObject({ cause: { code: "23001" } });
  await expect(db().delete(entries).where(mine)).rejects.toMatchObject({ cause: { code: "23001" } });
  await expect(db().execute("truncate entries")).rejects.toMatchObject({ cause: { code: "23001" } });
});

test("the database and the code name the same pots, with the same assets and owners", async () => {
  for (const [pot, { asset }] of Object.entries({ ...ACCOUNT_POTS, ...HOUSE_POTS })) {
    const owned = pot in ACCOUNT_POTS;
    const [own, house] = [
      ["account_1", pot, asset, 10_000, 1, 1],
      [null, pot, asset, 10_000, null, null],
    ];
    expect([await fits(own), await fits(house)], pot).toEqual([owned, !owned]);
    expect(
      await fits([
        ...(owned ? own : house).slice(0, 2),
        asset === "usd" ? "credit" : "usd",
        ...(owned ? own : house).slice(3),
      ]),
      pot,
    ).toBe(false);
  }
  expect(await fits([null, "nowhere", "usd", 10_000, null, null])).toBe(false);
  expect(await fits([null, "stripe", "usd", 10_001, null, null])).toBe(false);
});

async function fits([account, pot, asset, amount, after, version]: unknown[]): Promise<boolean | undefined> {
  const [row] = await db().execute<{ fits: boolean }>(
    sql`select entry_fits(${account}::text, ${pot}::text, ${asset}::text, ${amount}::bigint, ${after}::bigint, ${version}::integer) as fits`,
  );
  return row?.fits;
}
