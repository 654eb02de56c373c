import { expect, test } from "vitest";
import { aCause, buyCredits, grantCredits, spendCredits, systemCtx } from "@/lib/testing/money";
import { anOwner } from "@/lib/testing/teams";
import { days, later } from "@/lib/time";
import { linkTransfers } from "./link";
import { postTransfer } from "./post";
import {
  balancesAsOf,
  listBalances,
  listHistory,
  listHouseHistory,
  listLots,
  listOpenHolds,
  listTransfersOf,
} from "./queries";
import { reserve } from "./reserve";
import { getTransfer } from "./whole-transfer";

test("an account is shown what it has, what is held and why, and which lots are used up next", async () => {
  const who = await anOwner();
  const ends = later(who.ctx.now, days(30));
  await buyCredits(who, { paid: 50, bonus: 10, price: 9_990_000 });
  await grantCredits(who, 5, { expiresAt: ends });
  await grantCredits(who, 5);
  await reserve(who.ctx, {
    account: who.accountId,
    pot: "credits",
    amount: 12,
    purpose: "video",
    purposeId: "job_1_of_mine",
    turn: 1,
    lastsMs: 60_000,
  });
  expect(await listBalances(who.ctx, who.accountId)).toMatchObject([
    { pot: "credits", balance: 58, version: 4 },
    { pot: "credits_held", balance: 12, version: 1 },
  ]);
  expect(await listOpenHolds(who.ctx, { account: who.accountId, limit: 10 })).toMatchObject([
    { amount: 12, purpose: "video", purposeId: "job_1_of_mine" },
  ]);
  const left = await listLots(who.ctx, { account: who.accountId, pot: "credits", limit: 10 });
  expect(left.map(({ kind, remaining }) => [kind, remaining])).toEqual([
    ["bonus", 8],
    ["paid", 50],
  ]);
});

test("a pot's history is read page by page, and every balance in it follows from the one before", async () => {
  const who = await anOwner();
  await buyCredits(who, { paid: 50, bonus: 10, price: 9_990_000 });
  for (const amount of [1, 2, 3, 4]) await spendCredits(who, amount);
  const asked = { account: who.accountId, pot: "credits", limit: 3 } as const;
  const first = await listHistory(who.ctx, asked);
  const second = await listHistory(who.ctx, { ...asked, before: first.at(-1)?.version ?? 0 });
  expect([...first, ...second].map(({ amount, balanceAfter, version }) => [version, amount, balanceAfter])).toEqual([
    [5, -4, 50],
    [4, -3, 54],
    [3, -2, 57],
    [2, -1, 59],
    [1, 60, 60],
  ]);
  const house = await listHouseHistory(who.ctx, { pot: "burned", limit: 4 });
  expect(house.map(({ amount }) => amount)).toEqual([4, 3, 2, 1]);
});

test("what lay there at an instant stays so, whatever came later", async () => {
  const who = await anOwner();
  const noon = who.ctx.now;
  await buyCredits(who, { paid: 50, price: 9_990_000 });
  const tomorrow = { ...who, ctx: { ...who.ctx, now: later(noon, days(1)) } };
  await spendCredits(tomorrow, 20);
  await postTransfer(tomorrow.ctx, {
    cause: aCause(),
    kind: "credits.clawed_back",
    legs: [
      { account: who.accountId, pot: "credits_owed", amount: -7 },
      { pot: "burned", amount: 7 },
    ],
  });
  const at = (instant: Date) => balancesAsOf(who.ctx, { account: who.accountId, at: instant });
  expect(await at(later(noon, -1))).toEqual([]);
  expect(await at(noon)).toEqual([{ pot: "credits", balance: 50 }]);
  expect(await at(tomorrow.ctx.now)).toEqual([
    { pot: "credits", balance: 30 },
    { pot: "credits_owed", balance: 7 },
  ]);
});

test("one transfer is shown whole, with who and what made it, its lots and its link", async () => {
  const who = await anOwner();
  const bought = await buyCredits(who, { paid: 50, bonus: 1, price: 9_990_000 });
  const cause = aCause();
  const spent = await spendCredits(who, 2, { cause });
  await linkTransfers(systemCtx(), { since: new Date(0), most: 10_000 });
  expect(await getTransfer(who.ctx, spent.transferId)).toMatchObject({
    transfer: { cause, kind: "credits.spent", actorKind: "user", actorId: who.userId, requestId: "req_test" },
    link: { transferId: spent.transferId },
    reversedBy: null,
    allocations: [
      { amount: -1, lot: { kind: "bonus" } },
      { amount: -1, lot: { kind: "paid" } },
    ],
    hold: null,
  });
  expect((await getTransfer(who.ctx, bought.transferId)).lots).toHaveLength(2);
  expect(await listTransfersOf(who.ctx, { cause }, 10)).toMatchObject([{ transferId: spent.transferId }]);
  expect(await listTransfersOf(who.ctx, { cause: "test" }, 500)).toContainEqual(
    expect.objectContaining({ transferId: spent.transferId }),
  );
  await expect(getTransfer(who.ctx, "transfer_none")).rejects.toMatchObject({ code: "not_found" });
});

test("every transfer gets one place in the chain, however many write it at once", async () => {
  const who = await anOwner();
  await buyCredits(who, { paid: 50, price: 9_990_000 });
  for (let count = 0; count < 20; count += 1) await spendCredits(who, 1);
  const all = await Promise.all([1, 2, 3].map(() => linkTransfers(systemCtx(), { since: new Date(0), most: 7 })));
  expect(all.filter(({ linked }) => linked > 0)).not.toEqual([]);
  let since = new Date(0);
  for (let linked = 1; linked > 0; ) ({ linked, since } = await linkTransfers(systemCtx(), { since, most: 7 }));
  expect((await linkTransfers(systemCtx(), { since: new Date(0), most: 7 })).linked).toBe(0);
  const spent = await spendCredits(who, 1);
  expect(await linkTransfers(systemCtx(), { since, most: 7 })).toMatchObject({
    linked: 1,
    kinds: { "credits.spent": 1 },
  });
  expect((await getTransfer(who.ctx, spent.transferId)).link?.hash).toMatch(/^[0-9a-f]{64}$/);
});
