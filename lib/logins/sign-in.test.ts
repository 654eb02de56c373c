import { eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { loginFailures, logins, memberships, users } from "@/lib/db/schema";
import { type Id, newId } from "@/lib/ids";
import { aPerson, guestCtx, PASSWORD } from "@/lib/testing/people";
import { hashing, hashPassword } from "./password";
import { provePassword } from "./prove-password";
import { signIn } from "./sign-in";

let host = 0;
/** Each test comes from an address of its own, so that one test's failures are not another's. */
const somewhere = () => {
  host += 1;
  return { ...guestCtx(), origin: { requestId: "req_test", ip: `203.0.113.${host}`, userAgent: "test" } };
};

/** A place in another network each time. */
const elsewhere = () => {
  host += 1;
  return { ...guestCtx(), origin: { requestId: "req_test", ip: `198.51.${host}.7`, userAgent: "test" } };
};

const entry = (email: string, password: string) => ({ email, password, via: "api" as const });

async function refusalOf(work: Promise<unknown>) {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error("It was not refused");
}

test("opens a login for seven days", async () => {
  const person = await aPerson();
  const { user, accountId, login } = await signIn(somewhere(), entry(person.email, PASSWORD));
  expect(user).toMatchObject({ id: person.userId, email: person.email, emailVerified: false });
  expect(accountId).toBe(person.accountId);
  const [row] = await db().select().from(logins).where(eq(logins.id, login.loginId));
  expect(row).toMatchObject({ via: "api", revokedAt: null });
  expect(login.expiresAt.getTime() - (row?.createdAt.getTime() ?? 0)).toBeCloseTo(7 * 86_400_000, -3);
});

test("an unknown address and a wrong password get the same words after the same work", async () => {
  const person = await aPerson();
  const ctx = somewhere();
  const before = hashing().done;
  const wrong = await refusalOf(signIn(ctx, entry(person.email, "not-the-one-7")));
  const between = hashing().done;
  const unknown = await refusalOf(signIn(ctx, entry("nobody@parley.example", "not-the-one-7")));

  expect(wrong).toMatchObject({ code: "wrong_credentials" });
  expect({ ...(unknown as Error) }).toEqual({ ...(wrong as Error) });
  expect((unknown as Error).message).toBe((wrong as Error).message);
  expect([between - before, hashing().done - between]).toEqual([1, 1]);
});

beforeEach(async () => {
  await db().delete(loginFailures);
});

test("an address rests after wrong passwords from one network, known or not, and not for good", async () => {
  const person = await aPerson();
  for (const email of [person.email, "stranger@parley.example"]) {
    for (let i = 0; i < 5; i += 1) {
      expect(await refusalOf(signIn(somewhere(), entry(email, "not-the-one-7")))).toMatchObject({
        code: "wrong_credentials",
      });
    }
    expect(await refusalOf(signIn(somewhere(), entry(email, PASSWORD)))).toMatchObject({
      code: "rate_limited",
      extras: { retryAfterSeconds: 2 },
    });
  }

  await db().update(loginFailures).set({ blockedUntil: sql`clock_timestamp()` });
  await expect(signIn(somewhere(), entry(person.email, PASSWORD))).resolves.toMatchObject({
    accountId: person.accountId,
  });
  expect((await db().select().from(loginFailures)).map(({ failures }) => failures)).toEqual([5]);
});

test("what a stranger guesses elsewhere keeps the owner out neither of signing in nor of changing the password", async () => {
  const person = await aPerson();
  for (let i = 0; i < 6; i += 1) await refusalOf(signIn(somewhere(), entry(person.email, "not-the-one-7")));
  expect(await refusalOf(signIn(somewhere(), entry(person.email, PASSWORD)))).toMatchObject({ code: "rate_limited" });

  await expect(signIn(elsewhere(), entry(person.email, PASSWORD))).resolves.toBeDefined();
  const { ctx } = person;
  for (let i = 0; i < 5; i += 1)
    await refusalOf(signIn({ ...ctx, origin: somewhere().origin }, entry(person.email, "no")));
  await expect(provePassword(ctx, PASSWORD)).resolves.toMatchObject({ email: person.email });
});

test("who holds a login does not guess its password without end, and signing in elsewhere goes on", async () => {
  const person = await aPerson();
  for (let i = 0; i < 5; i += 1)
    expect(await refusalOf(provePassword(person.ctx, "not-the-one-7"))).toMatchObject({ code: "invalid" });
  expect(await refusalOf(provePassword({ ...person.ctx, origin: elsewhere().origin }, PASSWORD))).toMatchObject({
    code: "rate_limited",
  });
  await expect(signIn(somewhere(), entry(person.email, PASSWORD))).resolves.toBeDefined();
});

test("a hundred wrong passwords for one address are enough, and do not keep its owner out at home", {
  timeout: 60_000,
}, async () => {
  const { email } = await aPerson();
  for (let i = 0; i < 100; i += 1) {
    expect(await refusalOf(signIn(elsewhere(), entry(email, "not-the-one-7")))).toMatchObject({
      code: "wrong_credentials",
    });
  }
  expect(await refusalOf(signIn(elsewhere(), entry(email, PASSWORD)))).toMatchObject({ code: "rate_limited" });
  await expect(signIn(guestCtx(), entry(email, PASSWORD))).resolves.toBeDefined();
});

test("guesses sent at once take turns: no more than five are looked at", async () => {
  const person = await aPerson();
  const tries = await Promise.all(
    Array.from({ length: 18 }, (_, i) => refusalOf(signIn(somewhere(), entry(person.email, `guess-number-${i}`)))),
  );
  expect(
    tries.filter((error) => error instanceof Error && "code" in error && error.code === "wrong_credentials"),
  ).toHaveLength(5);
});

test("twenty wrong passwords from one place are enough, whomever they are for", async () => {
  const ctx = somewhere();
  for (let i = 0; i < 20; i += 1) {
    expect(await refusalOf(signIn(ctx, entry(`target-${i}@parley.example`, "not-the-one-7")))).toMatchObject({
      code: "wrong_credentials",
    });
  }
  const person = await aPerson();
  expect(await refusalOf(signIn(ctx, entry(person.email, PASSWORD)))).toMatchObject({ code: "rate_limited" });
  await expect(signIn(somewhere(), entry(person.email, PASSWORD))).resolves.toBeDefined();
});

test("a closed user is nobody", async () => {
  const person = await aPerson();
  await db().update(users).set({ closedAt: sql`clock_timestamp()` }).where(eq(users.id, person.userId));
  expect(await refusalOf(signIn(somewhere(), entry(person.email, PASSWORD)))).toMatchObject({
    code: "wrong_credentials",
  });
});

test("goes on in the account used last, while the user is in it", async () => {
  const host = await aPerson();
  const guest = await aPerson();
  await db().insert(memberships).values({ accountId: host.accountId, userId: guest.userId, role: "member" });
  await db()
    .insert(logins)
    .values({
      id: newId("login") as Id<"login">,
      userId: guest.userId,
      accountId: host.accountId,
      via: "browser",
      ip: "127.0.0.1",
      userAgent: "test",
      createdAt: sql`clock_timestamp() + interval '1 second'`,
      expiresAt: sql`clock_timestamp() + interval '1 hour'`,
    });
  expect((await signIn(somewhere(), entry(guest.email, PASSWORD))).accountId).toBe(host.accountId);

  await db().delete(memberships).where(eq(memberships.accountId, host.accountId));
  expect((await signIn(somewhere(), entry(guest.email, PASSWORD))).accountId).toBe(guest.accountId);
});

test("a password changed while the old one is being checked opens nothing", async () => {
  const person = await aPerson();
  const passwordHash = await hashPassword("another-ledger-eight");
  const waiting = async () =>
    (
      await db().execute(
        sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      )
    ).length;

  const entering = await db().transaction(async (tx) => {
    await tx.update(users).set({ passwordHash }).where(eq(users.id, person.userId));
    const refusal = refusalOf(signIn(somewhere(), entry(person.email, PASSWORD)));
    await expect.poll(waiting).toBeGreaterThan(0);
    return { refusal };
  });
  expect(await entering.refusal).toMatchObject({ code: "wrong_credentials" });
});
