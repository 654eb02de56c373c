import { afterAll, beforeEach, expect, test } from "vitest";
import { forgetLogin } from "@/lib/auth/live-logins";
import { authenticate } from "@/lib/auth/request";
import { businessNow, setClockOffset } from "@/lib/clock";
import { inTx } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { clock, outbox } from "@/lib/db/schema";
import { runOnce } from "@/lib/http/idempotency";
import { createKey } from "@/lib/keys/create";
import { verifyKey } from "@/lib/keys/verify";
import { takeTurn } from "@/lib/limits";
import { composeReset } from "@/lib/logins/request-reset";
import { resetPassword } from "@/lib/logins/reset-password";
import { signIn } from "@/lib/logins/sign-in";
import { leaseMails } from "@/lib/notifications/queue";
import { enqueueMail } from "@/lib/outbox/enqueue";
import { aPerson, guestCtx } from "@/lib/testing/people";
import { days, later, minutes } from "@/lib/time";
import { moveClock } from "./move";

beforeEach(async () => {
  setClockOffset(0);
  await db().delete(clock);
});
afterAll(() => setClockOffset(0));

/** A year goes by for plans and invoices, and for nothing else. */
async function aYearGoesBy(): Promise<void> {
  await moveClock(guestCtx(), { by: "+1 year" });
  expect(businessNow().getTime() - Date.now()).toBeGreaterThan(days(364));
}

const asking = (token: string) => ({
  ...{ method: "GET", path: "/api/auth/profile", queryKey: null },
  headers: new Headers({ authorization: `Bearer ${token}` }),
});

test("a login and its token live on", async () => {
  const person = await aPerson();
  const { login } = await signIn(guestCtx(), { email: person.email, password: person.password, via: "api" });
  await aYearGoesBy();
  forgetLogin(login.loginId);
  expect((await authenticate("login", asking(login.token))).actor.userId).toBe(person.userId);
  const again = await signIn(guestCtx(), { email: person.email, password: person.password, via: "api" });
  expect((await authenticate("login", asking(again.login.token))).actor.userId).toBe(person.userId);
});

test("a link in a mail still opens what it opens", async () => {
  const person = await aPerson();
  const { token = "" } = (await composeReset(guestCtx(), { email: person.email })) ?? {};
  await aYearGoesBy();
  await resetPassword(guestCtx(), { token, password: "another-ledger-eight" });
});

test("a mail that a worker holds stays with it", async () => {
  await db().delete(outbox);
  await inTx(guestCtx(), (ctx) => enqueueMail(ctx, { to: "dana@mail.example", template: "reset_password", facts: {} }));
  expect(await leaseMails(10)).toHaveLength(1);
  await aYearGoesBy();
  expect(await leaseMails(10)).toHaveLength(0);
});

test("a limit that is used up stays used up", async () => {
  const limit = { count: 2, windowMs: minutes(15) };
  takeTurn("a subject", limit);
  takeTurn("a subject", limit);
  await aYearGoesBy();
  expect(() => takeTurn("a subject", limit)).toThrow("Too many requests");
});

test("an Idempotency-Key keeps its first answer", async () => {
  const attempt = { owner: "somebody", key: "one-and-the-same", body: "{}" };
  await runOnce(db(), attempt, async () => ({ status: 201, body: "first" }));
  await aYearGoesBy();
  expect(await runOnce(db(), attempt, async () => ({ status: 201, body: "second" }))).toMatchObject({
    body: "first",
    replayed: true,
  });
});

test("whoever guessed passwords too often has no rest taken off", async () => {
  const person = await aPerson();
  const guess = () =>
    signIn(guestCtx(), { email: person.email, password: "not-this-one-at-all", via: "api" }).catch(
      (error: unknown) => error,
    );
  let refused = await guess();
  for (let count = 0; count < 12 && !isResting(refused); count += 1) refused = await guess();
  expect(isResting(refused)).toBe(true);
  await aYearGoesBy();
  expect(isResting(await guess())).toBe(true);
});

const isResting = (error: unknown) => error instanceof Error && "code" in error && error.code === "rate_limited";

test("a key's expiry is business, and moves", async () => {
  const person = await aPerson();
  const { apiKey } = await createKey(person.ctx, {
    ...{ name: "For a month", scopes: ["rooms:read"], allowedOrigins: [] },
    expiresAt: later(businessNow(), days(30)),
  });
  expect(await verifyKey(apiKey.key)).toBeDefined();
  await aYearGoesBy();
  expect(await verifyKey(apiKey.key)).toBeUndefined();
});
