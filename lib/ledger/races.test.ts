import { expect, test } from "vitest";
import type { Id } from "@/lib/ids";
import { aCause, buyCredits, grantCredits, potsOf, spendCredits, systemCtx, topUp } from "@/lib/testing/money";
import type { Person } from "@/lib/testing/people";
import { anOwner } from "@/lib/testing/teams";
import { expireLots } from "./expire-lots";
import { postTransfer } from "./post";
import { reserve } from "./reserve";
import { reverseTransfer } from "./reverse";

const FULL = process.env.PARLEY_TEST === "full";
const REVERTS = FULL ? 500 : 100;
const REPEATS = FULL ? 500 : 200;
const AT_ONCE = 20;

/** Does all of it, so many at a time, in the order given. */
async function inParallel<T>(
  work: readonly (() => Promise<T>)[],
  atOnce = AT_ONCE,
): Promise<PromiseSettledResult<T>[]> {
  const results: PromiseSettledResult<T>[] = [];
  const waiting = [...work.entries()];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [place, act] = next;
      const [result] = await Promise.allSettled([act()]);
      if (result) results[place] = result;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

const gift = (from: Person, to: Person, amount: number) =>
  postTransfer(from.ctx, {
    cause: aCause(),
    kind: "gift.sent",
    spends: true,
    purpose: "gift",
    legs: [
      { account: from.accountId, pot: "wallet", amount: -amount },
      { account: to.accountId, pot: "earnings_pending", amount: amount - Math.floor((amount * 3) / 10) },
      { pot: "income_commission", amount: Math.floor((amount * 3) / 10) },
    ],
  });

test(`R4: of ${REVERTS} transfers that are each undone twice at once, ${AT_ONCE} at a time, each is undone once`, {
  timeout: 120_000,
}, async () => {
  const people = await Promise.all([anOwner(), anOwner(), anOwner(), anOwner()]);
  for (const who of people) await topUp(who, 1_000_000_000);
  const pick = (place: number) => people[place % people.length] ?? people[0];
  const made: Id<"transfer">[] = [];
  for (let count = 0; count < REVERTS; count += 1)
    made.push((await gift(pick(count), pick(count + 1 + (count % 3)), 1_000_003 + count)).transferId);

  const twice = made.flatMap((reverses) =>
    [1, 2].map(() => () => reverseTransfer(systemCtx(), { reverses, cause: aCause(), kind: "gift.undone" })),
  );
  const answers = await inParallel(twice);
  const refused = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason.code] : []));
  expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(REVERTS);
  expect(refused).toEqual(Array(REVERTS).fill("conflict"));
  for (const { accountId } of people)
    expect(await potsOf(accountId)).toMatchObject({ wallet: 1_000_000_000, earnings_pending: 0 });
});

test(`R5: ${REPEATS} requests for one cause, ${AT_ONCE} at a time, move value once and hear one answer`, async () => {
  const [who, other] = [await anOwner(), await anOwner()];
  await buyCredits(who, { paid: 100, price: 9_990_000 });
  await buyCredits(other, { paid: 100, price: 9_990_000 });
  const cause = aCause();
  const answers = await inParallel(Array.from({ length: REPEATS }, () => () => spendCredits(who, 3, { cause })));
  const heard = answers.map((answer) =>
    answer.status === "fulfilled"
      ? [answer.value.transferId, answer.value.balanceOf(who.accountId, "credits")]
      : answer,
  );
  expect(new Set(heard.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers.filter((answer) => answer.status === "fulfilled" && answer.value.outcome === "posted")).toHaveLength(
    1,
  );
  expect(await potsOf(who.accountId)).toMatchObject({ credits: 97 });
  await expect(spendCredits(who, 4, { cause })).rejects.toMatchObject({ cause: { code: "PL422" } });
  await expect(spendCredits(other, 3, { cause })).rejects.toMatchObject({ cause: { code: "PL422" } });
  expect(await potsOf(other.accountId)).toMatchObject({ credits: 100 });
});

test("a refused transfer leaves its cause free for the one that can be paid", async () => {
  const who = await anOwner();
  const cause = aCause();
  await expect(spendCredits(who, 3, { cause })).rejects.toMatchObject({ code: "insufficient_credits" });
  await buyCredits(who, { paid: 3, price: 9_990_000 });
  expect(await spendCredits(who, 3, { cause })).toMatchObject({ outcome: "posted" });
});

test("people who pay each other both ways, hold, undo and let run out at once never wait in a circle", {
  timeout: 60_000,
}, async () => {
  const people = await Promise.all([anOwner(), anOwner(), anOwner()]);
  for (const who of people) {
    await topUp(who, 500_000_000);
    for (let count = 0; count < 10; count += 1) await grantCredits(who, 5, { expiresAt: who.ctx.now });
    await grantCredits(who, 5_000);
  }
  const pick = (place: number) => people[place % people.length] ?? people[0];
  const work = Array.from({ length: FULL ? 3_000 : 600 }, (_, count) => async () => {
    const [from, to] = [pick(count), pick(count + 1 + (count % 2))];
    if (count % 7 === 0) return expireLots(systemCtx(), { until: new Date(), most: 5 });
    if (count % 5 === 0) return spendCredits(from, 1);
    if (count % 3 === 0)
      return reserve(from.ctx, {
        account: from.accountId,
        pot: "credits",
        amount: 1,
        purpose: "video",
        purposeId: aCause(),
        turn: 1,
        lastsMs: 60_000,
      });
    const { transferId } = await gift(from, to, 1_000 + count);
    return count % 2 === 0
      ? undefined
      : reverseTransfer(systemCtx(), { reverses: transferId, cause: aCause(), kind: "gift.undone" });
  });
  const failed = (await inParallel(work)).flatMap((answer) => (answer.status === "rejected" ? [answer.reason] : []));
  expect(failed).toEqual([]);
});
