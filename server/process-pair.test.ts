// needs: processes
import { readFileSync } from "node:fs";
import postgres from "postgres";
import { io, type Socket } from "socket.io-client";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { ask, bearer, makeKeyAt, post, registerAt, statusOfKey, statusOfLogin } from "./testing/callers";
import {
  databaseUrlOf,
  makeDataDir,
  newDataDir,
  postmasterOf,
  removeDataDir,
  type Serving,
  startServer,
} from "./testing/processes";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const KEY_LIMIT_MS = 1_000;
const LOGIN_LIMIT_MS = 5_000;

function connectTo(dataDir: string): postgres.Sql {
  const sql = postgres(databaseUrlOf(dataDir), { max: 1, onnotice: () => undefined });
  onTestFinished(() => sql.end({ timeout: 1 }));
  return sql;
}

/** How long it took until something held, from now on. */
async function timeUntil(holds: () => Promise<boolean>, limitMs: number): Promise<number> {
  const since = performance.now();
  await vi.waitFor(async () => expect(await holds()).toBe(true), { timeout: limitMs * 3, interval: 10 });
  return performance.now() - since;
}

test("two processes that start at once on an empty folder migrate it once, fill it once and serve both", async () => {
  const dataDir = newDataDir();
  const pair = await Promise.all([1, 2].map(() => startServer(dataDir, { SEED_DEMO: "true" })));
  const [one, other] = pair as [Serving, Serving]; // two were started

  const person = await registerAt(one.url);
  expect(await statusOfKey(other.url, person.key)).toBe(200);
  expect(await statusOfLogin(other.url, person.token)).toBe(200);
  for (const { output } of pair) expect(output()).toContain("noor@lantern.example");

  const sql = connectTo(dataDir);
  const { entries } = JSON.parse(readFileSync("drizzle/meta/_journal.json", "utf8")) as { entries: unknown[] };
  expect(await sql`select count(*)::int as count from drizzle.__drizzle_migrations`).toEqual([
    { count: entries.length },
  ]);
  expect(await sql`select count(*)::int as count from accounts where name = 'Lantern'`).toEqual([{ count: 1 }]);
  expect(await sql`select count(*)::int as count from users where email like '%@lantern.example'`).toEqual([
    { count: 2 },
  ]);
});

describe.each([
  { how: "by notice and by poll", mute: false },
  { how: "by poll alone, where notices are lost", mute: true },
])("on another process, $how,", ({ mute }) => {
  const dataDir = makeDataDir();
  let one: Serving;
  let other: Serving;
  let heard = 0;
  let listener: postgres.Sql;

  beforeAll(async () => {
    [one, other] = await Promise.all([startServer(dataDir), startServer(dataDir)]);
    listener = postgres(databaseUrlOf(dataDir), { max: 1, onnotice: () => undefined });
    if (mute) await loseNotices();
    await listener.listen("parley_revocations", () => {
      heard += 1;
    });
  });
  afterAll(async () => {
    await listener.end({ timeout: 1 });
    await removeDataDir(dataDir);
  });

  /** Our own function of that name stands before PostgreSQL's in every connection from here on. */
  async function loseNotices(): Promise<void> {
    await listener`create function public.pg_notify(text, text) returns void language sql as ''`;
    await listener`alter database parley set search_path = public, pg_catalog`;
    await listener`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'parley'`;
    for (const { url } of [one, other])
      await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), { timeout: 10_000 });
  }

  test("a revoked key is refused within a second", async () => {
    const { token } = await registerAt(one.url);
    const { id, key } = await makeKeyAt(one.url, token);
    expect(await statusOfKey(other.url, key)).toBe(200);
    const before = heard;

    expect((await ask(`${one.url}/api/keys/${id}`, { method: "DELETE", headers: bearer(token) })).status).toBe(200);
    expect(await statusOfKey(one.url, key)).toBe(401);
    const took = await timeUntil(async () => (await statusOfKey(other.url, key)) === 401, KEY_LIMIT_MS);
    expect(took).toBeLessThan(KEY_LIMIT_MS);
    expect(heard > before).toBe(!mute);
  });

  test("it is refused within a second even while an older transaction stays open", async () => {
    const { token } = await registerAt(one.url);
    const { id, key } = await makeKeyAt(one.url, token);
    expect(await statusOfKey(other.url, key)).toBe(200);
    const sql = connectTo(dataDir);
    await sql.begin(async (open) => {
      await open`select pg_current_xact_id()`;
      await ask(`${one.url}/api/keys/${id}`, { method: "DELETE", headers: bearer(token) });
      const took = await timeUntil(async () => (await statusOfKey(other.url, key)) === 401, KEY_LIMIT_MS);
      expect(took).toBeLessThan(KEY_LIMIT_MS);
    });
  });

  test("a login that signed out is refused within five seconds, and so is its open socket", async () => {
    const { token } = await registerAt(one.url);
    expect(await statusOfLogin(other.url, token)).toBe(200);
    const socket = await openSocket(other.url, { token });
    const news: string[] = [];
    socket.on("login:ended", () => news.push("login:ended"));

    expect((await post(`${one.url}/api/auth/logout`, {}, bearer(token))).status).toBe(200);
    const [login, line] = await Promise.all([
      timeUntil(async () => (await statusOfLogin(other.url, token)) === 401, LOGIN_LIMIT_MS),
      timeUntil(async () => !socket.connected, LOGIN_LIMIT_MS),
    ]);
    expect(login).toBeLessThan(LOGIN_LIMIT_MS);
    expect(line).toBeLessThan(LOGIN_LIMIT_MS);
    expect(news).toEqual(["login:ended"]);
  });

  test("the socket of a revoked key is cut within five seconds", async () => {
    const { token } = await registerAt(one.url);
    const { id, key } = await makeKeyAt(one.url, token);
    const socket = await openSocket(other.url, { apiKey: key });
    await ask(`${one.url}/api/keys/${id}`, { method: "DELETE", headers: bearer(token) });
    expect(await timeUntil(async () => !socket.connected, LOGIN_LIMIT_MS)).toBeLessThan(LOGIN_LIMIT_MS);
  });

  if (mute)
    test("a database that was killed meanwhile makes no difference", async () => {
      const { token } = await registerAt(one.url);
      const { id, key } = await makeKeyAt(one.url, token);
      expect(await statusOfKey(other.url, key)).toBe(200);
      const killed = postmasterOf(dataDir);
      process.kill(killed, "SIGKILL");
      await vi.waitFor(
        async () =>
          expect((await ask(`${one.url}/api/keys/${id}`, { method: "DELETE", headers: bearer(token) })).status).toBe(
            200,
          ),
        { timeout: 20_000 },
      );
      const took = await timeUntil(async () => (await statusOfKey(other.url, key)) === 401, KEY_LIMIT_MS);
      expect(took).toBeLessThan(KEY_LIMIT_MS);
      expect(postmasterOf(dataDir)).not.toBe(killed);
    });
});

async function openSocket(url: string, auth: Record<string, string>): Promise<Socket> {
  const socket = io(url, { auth, transports: ["websocket"], reconnection: false, forceNew: true });
  onTestFinished(() => void socket.disconnect());
  await new Promise<void>((connected, failed) => {
    socket.once("connect", connected);
    socket.once("connect_error", failed);
  });
  return socket;
}
