// needs: processes
import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { closePool, db } from "@/lib/db/client";
import { migrateDatabase } from "@/lib/db/migrate";
import { accounts } from "@/lib/db/schema";
import { provide } from "@/lib/env";
import { type Id, newId } from "@/lib/ids";
import { brokenPromises } from "@/lib/testing/books";
import { systemCtx, topUp } from "@/lib/testing/money";
import { plainEnv } from "./embedded-postgres/account";
import { type EmbeddedPostgres, startPostgres } from "./embedded-postgres/start";
import { post, type Said } from "./testing/callers";
import { programOf } from "./testing/programs";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

const FULL = process.env.PARLEY_TEST === "full";
const R1 = FULL ? { balance: 1_000, debits: 2_000 } : { balance: 250, debits: 500 };
const R2 = FULL ? { wallets: 50, debits: 200 } : { wallets: 50, debits: 20 };
const R3 = FULL ? { seconds: 60, killEvery: 5 } : { seconds: 10, killEvery: 3 };
const CONNECTIONS = 64;

const dataDir = mkdtempSync(join(tmpdir(), "parley-books-"));
let server: EmbeddedPostgres;
let tills: Till[];

type Till = { url: string; child: ChildProcess };

beforeAll(async () => {
  server = await startPostgres({ dataDir, database: "parley", durable: true });
  provide({ DATABASE_URL: server.url });
  await migrateDatabase(server.url);
  tills = await Promise.all([openTill(), openTill()]);
});
afterAll(async () => {
  for (const { child } of tills) child.kill("SIGKILL");
  await closePool();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

async function openTill(): Promise<Till> {
  const child = spawn(process.execPath, [programOf("till")], {
    cwd: resolve(import.meta.dirname, ".."),
    env: {
      ...plainEnv,
      PARLEY_MODE: "local",
      DATABASE_URL: server.url,
      PARLEY_DATA: dataDir,
      RATE_LIMIT_ANONYMOUS: "10000000",
      LOG_LEVEL: "silent",
      LOG_FILE: "",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  const url = await new Promise<string>((ready, failed) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const found = /ready at (\S+)/.exec(said)?.[1];
      if (found) ready(found);
    });
    child.once("exit", () => failed(new Error(`The till ended: ${said}`)));
  });
  return { url, child };
}

/** New accounts with so much in each wallet. */
async function wallets(count: number, balance: number): Promise<Id<"account">[]> {
  const ids = Array.from({ length: count }, () => newId("account"));
  await db()
    .insert(accounts)
    .values(ids.map((id) => ({ id, name: id, kind: "personal" as const })));
  // Topped up in whole cents and spent down to what is wanted, because no card takes less.
  for (const accountId of ids) {
    await topUp({ accountId, ctx: systemCtx() }, Math.ceil(balance / 10_000) * 10_000);
    const surplus = Math.ceil(balance / 10_000) * 10_000 - balance;
    if (surplus > 0) await spend(accountId, surplus, newId("req"), 0);
  }
  return ids;
}

const spend = (account: string, amount: number, cause: string, at: number): Promise<Said> =>
  post(`${tills[at % tills.length]?.url}/api/till/spend`, { account, amount, cause });

async function inParallel<T>(work: readonly (() => Promise<T>)[]): Promise<T[]> {
  const waiting = [...work];
  const done: T[] = [];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) done.push(await next());
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  return done;
}

function tally(answers: readonly Said[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

const balanceOf = async (accountId: string): Promise<number | undefined> => {
  const [row] = await db().execute<{ balance: number }>(
    sql`select balance::float8 as balance from pots where account_id = ${accountId} and kind = 'wallet'`,
  );
  return row?.balance;
};

test(`R1: of ${R1.debits} debits of 1 on a balance of ${R1.balance}, over ${CONNECTIONS} connections to two processes, exactly ${R1.balance} succeed`, async () => {
  const [account = ""] = await wallets(1, R1.balance);
  const startedAt = performance.now();
  const answers = await inParallel(
    Array.from({ length: R1.debits }, (_, place) => () => spend(account, 1, newId("req"), place)),
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  process.stdout.write(`    R1: ${R1.debits} debits in ${seconds.toFixed(1)} s\n`);
  expect(tally(answers)).toEqual({ 200: R1.balance, 402: R1.debits - R1.balance });
  expect(await balanceOf(account)).toBe(0);
  expect(seconds).toBeLessThan(10);
  expect(await brokenPromises()).toEqual([]);
});

test(`R2: ${R2.wallets} wallets with ${R2.debits} random debits each, and payments between them, never deadlock and never go below zero`, async () => {
  const ids = await wallets(R2.wallets, R2.debits * 20);
  const debits = ids.flatMap((account) =>
    Array.from({ length: R2.debits }, (_, place) => () => spend(account, randomInt(1, 51), newId("req"), place)),
  );
  const moves = Array.from({ length: debits.length / 2 }, (_, place) => () => {
    const [from, to] = shuffled(ids);
    const moved = { from, to, amount: randomInt(1, 51), cause: newId("req") };
    return post(`${tills[place % 2]?.url}/api/till/move`, moved);
  });
  const startedAt = performance.now();
  const answers = await inParallel(shuffled([...debits, ...moves]));
  const counts = tally(answers);
  const seconds = (performance.now() - startedAt) / 1_000;
  process.stdout.write(`    R2: ${answers.length} in ${seconds.toFixed(1)} s, ${JSON.stringify(counts)}\n`);
  expect(Object.keys(counts).filter((status) => !["200", "402"].includes(status))).toEqual([]);
  expect(counts[402]).toBeGreaterThan(0);
  for (const id of ids) expect(await balanceOf(id)).toBeGreaterThanOrEqual(0);
  expect(await brokenPromises()).toEqual([]);
});

function shuffled<T>(list: readonly T[]): T[] {
  const mixed = [...list];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [mixed[last], mixed[other]] = [mixed[other] as T, mixed[last] as T]; // both places are inside
  }
  return mixed;
}

test(`R3: while processes are killed every ${R3.killEvery} s for ${R3.seconds} s, every reading of 20 accounts has one total, and what was acknowledged is there once`, async () => {
  const ids = await wallets(20, 1_000_000);
  const total = await readTotal(0);
  const acknowledged: string[] = [];
  const totals = new Set<number>();
  let going = true;
  let broken = 0;

  const payer = async (turn: number) => {
    while (going) {
      const [from, to] = shuffled(ids);
      const moved = { from, to, amount: randomInt(1, 5_000), cause: newId("req") };
      for (let at = turn; going; at += 1) {
        const said = await post(`${tills[at % 2]?.url}/api/till/move`, moved).catch(() => undefined);
        if (said?.status === 200) acknowledged.push(`till:${moved.cause}`);
        if (said && [200, 402].includes(said.status)) break;
        // Whoever hears nothing asks again, for the same cause and the same amount.
        if (!said) broken += 1;
        await wait(10);
      }
    }
  };
  const reader = async (turn: number) => {
    while (going) {
      const read = await readTotal(turn).catch(() => undefined);
      if (read !== undefined) totals.add(read);
      await wait(20);
    }
  };
  const people = [...Array.from({ length: 16 }, (_, turn) => payer(turn)), reader(0), reader(1)];
  const kills = await nemesis();
  going = false;
  await Promise.all(people);

  process.stdout.write(`    R3: ${kills} kills, ${acknowledged.length} acknowledged, ${broken} unheard\n`);
  expect([...totals]).toEqual([total]);
  const [found] = await db().execute<{ count: number }>(
    sql`select count(*)::int as count from transfers where cause in (select jsonb_array_elements_text(${JSON.stringify(acknowledged)}::jsonb))`,
  );
  expect(found?.count).toBe(new Set(acknowledged).size);
  expect(acknowledged.length).toBe(new Set(acknowledged).size);
  expect(acknowledged.length).toBeGreaterThan(100);
  expect(broken).toBeGreaterThan(0);
  expect(await brokenPromises()).toEqual([]);
});

async function readTotal(at: number): Promise<number> {
  const answer = await fetch(`${tills[at % 2]?.url}/api/till/total`);
  const { total } = (await answer.json()) as { total: number }; // its declared output
  return total;
}

/** Kills one process after the other, without a word, and starts another in its place. */
async function nemesis(): Promise<number> {
  const endsAt = performance.now() + R3.seconds * 1_000;
  let kills = 0;
  while (performance.now() < endsAt || kills < 2) {
    await wait(R3.killEvery * 1_000);
    const victim = kills % 2;
    tills[victim]?.child.kill("SIGKILL");
    tills[victim] = await openTill();
    kills += 1;
  }
  return kills;
}
