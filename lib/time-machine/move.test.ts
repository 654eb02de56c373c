import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { businessNow, setClockOffset } from "@/lib/clock";
import { db } from "@/lib/db/client";
import { clock } from "@/lib/db/schema";
import { provide } from "@/lib/env";
import { guestCtx } from "@/lib/testing/people";
import { addMonths, days, later, minutes, seconds } from "@/lib/time";
import { conduct } from "./conductor";
import { letGo, standAt } from "./internal";
import { alone } from "./journey";
import { follow, loadClock, readHands } from "./load";
import { moveClock } from "./move";
import { readClock } from "./queries";

const ctx = guestCtx;
const ahead = () => businessNow().getTime() - Date.now();

beforeEach(async () => {
  await db().delete(clock);
  setClockOffset(0);
});
afterEach(() => {
  vi.unstubAllEnvs();
  provide({});
});

test("the clock goes forward by a step and to an instant, for every process that looks", async () => {
  await moveClock(ctx(), { by: "+1 month" });
  const inAMonth = addMonths(new Date(), 1).getTime() - Date.now();
  expect(Math.abs(ahead() - inAMonth)).toBeLessThan(seconds(2));
  const to = later(businessNow(), days(40));
  await moveClock(ctx(), { to });
  expect(businessNow().getTime() - to.getTime()).toBeLessThan(seconds(2));

  setClockOffset(0);
  await loadClock(db());
  expect(businessNow().getTime() - to.getTime()).toBeGreaterThanOrEqual(0);
  expect(await readClock(ctx())).toMatchObject({ moving: false, goingTo: null, due: [], trouble: null });
});

test("never back, and never out of sight", async () => {
  await moveClock(ctx(), { by: "+1 day" });
  const refused = (input: Parameters<typeof moveClock>[1]) => expect(moveClock(ctx(), input)).rejects;
  await refused({ to: later(new Date(), minutes(5)) }).toMatchObject({
    code: "invalid",
    extras: { details: { fields: { to: expect.stringContaining("only goes forward") } } },
  });
  await refused({ to: businessNow() }).toMatchObject({ code: "invalid" });
  await refused({ by: "+6 years" }).toMatchObject({
    extras: { details: { fields: { by: expect.stringContaining("five years") } } },
  });
  expect(Math.abs(ahead() - days(1))).toBeLessThan(seconds(2));
});

test("two who move it at once take turns or are told, and no step is lost", async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => moveClock(ctx(), { by: "+1 hour" })));
  const moved = outcomes.filter(({ status }) => status === "fulfilled").length;
  for (const outcome of outcomes)
    if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "conflict" });
  expect(moved).toBeGreaterThan(0);
  expect(Math.abs(ahead() - moved * minutes(60))).toBeLessThan(seconds(2));
});

test("on its way nobody else moves it", async () => {
  await alone(async () => {
    await expect(moveClock(ctx(), { by: "+1 day" })).rejects.toMatchObject({ code: "conflict" });
    await expect(conduct(ctx(), { by: "+1 day" })).rejects.toMatchObject({ code: "conflict" });
  });
  await moveClock(ctx(), { by: "+1 day" });
});

test("where it is put it stands, and let go it runs on from there", async () => {
  const instant = later(new Date(), days(3));
  await standAt(ctx(), instant);
  expect(businessNow()).toEqual(instant);
  await db().execute("select pg_sleep(0.05)");
  expect(businessNow()).toEqual(instant);
  expect((await readClock(ctx())).moving).toBe(true);

  await standAt(ctx(), later(new Date(), days(1)));
  expect(businessNow()).toEqual(instant);

  await letGo(ctx());
  await db().execute("select pg_sleep(0.05)");
  expect(businessNow().getTime() - instant.getTime()).toBeGreaterThanOrEqual(45);
  expect(businessNow().getTime() - instant.getTime()).toBeLessThan(seconds(2));
});

test("what was read before a move is not put over what was read after it", async () => {
  let answer = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const early = follow(async () => {
    const hands = await readHands(db());
    await held;
    return hands;
  });
  const moved = moveClock(ctx(), { by: "+1 day" });
  await expect.poll(async () => (await db().select().from(clock))[0]?.offsetMs ?? 0).toBeGreaterThan(0);
  answer();
  await Promise.all([early, moved]);
  expect(Math.abs(ahead() - days(1))).toBeLessThan(seconds(2));
});

test("the way is let go of even when it was stood on for longer than it led", async () => {
  await standAt(ctx(), new Date());
  await db().execute("select pg_sleep(0.1)");
  expect(ahead()).toBeLessThan(0);
  await letGo(ctx());
  expect(Math.abs(ahead())).toBeLessThan(20);
});

test("in production there is no such thing, and a clock that somebody brought along is not gone by", async () => {
  await moveClock(ctx(), { by: "+1 year" });
  for (const [name, value] of Object.entries(PRODUCTION)) vi.stubEnv(name, value);
  provide({});
  await expect(moveClock(ctx(), { by: "+1 day" })).rejects.toMatchObject({ code: "not_found" });
  await expect(async () => conduct(ctx(), { by: "+1 day" })).rejects.toMatchObject({ code: "not_found" });
  await expect(readClock(ctx())).rejects.toMatchObject({ code: "not_found" });
  await loadClock(db());
  expect(Math.abs(ahead())).toBeLessThan(seconds(2));
});

test("with a live key of Stripe there is no such thing either", async () => {
  vi.stubEnv("STRIPE_SECRET_KEY", "sk_live_51abc");
  provide({});
  await expect(moveClock(ctx(), { by: "+1 day" })).rejects.toMatchObject({ code: "not_found" });
});

const PRODUCTION = {
  PARLEY_MODE: "production",
  PUBLIC_URL: "https://parley.test",
  DATABASE_URL: "postgres://db.test/parley",
  JWT_SECRET: "k".repeat(40),
  NEXTAUTH_SECRET: "n".repeat(40),
  SMTP_URL: "smtp://mail.test",
  METRICS_TOKEN: "scrape-scrape-scrape",
};
