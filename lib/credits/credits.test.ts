import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { businessNow } from "@/lib/clock";
import { inTx } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { accounts, lots, transfers } from "@/lib/db/schema";
import { newId } from "@/lib/ids";
import { parseInput } from "@/lib/input";
import { cents } from "@/lib/money";
import { register } from "@/lib/registration/register";
import { spend } from "@/lib/testing/credits";
import { aMember, aPerson, guestCtx, type Person } from "@/lib/testing/people";
import { aTeam } from "@/lib/testing/teams";
import { grantPurchase } from "./grant-purchase";
import { welcomeEverybody } from "./grant-welcome";
import { creditsOf, estimateCost, exportTransactions, getBalance, listTransactions } from "./queries";
import { CalculateCost, ListTransactions } from "./schema";

const house = () => ({ ...guestCtx(), actor: { kind: "system" as const, name: "test" } });

const buyPro = (who: Person, given: { cause?: string; title?: string } = {}) =>
  inTx(who.ctx, (ctx) =>
    grantPurchase(ctx, {
      cause: given.cause ?? `test:${newId("req")}`,
      accountId: who.accountId,
      title: given.title ?? "Pro package",
      credits: 150,
      bonusCredits: 10,
      price: cents(2_499),
      detail: {},
    }),
  );

const list = (who: Person, input: object = {}) => listTransactions(who.ctx, parseInput(ListTransactions, input));

test("a new person has ten credits, which never run out", async () => {
  const who = await aPerson();
  expect(await getBalance(who.ctx)).toMatchObject({
    ...{ balance: 10, held: 0, owed: 0, frozen: false, low: false, lifetimePurchased: 0 },
    lots: [{ kind: "promotional", amount: 10, remaining: 10, expiresAt: null }],
  });
});

test("fifty sign-ups at once for one address give ten credits once", async () => {
  const email = `many-${newId("req")}@credits.example`;
  const input = { name: "Dana Okafor", email, password: "quiet-ledger-seven", label: "mk" as const };
  const tries = await Promise.allSettled(Array.from({ length: 50 }, () => register(guestCtx(), input)));
  const made = tries.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  expect(made).toHaveLength(1);
  expect(made[0]?.creditBalance).toBe(10);
  const given = await db()
    .select()
    .from(lots)
    .where(eq(lots.accountId, made[0]?.account.id ?? "account_"));
  expect(given.map(({ amount }) => amount)).toEqual([10]);
});

test("whoever was here before gets the ten credits once, from however many processes; a team gets none", async () => {
  const { accountId: team } = await aTeam();
  const id = newId("account");
  await db().insert(accounts).values({ id, name: "Here before", kind: "personal" });
  await Promise.all([welcomeEverybody(house()), welcomeEverybody(house())]);
  expect(await welcomeEverybody(house())).toBe(0);
  expect(await creditsOf({ db: db() }, id)).toBe(10);
  expect(await creditsOf({ db: db() }, team)).toBe(0);
});

test("two who grant one purchase at once grant it once, in a paid lot and a bonus lot", async () => {
  const who = await aPerson();
  const cause = `test:${newId("req")}`;
  const both = await Promise.all([buyPro(who, { cause }), buyPro(who, { cause })]);
  expect(both.map(({ outcome }) => outcome).sort()).toEqual(["already", "posted"]);
  const { balance, lifetimePurchased, lots } = await getBalance(who.ctx);
  expect({ balance, lifetimePurchased }).toEqual({ balance: 170, lifetimePurchased: 160 });
  expect(lots.map(({ kind, remaining }) => [kind, remaining])).toEqual([
    ["promotional", 10],
    ["bonus", 10],
    ["paid", 150],
  ]);
});

test("what was bought in all stays, whatever is spent", async () => {
  const who = await aPerson();
  await buyPro(who);
  await spend(who, 165);
  await buyPro(who);
  expect(await getBalance(who.ctx)).toMatchObject({ balance: 165, lifetimePurchased: 320, low: false });
});

test("pages through what came and went, one line for each movement", async () => {
  const who = await aPerson();
  await buyPro(who);
  await spend(who, 15);
  const first = await list(who, { limit: "2" });
  expect(
    first.transactions.map(({ kind, title, amount, balanceAfter }) => [kind, title, amount, balanceAfter]),
  ).toEqual([
    ["usage", "A video", -15, 155],
    ["purchase", "Pro package", 160, 170],
  ]);
  const second = await list(who, { limit: "2", cursor: first.nextCursor });
  expect(second.transactions.map(({ kind, amount }) => [kind, amount])).toEqual([["gift", 10]]);
  expect(second.nextCursor).toBeNull();
});

test("finds by kind, size, day and words", async () => {
  const who = await aPerson();
  await buyPro(who, { title: "100% pure" });
  await spend(who, 15);
  const found = async (input: object) => (await list(who, input)).transactions.map(({ amount }) => amount);
  const today = businessNow().toISOString().slice(0, 10);
  expect(await found({ kind: "purchase" })).toEqual([160]);
  expect(await found({ kind: "usage" })).toEqual([-15]);
  expect(await found({ minAmount: "11", maxAmount: "20" })).toEqual([-15]);
  expect(await found({ text: "VIDEO" })).toEqual([-15]);
  expect(await found({ text: "100%" })).toEqual([160]);
  expect(await found({ text: "0%0" })).toEqual([]);
  expect(await found({ from: today, to: today })).toEqual([-15, 160, 10]);
  expect(await found({ to: "2020-01-31" })).toEqual([]);
});

test("a file for spreadsheets holds no formula", async () => {
  const who = await aPerson();
  await buyPro(who, { title: '=HYPERLINK("http://x.example")' });
  const lines = (await exportTransactions(who.ctx, {})).trimEnd().split("\r\n");
  expect(lines[0]).toBe("Date,Kind,Description,Credits,Balance,Reference");
  expect(lines[1]).toMatch(/^[\dTZ:.-]+,purchase,"'=HYPERLINK\(""http:\/\/x\.example""\)",160,170,transfer_\w+$/);
  expect(lines).toHaveLength(3);
});

test("says what a video costs and whether there is enough", async () => {
  const who = await aPerson();
  const asked = parseInput(CalculateCost, { durationMinutes: 3, resolution: "720p" });
  expect(await estimateCost(who.ctx, asked)).toMatchObject({ credits: 15, balance: 10, affordable: false });
  await buyPro(who);
  expect(await estimateCost(who.ctx, asked)).toMatchObject({ credits: 15, balance: 170, affordable: true });
});

test.each([{ durationMinutes: 0 }, { durationMinutes: 1.5 }, { durationMinutes: "3" }, { durationMinutes: 1e9 }])(
  "a video of %j has no price",
  (wrong) => {
    expect(() => parseInput(CalculateCost, { resolution: "720p", ...wrong })).toThrow(
      expect.objectContaining({ code: "invalid" }),
    );
  },
);

test("a member who has nothing to do with billing sees no balance, and nobody sees another's", async () => {
  const { accountId } = await aTeam();
  const member = await aMember(accountId, "member");
  await expect(getBalance(member.ctx)).rejects.toMatchObject({ code: "forbidden" });
  await expect(list(member)).rejects.toMatchObject({ code: "forbidden" });
  await expect(exportTransactions(member.ctx, {})).rejects.toMatchObject({ code: "forbidden" });
  const [mine, theirs] = [await aPerson(), await aPerson()];
  await buyPro(theirs);
  expect((await list(mine)).transactions.map(({ amount }) => amount)).toEqual([10]);
});

test("every credit that came has an actor and a request behind it", async () => {
  const who = await aPerson();
  await buyPro(who);
  const [bought] = await db().select().from(transfers).where(eq(transfers.kind, "credits.bought")).limit(1);
  expect(bought).toMatchObject({ actorKind: "user", requestId: "req_test" });
});

test("what is there is not told by a price to whoever may not read billing", async () => {
  const { ctx, accountId } = await aPerson();
  const member = await aMember(accountId, "member");
  const key = { kind: "key" as const, keyId: newId("key"), accountId, scopes: ["rooms:join" as const] };
  const video = parseInput(CalculateCost, { durationMinutes: 3, resolution: "720p" });
  expect(await estimateCost(ctx, video)).toMatchObject({ credits: 15, balance: 10, affordable: false });
  for (const asking of [member.ctx, { ...ctx, actor: key }])
    expect(await estimateCost(asking, video)).toMatchObject({ credits: 15, balance: null, affordable: null });
});

test.each([{ from: "0000-01-01" }, { to: "9999-12-31" }, { from: "9999-12-31T23:59:59-12:00" }])(
  "a day that no calendar here has is refused: %j",
  async (input) => {
    const who = await aPerson();
    await expect((async () => list(who, input))()).rejects.toMatchObject({ code: "invalid" });
  },
);

test("a text that no description can hold finds nothing, or what is left of it", async () => {
  const who = await aPerson();
  expect((await list(who, { text: "Wel\u0000come" })).transactions).toHaveLength(1);
  await expect((async () => list(who, { text: "\u0000" }))()).rejects.toMatchObject({ code: "invalid" });
});
