import { and, eq, isNull, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { actorOfLogin, forgetLogin } from "@/lib/auth/live-logins";
import { db } from "@/lib/db/client";
import { loginFailures, mailTokens, outbox, users } from "@/lib/db/schema";
import { aPerson, guestCtx, PASSWORD, type Person } from "@/lib/testing/people";
import { minutes } from "@/lib/time";
import { changePassword } from "./change-password";
import { composeReset, requestReset } from "./request-reset";
import { resetPassword } from "./reset-password";
import { signIn } from "./sign-in";

const OTHER = "another-ledger-eight";

async function aReset(person: Person): Promise<string> {
  const secret = await composeReset(guestCtx(), { email: person.email });
  return secret?.token ?? "";
}

const isSignedIn = async ({ loginId, userId }: Pick<Person, "loginId" | "userId">) => {
  forgetLogin(loginId);
  return (await actorOfLogin({ loginId, userId })) !== undefined;
};

test("asking for a reset does the same for a stranger as for a user", async () => {
  const person = await aPerson();
  await db().delete(outbox);
  await requestReset(guestCtx(), { email: person.email });
  await requestReset(guestCtx(), { email: "stranger@parley.example" });
  const queued = await db().select({ payload: outbox.payload }).from(outbox);
  expect(queued.map(({ payload }) => payload)).toEqual([
    { to: person.email, template: "reset_password", facts: {} },
    { to: "stranger@parley.example", template: "reset_password", facts: {} },
  ]);
  expect(await composeReset(guestCtx(), { email: "stranger@parley.example" })).toBeUndefined();
});

const from = (ip: string) => ({ ...guestCtx(), origin: { requestId: "req_test", ip, userAgent: "test" } });
const waiting = (email: string) =>
  db()
    .select({ dueAt: outbox.dueAt })
    .from(outbox)
    .where(and(sql`${outbox.payload} ->> 'to' = ${email}`, isNull(outbox.doneAt)));
const sendWaiting = (email: string) =>
  db().update(outbox).set({ doneAt: sql`clock_timestamp()` }).where(sql`${outbox.payload} ->> 'to' = ${email}`);

test("whoever asks too often is refused, and nobody elsewhere for it", async () => {
  const email = "asked-often@parley.example";
  for (let i = 0; i < 5; i += 1) await requestReset(from(`203.0.113.${i}`), { email });
  await expect(requestReset(from("203.0.113.9"), { email })).rejects.toMatchObject({ code: "rate_limited" });
  await expect(requestReset(from("2001:db8::1"), { email })).resolves.toBeUndefined();
});

test("strangers on any number of networks fill no mailbox and keep no owner from a mail", async () => {
  const email = "flooded@parley.example";
  const dues: Date[] = [];
  for (let network = 0; network < 30; network += 1) {
    await Promise.all([1, 2].map((host) => requestReset(from(`198.51.${network}.${host}`), { email })));
    const mails = await waiting(email);
    expect(mails.length, "one mail at a time is enough for all").toBe(1);
    dues.push(...mails.map(({ dueAt }) => dueAt));
    if (network < 4) await sendWaiting(email);
  }
  const now = Date.now();
  expect(dues.filter((due) => due.getTime() <= now + 1_000)).toHaveLength(3);
  expect(Math.max(...dues.map((due) => due.getTime()))).toBeLessThan(now + minutes(15));
  await sendWaiting(email);

  await expect(requestReset(from("2001:db8:7::1"), { email })).resolves.toBeUndefined();
  expect(await waiting(email)).toHaveLength(1);
});

test("a link works once, ends every login, proves the address and clears the rest", async () => {
  const person = await aPerson();
  await db().insert(loginFailures).values({ emailHash: "other", failures: 9, blockedUntil: sql`clock_timestamp()` });
  const token = await aReset(person);
  await resetPassword(guestCtx(), { token, password: OTHER });

  expect(await isSignedIn(person)).toBe(false);
  await expect(resetPassword(guestCtx(), { token, password: "a-third-ledger-nine" })).rejects.toMatchObject({
    code: "gone",
  });
  await expect(signIn(guestCtx(), { email: person.email, password: OTHER, via: "api" })).resolves.toBeDefined();
  const [user] = await db().select().from(users).where(eq(users.id, person.userId));
  expect(user?.emailVerifiedAt).not.toBeNull();
});

test("of two at once with one link, one wins", async () => {
  const person = await aPerson();
  const token = await aReset(person);
  const tries = await Promise.allSettled([
    resetPassword(guestCtx(), { token, password: OTHER }),
    resetPassword(guestCtx(), { token, password: "a-third-ledger-nine" }),
  ]);
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("a link works however many were asked for after it, until one is used or its time is over", async () => {
  const person = await aPerson();
  const first = await aReset(person);
  const others = [await aReset(person), await aReset(person)];
  await expect(resetPassword(guestCtx(), { token: first, password: OTHER })).resolves.toBeUndefined();
  for (const token of [first, ...others])
    await expect(resetPassword(guestCtx(), { token, password: "a-third-ledger-nine" })).rejects.toMatchObject({
      code: "gone",
    });

  const last = await aReset(person);
  await db().update(mailTokens).set({ expiresAt: sql`clock_timestamp()` }).where(eq(mailTokens.userId, person.userId));
  await expect(resetPassword(guestCtx(), { token: last, password: OTHER })).rejects.toMatchObject({ code: "gone" });
});

test("a link to an address that the user left proves nothing", async () => {
  const person = await aPerson();
  const token = await aReset(person);
  await db()
    .update(users)
    .set({ email: `moved-${person.email}` })
    .where(eq(users.id, person.userId));
  await expect(resetPassword(guestCtx(), { token, password: OTHER })).rejects.toMatchObject({ code: "gone" });
});

test("a weak password does not use the link up", async () => {
  const person = await aPerson();
  const token = await aReset(person);
  await expect(resetPassword(guestCtx(), { token, password: "password123" })).rejects.toMatchObject({
    code: "invalid",
  });
  await expect(resetPassword(guestCtx(), { token, password: OTHER })).resolves.toBeUndefined();
});

test("changing the password ends the other logins and keeps this one", async () => {
  const person = await aPerson();
  const elsewhere = await signIn(guestCtx(), { email: person.email, password: PASSWORD, via: "api" });
  const { ended } = await changePassword(person.ctx, { currentPassword: PASSWORD, newPassword: OTHER });

  expect(ended).toBeGreaterThanOrEqual(1);
  expect(await isSignedIn(person)).toBe(true);
  expect(await isSignedIn({ loginId: elsewhere.login.loginId, userId: person.userId })).toBe(false);
  await expect(changePassword(person.ctx, { currentPassword: PASSWORD, newPassword: OTHER })).rejects.toMatchObject({
    code: "invalid",
    extras: { details: { fields: { currentPassword: expect.any(String) } } },
  });
});
