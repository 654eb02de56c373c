// needs: processes
import { randomInt, randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import postgres from "postgres";
import { expect, test, vi } from "vitest";
import { keyIn, type MadeKey, registeredIn, statusOfKey, tryMakeKey, tryRegister } from "./testing/callers";
import { databaseUrlOf, newDataDir, postmasterOf, type Serving, signal, startServer } from "./testing/processes";

const ROUNDS = process.env.PARLEY_TEST === "full" ? 20 : 3;
const VICTIMS = ["server", "database", "both"] as const;
const LONGEST_WAIT_MS = 800;
const RECOVERY_MS = 10_000;
const KEYS_EACH = 5;

/** What the writers were told is done. */
type Acknowledged = { emails: string[]; keys: MadeKey[] };

test(`of ${ROUNDS} kills at random moments, of the server, of PostgreSQL and of both, none loses an acknowledged write`, {
  timeout: ROUNDS * 60_000,
}, async () => {
  const dataDir = newDataDir();
  const told: Acknowledged = { emails: [], keys: [] };
  let server = await startServer(dataDir);

  for (let round = 0; round < ROUNDS; round += 1) {
    const victim = VICTIMS[round % VICTIMS.length] ?? "both";
    const writers = startWriters(server, told);
    await writers.progress(2);
    const delayMs = randomInt(LONGEST_WAIT_MS);
    await wait(delayMs);

    const postmaster = postmasterOf(dataDir);
    if (victim !== "server") signal(postmaster, "SIGKILL");
    if (victim === "database") {
      await recovered(server, dataDir, postmaster);
      await writers.progress(2);
    } else {
      server.child.kill("SIGKILL");
    }
    await writers.stop();
    if (victim !== "database") {
      await server.ended;
      server = await startServer(dataDir);
    }
    const where = `round ${round + 1}, ${victim} killed after ${delayMs} ms`;
    expect(writers.unexpected(victim), where).toEqual([]);
    expect(await missing(dataDir, told), where).toEqual({ emails: [], keys: [] });
    for (const { key } of told.keys.slice(-5)) expect(await statusOfKey(server.url, key), where).toBe(200);
  }
  expect(told.keys.length).toBeGreaterThan(ROUNDS);
});

async function recovered({ url }: Serving, dataDir: string, killed: number): Promise<void> {
  await vi.waitFor(
    async () => {
      expect([0, killed]).not.toContain(postmasterOf(dataDir));
      expect((await fetch(`${url}/readyz`)).status).toBe(200);
    },
    { timeout: RECOVERY_MS, interval: 20 },
  );
}

/** People who register and make keys until they are stopped; what breaks under them they try again. */
function startWriters({ url }: Serving, told: Acknowledged) {
  const answers: number[] = [];
  let broken = 0;
  let done = 0;
  let going = true;
  const attempt = async <T extends { status: number }>(call: () => Promise<T>): Promise<T | undefined> => {
    try {
      const said = await call();
      answers.push(said.status);
      if (said.status === 201) done += 1;
      else await wait(20);
      return said;
    } catch {
      broken += 1;
      await wait(20);
      return undefined;
    }
  };
  const writer = async () => {
    while (going) {
      const email = `robin-${randomUUID()}@parley.example`;
      const registered = await attempt(() => tryRegister(url, email));
      if (registered?.status !== 201) continue;
      told.emails.push(email);
      const { token } = registeredIn(email, registered.body);
      for (let count = 0; going && count < KEYS_EACH; count += 1) {
        const made = await attempt(() => tryMakeKey(url, token));
        if (made?.status === 201) told.keys.push(keyIn(made.body));
      }
    }
  };
  const all = Promise.all([writer(), writer(), writer()]);
  return {
    /** Waits until so many more writes were acknowledged. */
    progress: (count: number) => {
      const goal = done + count;
      return vi.waitFor(() => expect(done).toBeGreaterThanOrEqual(goal), { timeout: RECOVERY_MS, interval: 10 });
    },
    stop: async () => {
      going = false;
      await all;
    },
    /** While the server lives, every request gets an answer, and it is either yes or not now. */
    unexpected: (victim: (typeof VICTIMS)[number]) => [
      ...answers.filter((status) => status !== 201 && status !== 503),
      ...(victim === "database" && broken > 0 ? [`${broken} without an answer`] : []),
    ],
  };
}

async function missing(dataDir: string, { emails, keys }: Acknowledged): Promise<Acknowledged> {
  const sql = postgres(databaseUrlOf(dataDir), { max: 1 });
  try {
    const people = new Set((await sql<{ email: string }[]>`select email from users`).map(({ email }) => email));
    const ids = new Set((await sql<{ id: string }[]>`select id from keys`).map(({ id }) => id));
    return { emails: emails.filter((email) => !people.has(email)), keys: keys.filter(({ id }) => !ids.has(id)) };
  } finally {
    await sql.end();
  }
}
