import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { openPool, type Pool, pool } from "@/lib/db/client";
import { env } from "@/lib/env";
import { isOutage } from "@/lib/errors";
import { deferred } from "@/lib/testing/deferred";

vi.setConfig({ testTimeout: 30_000 });

beforeAll(() => pool().sql`create table if not exists marks (word text not null)`);
afterAll(() => pool().sql`drop table marks`);

function aPool(max: number): Pool {
  const opened = openPool(env().DATABASE_URL ?? "", max);
  onTestFinished(() => opened.close());
  return opened;
}

const cut = (pid: number) => pool().sql`select pg_terminate_backend(${pid})`;

const outcomeOf = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error) => (isOutage(error) ? "outage" : error),
  );

test("what a transaction says after its connection was lost is refused, and lands in no other transaction", async () => {
  const { sql } = aPool(1);
  const entered = deferred<number>();
  const othersRun = deferred<void>();
  const late = deferred<string>();
  const first = outcomeOf(
    sql.begin(async (tx) => {
      const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
      entered.resolve(row?.pid ?? 0);
      await othersRun.promise;
      late.resolve(await outcomeOf(tx`insert into marks values ('late')`));
    }),
  );
  await cut(await entered.promise);
  expect(await first).toBe("outage");

  await vi.waitFor(() => sql`select 1`, { timeout: 20_000 });
  await sql.begin(async (tx) => {
    await tx`insert into marks values ('other')`;
    othersRun.resolve(undefined);
    expect(await late.promise).toBe("outage");
    // The first one's end must not have ended this one.
    await wait(50);
    expect(await tx`select word from marks`).toEqual([{ word: "other" }]);
  });
  expect(await sql`select word from marks`).toEqual([{ word: "other" }]);
});

test("half an answer of a lost connection is not taken for part of the next answer", async () => {
  const { sql } = aPool(1);
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const half = outcomeOf(
    sql`select n, pg_sleep(case when n < 5000 then 0 else 20 end) from generate_series(1, 5000) as n`,
  );
  const isHalfWay = async () => {
    const [seen] = await pool()
      .sql`select 1 from pg_stat_activity where pid = ${row?.pid ?? 0} and wait_event = 'PgSleep'`;
    expect(seen).toBeDefined();
  };
  await vi.waitFor(isHalfWay, { timeout: 10_000, interval: 10 });
  await cut(row?.pid ?? 0);
  expect(await half).toBe("outage");
  expect([...(await sql`select 42 as answer`)]).toEqual([{ answer: 42 }]);
});

test("connections cut in the middle of transactions end no process, and every one of them comes back", async () => {
  const size = 6;
  const { sql } = aPool(size);
  const outcomes: unknown[] = [];
  let going = true;
  const caller = async () => {
    while (going) {
      const transaction = sql.begin(async (tx) => {
        const word = `many ${outcomes.length}`;
        await tx`insert into marks values (${word})`;
        expect([...(await tx`select word from marks where word = ${word}`)]).toContainEqual({ word });
      });
      outcomes.push(await outcomeOf(transaction));
    }
  };
  const callers = Array.from({ length: size }, caller);
  for (let round = 0; round < 100; round += 1) {
    await pool().sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle' limit 1`;
    await wait(10);
  }
  going = false;
  await Promise.all(callers);
  expect(new Set(outcomes)).toEqual(new Set(["done", "outage"]));

  const since = performance.now();
  await Promise.all(Array.from({ length: size }, () => sql`select pg_sleep(0.2)`));
  expect(performance.now() - since).toBeLessThan(3_000);
});
