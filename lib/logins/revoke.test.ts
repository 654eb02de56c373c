import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { actorOfLogin, forgetLogin } from "@/lib/auth/live-logins";
import { db } from "@/lib/db/client";
import { logins, revocations } from "@/lib/db/schema";
import { aPerson, guestCtx, PASSWORD } from "@/lib/testing/people";
import { listLogins } from "./queries";
import { revokeLogin, revokeLogins } from "./revoke";
import { signIn } from "./sign-in";

test("lists where somebody is signed in, this login first and marked", async () => {
  const person = await aPerson();
  await signIn(guestCtx(), { email: person.email, password: PASSWORD, via: "browser" });
  const list = await listLogins(person.ctx);
  expect(list[0]).toMatchObject({ id: person.loginId, isCurrent: true });
  expect(list.slice(1).every(({ isCurrent }) => !isCurrent)).toBe(true);
  expect(list.length).toBeGreaterThanOrEqual(2);
});

test("ends one login, once, and tells every process", async () => {
  const person = await aPerson();
  const { login } = await signIn(guestCtx(), { email: person.email, password: PASSWORD, via: "api" });
  await revokeLogin(person.ctx, { id: login.loginId });
  await revokeLogin(person.ctx, { id: login.loginId });
  forgetLogin(login.loginId);
  expect(await actorOfLogin({ loginId: login.loginId, userId: person.userId })).toBeUndefined();
  expect(await db().select().from(revocations).where(eq(revocations.subjectId, login.loginId))).toHaveLength(1);
});

test("hides somebody else's login", async () => {
  const mine = await aPerson();
  const theirs = await aPerson();
  await expect(revokeLogin(mine.ctx, { id: theirs.loginId })).rejects.toMatchObject({ code: "not_found" });
});

test("signs out everywhere else, or everywhere", async () => {
  const person = await aPerson();
  await signIn(guestCtx(), { email: person.email, password: PASSWORD, via: "api" });
  await revokeLogins(person.ctx, {});
  expect((await listLogins(person.ctx)).map(({ id }) => id)).toEqual([person.loginId]);
  expect(await revokeLogins(person.ctx, { including: "this" })).toEqual({ ended: 1 });
  expect(await listLogins(person.ctx)).toEqual([]);
});

test("a browser that was not seen for a day is signed out; a program is not", async () => {
  const person = await aPerson();
  const { login } = await signIn(guestCtx(), { email: person.email, password: PASSWORD, via: "api" });
  await db()
    .update(logins)
    .set({ lastSeenAt: sql`clock_timestamp() - interval '25 hours'` })
    .where(eq(logins.userId, person.userId));
  forgetLogin(person.loginId);
  forgetLogin(login.loginId);
  expect(await actorOfLogin(person)).toBeUndefined();
  expect(await actorOfLogin({ loginId: login.loginId, userId: person.userId })).toBeDefined();
});
