import { count, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { accounts, keys, logins, memberships, outbox, users } from "@/lib/db/schema";
import { parseInput } from "@/lib/input";
import { verifyKey } from "@/lib/keys/verify";
import { readLoginToken } from "@/lib/logins/token";
import { guestCtx } from "@/lib/testing/people";
import { register } from "./register";
import { Register } from "./schema";
import { signUp } from "./sign-up";

const input = (email: string) => ({ name: "Dana Okafor", email, password: "quiet-ledger-seven", label: "mk" as const });

test("makes a user, an account, a working key and a token, and mails the address", async () => {
  const made = await register(guestCtx(), input("dana@register.example"));

  expect(made.user).toMatchObject({ name: "Dana Okafor", email: "dana@register.example", emailVerified: false });
  expect(made.account).toMatchObject({ kind: "personal", role: "owner" });
  expect(made.creditBalance).toBe(10);
  expect(made.apiKey.key).toMatch(/^mk_/);
  expect(await verifyKey(made.apiKey.key)).toMatchObject({ accountId: made.account.id });
  expect(await readLoginToken(made.token)).toMatchObject({ userId: made.user.id });
  const mail = await db().select().from(outbox).where(eq(outbox.kind, "mail"));
  expect(mail.map(({ payload }) => payload)).toContainEqual({
    to: "dana@register.example",
    template: "verify_email",
    facts: { userId: made.user.id },
  });
});

test("the gateway's address makes a key with its own prefix", async () => {
  const { apiKey } = await register(guestCtx(), { ...input("gateway@register.example"), label: "nk" });
  expect(apiKey.key).toMatch(/^nk_/);
});

test("fifty at once for one address make one user, and the others hear that it is taken", async () => {
  const tries = await Promise.allSettled(
    Array.from({ length: 50 }, () => register(guestCtx(), input("many@register.example"))),
  );
  const made = tries.filter((one) => one.status === "fulfilled");
  const refused = tries.filter((one) => one.status === "rejected");
  expect(made).toHaveLength(1);
  for (const { reason } of refused) expect(reason).toMatchObject({ code: "email_taken" });

  const [rows] = await db().select({ count: count() }).from(users).where(eq(users.email, "many@register.example"));
  expect(rows?.count).toBe(1);
});

test("a refused registration leaves nothing behind", async () => {
  const tables = [users, accounts, memberships, keys, logins, outbox];
  const counts = () =>
    Promise.all(tables.map(async (table) => (await db().select({ count: count() }).from(table))[0]?.count));
  await register(guestCtx(), input("once@register.example"));
  const before = await counts();
  await expect(register(guestCtx(), input("once@register.example"))).rejects.toMatchObject({ code: "email_taken" });
  await expect(
    register(guestCtx(), { ...input("weak@register.example"), password: "password123" }),
  ).rejects.toMatchObject({ code: "invalid" });
  expect(await counts()).toEqual(before);
});

test("registration from a page makes no key that nobody would see", async () => {
  const user = await signUp(guestCtx(), input("page@register.example"));
  const made = await db().select({ id: keys.id }).from(keys).where(eq(keys.createdBy, user.id));
  expect(made).toEqual([]);
});

test.each([
  [{}, ["name", "email", "password"]],
  [{ name: " ", email: "nope", password: "short" }, ["name", "email", "password"]],
  [
    { name: "a".repeat(81), email: `${"a".repeat(250)}@x.io`, password: "a".repeat(201) },
    ["name", "email", "password"],
  ],
  [{ name: 1, email: null, password: ["x"] }, ["name", "email", "password"]],
  [{ name: "Dana", email: "d@x.io", password: "quiet-ledger-seven", plan: "platinum" }, ["plan"]],
  [{ name: "Dana", email: "d@x.io", password: "quiet-ledger-seven", role: "admin" }, ["role"]],
  [null, ["input"]],
])("bad input %j is refused by field", (value, fields) => {
  try {
    parseInput(Register, value);
  } catch (error) {
    return expect(error).toMatchObject({
      code: "invalid",
      extras: { details: { fields: Object.fromEntries(fields.map((field) => [field, expect.any(String)])) } },
    });
  }
  throw new Error("It was taken");
});

test.each(["starter", "professional", "enterprise", "pro", "free", "gateway", "rooms-professional", "compute-free"])(
  "takes the plan %s",
  (plan) => {
    expect(parseInput(Register, { name: "Dana", email: "D@X.io", password: "quiet-ledger-seven", plan })).toMatchObject(
      { plan, email: "d@x.io" },
    );
  },
);
