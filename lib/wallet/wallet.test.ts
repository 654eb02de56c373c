import { expect, test } from "vitest";
import { newId } from "@/lib/ids";
import { release } from "@/lib/ledger/close";
import { postTransfer } from "@/lib/ledger/post";
import { reserve } from "@/lib/ledger/reserve";
import { dollars } from "@/lib/money";
import { aCause, systemCtx, topUp } from "@/lib/testing/money";
import { aMember, aPerson, type Person } from "@/lib/testing/people";
import { days, hours, later } from "@/lib/time";
import { changeAutoTopUp } from "./change-auto-top-up";
import { setLimits } from "./change-limits";
import { chargeWallet } from "./charge";
import { chargeInSession } from "./charge-in-session";
import { coolOff } from "./cool-off";
import { getBalance, getWallet, listMovements } from "./queries";
import { ListMovements } from "./schema";

let turn = 0;
function use(who: Person, amount: string, { now = who.ctx.now, cause = "" } = {}) {
  turn += 1;
  return chargeWallet(systemCtx(now), {
    ...{ cause: cause || `gift:${who.accountId}:${turn}`, accountId: who.accountId, amount: dollars(amount) },
    ...{ kind: "gift.sent", purpose: "gift", title: "Three roses" },
    to: [{ pot: "income_commission", amount: dollars(amount) }],
  });
}

async function somebodyWith(amount: string): Promise<Person> {
  const who = await aPerson();
  await topUp(who, dollars(amount), { kind: "paid", price: dollars(amount) });
  return who;
}

test("a wallet is spent once for one cause, and never below zero", async () => {
  const who = await somebodyWith("10");
  const cause = `gift:${who.accountId}:once`;
  await Promise.all([use(who, "4", { cause }), use(who, "4", { cause })]);
  const tries = await Promise.allSettled(Array.from({ length: 5 }, () => use(who, "2")));
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
  expect(await getWallet(who.ctx)).toMatchObject({ balance: 0, runwayDays: 0 });
  await expect(use(who, "0.01")).rejects.toMatchObject({ code: "insufficient_funds" });
});

test("of many who spend at once within a limit, only as many as it allows go through", async () => {
  const who = await somebodyWith("100");
  await setLimits(who.ctx, { daily: "10.00", weekly: null });
  const tries = await Promise.allSettled(Array.from({ length: 12 }, () => use(who, "3")));
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
  await expect(use(who, "2")).rejects.toMatchObject({ code: "spending_limit", extras: { details: { period: "day" } } });
  await use(who, "1");
  expect((await getWallet(who.ctx)).limits).toMatchObject({ spentToday: { amount: "10.00" } });
  await use(who, "3", { now: later(who.ctx.now, hours(25)) });
});

test("a week has a limit of its own", async () => {
  const who = await somebodyWith("100");
  await setLimits(who.ctx, { daily: null, weekly: "10.00" });
  await use(who, "9");
  const after = { now: later(who.ctx.now, days(3)) };
  await expect(use(who, "2", after)).rejects.toMatchObject({ extras: { details: { period: "week" } } });
  await use(who, "2", { now: later(who.ctx.now, days(8)) });
});

test("a limit that is loosened begins a day later, one that is tightened now", async () => {
  const who = await somebodyWith("100");
  await setLimits(who.ctx, { daily: "10.00", weekly: null });
  const waiting = await setLimits(who.ctx, { daily: "50.00", weekly: null });
  expect(waiting.limits).toMatchObject({ daily: { amount: "10.00" }, next: { daily: { amount: "50.00" } } });
  await expect(use(who, "20")).rejects.toMatchObject({ code: "spending_limit" });
  await use(who, "20", { now: later(who.ctx.now, hours(24) + 1) });
  const tightened = await setLimits(who.ctx, { daily: "5.00", weekly: null });
  expect(tightened.limits).toMatchObject({ daily: { amount: "5.00" }, next: null });
});

test("a rest is longer and never shorter, and nothing is spent in it", async () => {
  const who = await somebodyWith("100");
  await coolOff(who.ctx, { days: 7 });
  const { coolOffUntil } = await coolOff(who.ctx, { days: 1 });
  expect(coolOffUntil).toEqual(later(who.ctx.now, days(7)));
  await expect(use(who, "1")).rejects.toMatchObject({ code: "cooling_off" });
  await use(who, "1", { now: later(who.ctx.now, days(7) + 1) });
});

test("its history says what came and went, page by page, by kind and by words", async () => {
  const who = await somebodyWith("100");
  await use(who, "2");
  await use(who, "3");
  const first = await listMovements(who.ctx, { limit: 2 });
  expect(first.transactions.map(({ kind, amount }) => [kind, amount])).toEqual([
    ["spending", -3],
    ["spending", -2],
  ]);
  const rest = await listMovements(who.ctx, { limit: 2, cursor: first.nextCursor ?? "" });
  expect(rest).toMatchObject({
    transactions: [{ kind: "top_up", amount: 100, balanceAfter: { amount: "100.00" } }],
    nextCursor: null,
  });
  expect((await listMovements(who.ctx, { limit: 5, kind: "top_up" })).transactions).toHaveLength(1);
  expect((await listMovements(who.ctx, { limit: 5, text: "roses" })).transactions).toHaveLength(2);
  expect((await listMovements(who.ctx, { limit: 5, text: "%" })).transactions).toHaveLength(0);
});

test("a balance is one's own, or staff's to read; for others it does not exist", async () => {
  const [mine, theirs] = [await somebodyWith("10"), await somebodyWith("20")];
  expect(await getBalance(mine.ctx, { userId: mine.userId })).toMatchObject({
    balance: 10,
    currency: "usd",
    frozen: false,
  });
  await expect(getBalance(mine.ctx, { userId: theirs.userId })).rejects.toMatchObject({ code: "not_found" });
  const staff = { ...mine.ctx, actor: { ...mine.ctx.actor, isStaff: true } };
  expect(await getBalance(staff, { userId: theirs.userId })).toMatchObject({ balance: 20 });
  expect(await getBalance(staff, { userId: theirs.accountId })).toMatchObject({ balance: 20 });
  await expect(getBalance(staff, { userId: newId("account") })).rejects.toMatchObject({ code: "not_found" });
});

test("how it fills itself is refused field by field where it makes no sense", async () => {
  const { ctx } = await aPerson();
  const asked = { threshold: "10.00", amount: "25.00", monthlyCap: "60.00" };
  for (const [field, value] of Object.entries({ threshold: "0.50", amount: "1.00", monthlyCap: "20.00" }))
    await expect(changeAutoTopUp(ctx, { autoTopUp: { ...asked, [field]: value } })).rejects.toMatchObject({
      extras: { details: { fields: { [field]: expect.any(String) } } },
    });
  expect((await getWallet(ctx)).autoTopUp).toBeNull();
});

test("no member changes it, and nobody charges another from outside", async () => {
  const owner = await aPerson();
  const member = await aMember(owner.accountId, "member");
  await expect(setLimits(member.ctx, { daily: null, weekly: null })).rejects.toMatchObject({ code: "forbidden" });
  await expect(coolOff(member.ctx, { days: 1 })).rejects.toMatchObject({ code: "forbidden" });
  const charge = { sessionId: "session_1", amount: "5.00", reason: "Because" };
  await expect(chargeInSession(owner.ctx, charge)).rejects.toMatchObject({ code: "forbidden" });
});

test("what was held before the day began makes no room in it by coming back", async () => {
  const who = await somebodyWith("100");
  const hold = { account: who.accountId, pot: "wallet", amount: 50_000_000, purpose: "session", turn: 1 } as const;
  const { holdId } = await reserve(systemCtx(), { ...hold, purposeId: who.accountId, lastsMs: hours(48) });
  await setLimits(who.ctx, { daily: "10.00", weekly: null });
  const now = later(who.ctx.now, hours(25));
  await release(systemCtx(now), { account: who.accountId, holdId, kind: "session.released" });
  await use(who, "10", { now });
  await expect(use(who, "1", { now })).rejects.toMatchObject({ code: "spending_limit" });
});

test("two who charge each other's accounts while others move both never wait in a circle", async () => {
  const [one, other] = [await somebodyWith("500"), await somebodyWith("500")];
  const amount = dollars("1");
  const gift = (from: Person, to: Person) =>
    chargeWallet(systemCtx(), {
      ...{ cause: aCause(), accountId: from.accountId, amount, kind: "gift.sent", purpose: "gift", title: "A rose" },
      to: [{ account: to.accountId, pot: "earnings_pending", amount }],
    });
  const both = (from: Person, to: Person) =>
    postTransfer(systemCtx(), {
      ...{ cause: aCause(), kind: "session.settled", spends: true, purpose: "session" },
      legs: [
        { account: from.accountId, pot: "wallet", amount: -amount },
        { account: to.accountId, pot: "earnings_pending", amount },
      ],
    });
  const tries = Array.from({ length: 60 }, () => [
    gift(one, other),
    both(one, other),
    gift(other, one),
    both(other, one),
  ]);
  const failed = (await Promise.allSettled(tries.flat())).filter(({ status }) => status === "rejected");
  expect(failed).toEqual([]);
}, 30_000);

test.each(["9999999999", "2147483648"])("a cursor that is none of ours, %s, is refused", (cursor) => {
  expect(ListMovements.safeParse({ cursor }).success).toBe(false);
});
