import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { businessNow, setClockOffset } from "@/lib/clock";
import { db } from "@/lib/db/client";
import { clock } from "@/lib/db/schema";
import { provide } from "@/lib/env";
import { registry } from "@/lib/http/registry";
import { guestCtx } from "@/lib/testing/people";
import { days, hours, seconds } from "@/lib/time";
import { moveClock } from "@/lib/time-machine/move";
import { addSource, removeSource } from "@/lib/time-machine/sources";
import { type Served, serve } from "../testing/serve";
import { startClock } from "./clock";

beforeEach(async () => {
  setClockOffset(0);
  await db().delete(clock);
});
afterEach(() => {
  vi.unstubAllEnvs();
  provide({});
  setClockOffset(0);
});

const ahead = () => businessNow().getTime() - Date.now();

/** What another process does when it moves the clock. */
const elsewhere = (offsetMs: number, notice: boolean) =>
  db().transaction(async (tx) => {
    await tx.execute(sql`
      insert into clock (offset_ms, moved_at) values (${offsetMs}, clock_timestamp())
      on conflict (id) do update set offset_ms = excluded.offset_ms, moved_at = excluded.moved_at`);
    if (notice) await tx.execute(sql`select pg_notify('parley_clock', '')`);
  });

test("a process starts at the time of the others and follows them, by notice and by poll", async () => {
  await elsewhere(days(3), false);
  const loop = await startClock();
  expect(Math.abs(ahead() - days(3))).toBeLessThan(20);
  await expect
    .poll(async () => elsewhere(days(5), true).then(() => Math.abs(ahead() - days(5))), { timeout: 900 })
    .toBeLessThan(20);
  await elsewhere(days(8), false);
  await expect.poll(() => Math.abs(ahead() - days(8)), { timeout: 3_000 }).toBeLessThan(20);
  await loop.stop();
});

test("a clock whose mover died on the way stands no longer than it was meant to", async () => {
  const loop = await startClock();
  await db().execute(
    sql`insert into clock (offset_ms, moved_at) values (${days(3) - 300}, clock_timestamp() + interval '300 milliseconds')`,
  );
  loop.kick();
  await expect.poll(ahead, { interval: 5 }).toBeGreaterThan(days(2));
  const stands = businessNow();
  await db().execute("select pg_sleep(0.02)");
  expect(businessNow()).toEqual(stands);
  await expect.poll(() => businessNow().getTime(), { timeout: 900 }).toBeGreaterThan(stands.getTime());
  expect(Math.abs(ahead() - days(3))).toBeLessThan(seconds(1));
  await loop.stop();
});

test("looks that overtake one another never take the clock back", async () => {
  const loop = await startClock();
  let reached = 0;
  for (let step = 0; step < 20; step += 1) {
    loop.kick();
    await moveClock(guestCtx(), { by: "+1 hour" });
    expect(ahead()).toBeGreaterThan(reached);
    reached = ahead();
  }
  expect(Math.abs(ahead() - hours(20))).toBeLessThan(seconds(2));
  await loop.stop();
});

test("the address moves the clock, says what time it is, and refuses by field", async () => {
  const served = await serve();
  const before = await ask(served);
  expect(before).toMatchObject({ status: 200, body: { offsetMs: 0, moving: false, due: [], goingTo: null } });

  const moved = await ask(served, { by: "+1 month" });
  expect(moved.status).toBe(200);
  expect(new Date(String(moved.body.now)).getTime()).toBeGreaterThan(Date.now() + days(27));

  expect(await ask(served, { by: "backwards" })).toMatchObject({ status: 400, body: { code: "invalid" } });
  expect(await ask(served, { to: "2020-01-01T00:00:00Z" })).toMatchObject({ status: 400, body: { code: "invalid" } });
  expect(await ask(served, {})).toMatchObject({ status: 400 });
  await served.close();
});

test("the address goes to what comes next of a kind, and refuses where there is none", async () => {
  const served = await serve();
  const at = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + days(9));
  expect(await ask(served, { next: "renewal" })).toMatchObject({
    ...{ status: 400, body: { code: "invalid", details: { fields: { next: "No subscription renews." } } } },
  });
  expect(await ask(served, { next: "easter" })).toMatchObject({ status: 400 });
  expect(await ask(served, { next: "renewal", by: "+1 day" })).toMatchObject({ status: 400 });

  addSource({
    name: "plans",
    nextDueAt: async () => null,
    drain: async () => undefined,
    landmarks: async () => ({ renewal: { at, what: "Starter for Noor" }, invoice: null, card_expiry: null }),
  });
  const named = { renewal: { at: at.toISOString(), what: "Starter for Noor" }, invoice: null, card_expiry: null };
  expect((await ask(served)).body.next).toEqual(named);
  const { status, body } = await ask(served, { next: "renewal" });
  expect(status).toBe(200);
  expect(new Date(String(body.now)).getTime() - at.getTime()).toBeLessThan(seconds(2));
  expect(new Date(String(body.now)).getTime()).toBeGreaterThanOrEqual(at.getTime());
  removeSource("plans");
  await served.close();
});

test("no page of another site reaches it through somebody's browser", async () => {
  const served = await serve();
  const from = (origin: string) =>
    fetch(`${served.url}/api/local/time`, {
      ...{ method: "POST", body: JSON.stringify({ by: "+1 day" }) },
      headers: { origin, "content-type": "application/x-www-form-urlencoded" },
    });
  expect((await from("https://elsewhere.example")).status).toBe(403);
  expect((await from("null")).status).toBe(403);
  expect(ahead()).toBeLessThan(hours(1));
  expect((await from("http://localhost:3000")).status).toBe(200);
  await served.close();
});

test("in production there is nothing at the address, on either mount, whatever is sent", async () => {
  const before = await serve();
  for (const [name, value] of Object.entries(PRODUCTION)) vi.stubEnv(name, value);
  provide({});
  const after = await serve();
  vi.stubEnv("ALLOWED_HOSTS", [before, after].map(({ url }) => new URL(url).host).join(","));
  provide({});
  const nowhere = await ask(after, undefined, "/api/local/nothing");
  const answers = await Promise.all(
    [before, after].flatMap((served) => [
      ask(served),
      ask(served, { by: "+1 month" }),
      ask(served, { by: "nonsense" }),
      ask(served, { next: "renewal" }),
    ]),
  );
  for (const { status, body } of answers) {
    expect(status).toBe(404);
    expect({ ...body, requestId: "" }).toEqual({ ...nowhere.body, requestId: "" });
  }
  expect(Math.abs(ahead())).toBeLessThan(20);
  expect(registry().routes.some(({ path }) => path.startsWith("/api/local"))).toBe(false);
  await Promise.all([before.close(), after.close()]);
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

async function ask(
  { url }: Served,
  move?: object,
  path = "/api/local/time",
): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await fetch(`${url}${path}`, {
    ...(move && { method: "POST", body: JSON.stringify(move), headers: { "content-type": "application/json" } }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }; // every answer of the API is an object
}
