// needs: processes
import { connect, createServer, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import postgres from "postgres";
import { expect, onTestFinished, test, vi } from "vitest";
import { startPostgres } from "./embedded-postgres/start";
import { bearer, keyIn, post, registerAt, type Said, statusOfKey, statusOfLogin, tryMakeKey } from "./testing/callers";
import {
  databaseUrlOf,
  newDataDir,
  parentOf,
  postmasterOf,
  processesOf,
  signal,
  startServer,
} from "./testing/processes";

vi.setConfig({ testTimeout: 120_000 });

const BACK_MS = 5_000;
const ANSWER_LIMIT_MS = 10_000;
const CUTS = 25;

const readyz = async (url: string) => (await fetch(`${url}/readyz`)).status;
const livez = async (url: string) => (await fetch(`${url}/livez`)).status;

/** What everybody hears while the database is out of reach: come back, and nothing of the inside. */
function expectNotNow({ status, body, retryAfter }: Said): void {
  expect(status).toBe(503);
  expect(body).toMatchObject({ code: "unavailable", error: expect.stringMatching(/^[A-Z][\w' .]+\.$/) });
  expect(Object.keys(body).sort()).toEqual(["code", "error", "requestId"]);
  expect(Number(retryAfter)).toBeGreaterThan(0);
}

test(`of requests while ${CUTS} of the database's connections are cut at random, each is done or told to come back`, async () => {
  const dataDir = newDataDir();
  const { url } = await startServer(dataDir);
  const people = await Promise.all([1, 2, 3, 4].map(() => registerAt(url)));
  const said: Said[] = [];
  const readings: number[] = [];
  let going = true;
  const callers = people.flatMap(({ token }) => [
    (async () => {
      for (let made = 0; going && made < 90; made += 1) said.push(await tryMakeKey(url, token));
    })(),
    (async () => {
      while (going) readings.push(await statusOfLogin(url, token));
    })(),
  ]);

  const sql = postgres(databaseUrlOf(dataDir), { max: 1 });
  onTestFinished(() => sql.end({ timeout: 1 }));
  for (let cut = 0; cut < CUTS; cut += 1) {
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = 'parley' and application_name = 'parley' order by random() limit 1`;
    await wait(200);
  }
  going = false;
  await Promise.all(callers);

  for (const answer of said) if (answer.status !== 201) expectNotNow(answer);
  const all = [...said.map(({ status }) => status), ...readings];
  expect(new Set(all.filter((status) => ![200, 201, 503].includes(status)))).toEqual(new Set());
  expect(all.filter((status) => status === 503).length).toBeLessThan(all.length * 0.05);

  const made = said.filter(({ status }) => status === 201).map(({ body }) => keyIn(body).id);
  const kept = new Set((await sql<{ id: string }[]>`select id from keys`).map(({ id }) => id));
  expect(made.filter((id) => !kept.has(id))).toEqual([]);
  expect(await readyz(url)).toBe(200);
});

test("while the database says nothing the server lives, is not ready and answers in time, and then it goes on", async () => {
  const dataDir = newDataDir();
  const { url, pid } = await startServer(dataDir);
  const { token, key } = await registerAt(url);
  const postmaster = postmasterOf(dataDir);
  const database = processesOf(dataDir).filter((each) => each === postmaster || parentOf(each) === postmaster);
  expect(database).not.toContain(pid);

  for (const each of database) signal(each, "SIGSTOP");
  expect(await readyz(url)).toBe(503);
  expect(await livez(url)).toBe(200);
  const since = performance.now();
  const answers = await Promise.all([
    tryMakeKey(url, token),
    post(`${url}/api/auth/login`, { email: "a@b.example", password: "x" }),
  ]);
  expect(performance.now() - since).toBeLessThan(ANSWER_LIMIT_MS);
  for (const answer of answers) expectNotNow(answer);

  for (const each of database) signal(each, "SIGCONT");
  await vi.waitFor(async () => expect(await readyz(url)).toBe(200), { timeout: BACK_MS });
  expect(await statusOfKey(url, key)).toBe(200);
  expect((await tryMakeKey(url, token)).status).toBe(201);
});

test("while the database is out of reach every answer says so at once, a repeat under the same key included, and then it goes on", async () => {
  const dataDir = newDataDir();
  const line = await openLine(dataDir);
  const { url } = await startServer(dataDir, { DATABASE_URL: line.url });
  const { token } = await registerAt(url);
  const once = () =>
    post(`${url}/api/keys`, { name: "Once" }, { ...bearer(token), "idempotency-key": "one-and-the-same" });

  await line.cut();
  await vi.waitFor(async () => expect(await readyz(url)).toBe(503), { timeout: 1_000 });
  expect(await livez(url)).toBe(200);
  for (let count = 0; count < 10; count += 1) {
    const since = performance.now();
    expectNotNow(await once());
    expect(performance.now() - since).toBeLessThan(2_000);
  }

  await line.mend();
  await vi.waitFor(async () => expect(await readyz(url)).toBe(200), { timeout: BACK_MS });
  const made = await once();
  expect(made.status).toBe(201);
  expect((await once()).body).toEqual(made.body);
});

/** A database, and a line to it that can be cut. */
async function openLine(dataDir: string) {
  const database = await startPostgres({ dataDir: `${dataDir}/elsewhere`, database: "parley", durable: false });
  onTestFinished(() => database.stop());
  const target = new URL(database.url);
  const databasePort = Number(target.port);
  const ends = new Set<Socket>();
  const relay = createServer((near) => {
    const far = connect(databasePort, "127.0.0.1");
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(end);
      end.once("close", () => ends.delete(end) && other.destroy());
      end.on("error", () => end.destroy());
      end.pipe(other);
    }
  });
  const listen = (port: number) => new Promise<void>((open) => relay.listen(port, "127.0.0.1", open));
  await listen(0);
  const address = relay.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const cut = async () => {
    const closed = new Promise((done) => relay.close(done));
    for (const end of ends) end.destroy();
    await closed;
  };
  onTestFinished(async () => void (relay.listening && (await cut())));
  target.port = String(port);
  return { url: target.href, cut, mend: () => listen(port) };
}
