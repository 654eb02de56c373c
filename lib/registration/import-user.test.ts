import { hash } from "@node-rs/bcrypt";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Ctx, SystemActor } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { users } from "@/lib/db/schema";
import { newId } from "@/lib/ids";
import { changePassword } from "@/lib/logins/change-password";
import { ownHash } from "@/lib/logins/own-hash";
import { signIn } from "@/lib/logins/sign-in";
import { ctxOf, guestCtx } from "@/lib/testing/people";
import { importUser } from "./import-user";
import { ImportUser } from "./schema";

const PASSWORD = "three-quiet-ledgers";

const operator = (): Ctx<SystemActor> => ({ ...guestCtx(), actor: { kind: "system", name: "test" } });

async function anImported(given: Partial<ImportUser> = {}) {
  const email = `moved-${newId("req").slice(-8)}@parley.example`;
  const passwordHash = await hash(PASSWORD, { cost: 4, version: "2a" });
  const user = await importUser(operator(), { name: "Dana", email, passwordHash, emailVerified: false, ...given });
  return { ...user, passwordHash };
}

const hashOf = async (email: string) =>
  (await db().select({ passwordHash: users.passwordHash }).from(users).where(eq(users.email, email)))[0]?.passwordHash;
const enter = (email: string, password = PASSWORD) => signIn(guestCtx(), { email, password, via: "api" });

test.each(["2a", "2b", "2y"] as const)(
  "a hash by bcrypt %s opens a login, and is one of ours from then on",
  async (version) => {
    const passwordHash = await hash(PASSWORD, { cost: 4, version: version });
    const { email } = await anImported({ passwordHash });
    await expect(enter(email, `${PASSWORD}x`)).rejects.toMatchObject({ code: "wrong_credentials" });
    expect(await hashOf(email)).toBe(passwordHash);

    await enter(email);
    const ours = await hashOf(email);
    expect(ours).toMatch(/^\$argon2id\$/);
    await enter(email);
    expect(await hashOf(email)).toBe(ours);
    await expect(enter(email, `${PASSWORD}x`)).rejects.toMatchObject({ code: "wrong_credentials" });
  },
);

test("all of a long password counts once the hash is ours, though bcrypt reads its first 72 bytes alone", async () => {
  const long = "nightjar ".repeat(9);
  const { email } = await anImported({ passwordHash: await hash(long, { cost: 4 }) });
  await enter(email, long);
  await expect(enter(email, long.slice(0, 72))).rejects.toMatchObject({ code: "wrong_credentials" });
});

test("many who sign in at once with one imported hash all come in", async () => {
  const { email } = await anImported();
  const logins = await Promise.all(Array.from({ length: 4 }, () => enter(email)));
  expect(new Set(logins.map(({ login }) => login.loginId)).size).toBe(4);
});

test("a password that was changed meanwhile is not put back", async () => {
  const { id, email, passwordHash } = await anImported();
  const { login } = await enter(email);
  const ctx = await ctxOf(login.loginId, id);
  await changePassword(ctx, { currentPassword: PASSWORD, newPassword: "another-ledger-eight" });
  const changed = await hashOf(email);
  expect(await ownHash(guestCtx(), { id, passwordHash, password: PASSWORD })).toBe(passwordHash);
  expect(await hashOf(email)).toBe(changed);
});

test("an address that is taken, and a hash that would cost too much, are refused", async () => {
  const { email, passwordHash } = await anImported();
  await expect(anImported({ email })).rejects.toMatchObject({ code: "email_taken" });
  const given = { name: "Dana", email, passwordHash };
  expect(ImportUser.safeParse(given).success).toBe(true);
  for (const wrong of [
    passwordHash.replace("$04$", "$15$"),
    passwordHash.slice(0, -1),
    "5f4dcc3b5aa765d61d8327deb882cf99",
  ])
    expect(ImportUser.safeParse({ ...given, passwordHash: wrong }).success).toBe(false);
});
