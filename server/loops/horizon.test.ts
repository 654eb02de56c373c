// needs: processes
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { closePool, pool } from "@/lib/db/client";
import { provide } from "@/lib/env";
import { findPostmaster } from "../embedded-postgres/pid-file";
import { type EmbeddedPostgres, startPostgres } from "../embedded-postgres/start";
import { type From, tail } from "./horizon";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

type Row = { id: number; transactionId: string; word: string };

const dataDir = mkdtempSync(join(tmpdir(), "parley-horizon-"));
const postmaster = () => findPostmaster(join(dataDir, "cluster"))?.pid ?? 0;
let server: EmbeddedPostgres;

beforeAll(async () => {
  server = await startPostgres({ dataDir, database: "parley", durable: true });
  provide({ DATABASE_URL: server.url });
  await pool()
    .sql`create table words (id bigserial primary key, transaction_id xid8 not null default pg_current_xact_id(),
    at timestamptz not null default now(), word text not null)`;
});
beforeEach(() => pool().sql`truncate words`);
afterAll(async () => {
  await closePool();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const say = (word: string) => pool().sql`insert into words (word) values (${word})`;

const writtenFrom = ({ xmin, orSince }: From) => pool().sql<Row[]>`
  select id::int, transaction_id::text as "transactionId", word from words
  where transaction_id >= ${xmin}::text::xid8 or at >= ${orSince ?? null}::text::timestamptz order by id`;

async function listening() {
  const heard: string[] = [];
  const look = await tail(writtenFrom, ({ word }) => void heard.push(word));
  return { heard, look };
}

test("hears a row as soon as it commits, and once, while an older transaction stays open", async () => {
  const { heard, look } = await listening();
  await pool().sql.begin(async (slow) => {
    await slow`insert into words (word) values ('slow')`;
    await say("quick");
    await look();
    await look();
    expect(heard).toEqual(["quick"]);
  });
  await say("later");
  await look();
  await look();
  expect(heard).toEqual(["quick", "slow", "later"]);
});

test("hands a row on again when it could not be carried out", async () => {
  const heard: string[] = [];
  let broken = true;
  const look = await tail(writtenFrom, ({ word }) => {
    if (broken) throw new Error("not now");
    heard.push(word);
  });
  await say("once");
  await expect(look()).rejects.toThrow("not now");
  broken = false;
  await look();
  await look();
  expect(heard).toEqual(["once"]);
});

test("misses nothing when a killed server gives out numbers of transactions again", async () => {
  const { heard, look } = await listening();
  const [writer] = await pool().sql<
    { pid: number }[]
  >`select pid from pg_stat_activity where backend_type = 'walwriter'`;
  if (!writer) throw new Error("This server has no WAL writer");
  process.kill(writer.pid, "SIGSTOP");
  await useUpNumbers();
  await look();
  const before = await nextNumber();

  const killed = postmaster();
  for (const pid of [killed, writer.pid]) process.kill(pid, "SIGKILL");
  await vi.waitFor(() => expect([0, killed]).not.toContain(postmaster()), { timeout: 15_000 });
  await vi.waitFor(() => say("after the kill"), { timeout: 15_000 });
  expect(await nextNumber()).toBeLessThan(before);

  await look();
  await look();
  expect(heard).toEqual(["after the kill"]);
});

/** Transactions that come to nothing, so that nobody waits for them to be written down. */
async function useUpNumbers(): Promise<void> {
  const undone = pool().sql.begin(async (doomed) => {
    for (let count = 0; count < 100; count += 1) {
      await doomed.savepoint((inner) => inner`insert into words (word) values ('never')`);
    }
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
}

async function nextNumber(): Promise<number> {
  const [row] = await pool().sql<{ next: string }[]>`select pg_snapshot_xmax(pg_current_snapshot())::text as next`;
  return Number(row?.next);
}
