import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { join, resolve } from "node:path";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/ctx";
import { openPool } from "@/lib/db/client";
import { migrateDatabase } from "@/lib/db/migrate";
import { type Id, newId } from "@/lib/ids";
import { postTransfer } from "@/lib/ledger/post";
import { startPostgres } from "../server/embedded-postgres/start";
import { findPgbench, pgbench } from "./pgbench";
import { fixed, range } from "./print";
import { shareByPart } from "./profile";
import { figureOf } from "./rounds";

const ROUNDS = 5;
const SECONDS = 4;
const PROFILE_SECONDS = 8;
const CONNECTIONS = 16;
const SCALE = [1, 4, 16, 32];
export const WALLETS = 200;
const PROFILES = resolve(".data/bench/ledger-profile");

type Speed = { perSecond: number; cpuMicros: number };

/** Posting through the domain function beside pgbench with the same statement on the same server, in turns. */
export async function ledger(): Promise<void> {
  const postgres = await startPostgres({ dataDir: resolve(".data/bench/postgres"), database: "parley", durable: true });
  try {
    await migrateDatabase(postgres.url);
    await fill(postgres.url);
    await drive(postgres.url, { connections: CONNECTIONS, seconds: 2 });
    await compare(postgres.url);
    await reportScaling(postgres.url);
    await reportParts(postgres.url);
  } finally {
    await postgres.stop();
  }
}

/** Wallets with more than any run can spend, and the accounts that are paid from them. */
export async function fill(url: string): Promise<void> {
  const { db, close } = openPool(url, 1);
  await db.execute(sql`insert into accounts (id, name, kind)
    select 'account_bench' || i, 'Bench ' || i, 'personal' from generate_series(0, ${2 * WALLETS - 1}::integer) i on conflict do nothing`);
  for (let payer = 0; payer < WALLETS; payer += 1)
    await postTransfer(ctxOf(db), {
      cause: `bench:fill:${payer}`,
      kind: "wallet.topped_up",
      legs: [
        { pot: "stripe", amount: -1_000_000_000_000 },
        { account: accountAt(payer), pot: "wallet", amount: 1_000_000_000_000, lot: { kind: "paid" } },
      ],
    });
  await db.execute(sql`vacuum analyze`);
  await close();
}

export const accountAt = (place: number): Id<"account"> => `account_bench${place}`;

const ctxOf = (db: Ctx["db"]): Ctx => ({
  actor: { kind: "system", name: "bench" },
  db,
  now: new Date("2026-01-05T12:00:00.000Z"),
  origin: { requestId: newId("req"), ip: null, userAgent: null },
});

type Drive = { connections: number; seconds: number; isHot?: boolean };

/** Keeps so many connections busy with one posting each, and says how fast that went and what it cost this process. */
export async function drive(url: string, { connections, seconds, isHot = false }: Drive): Promise<Speed> {
  const { db, close } = openPool(url, connections);
  const ctx = ctxOf(db);
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  let posted = 0;
  const connection = async () => {
    while (performance.now() - startedAt < seconds * 1_000) {
      const payer = isHot ? 0 : Math.floor(Math.random() * WALLETS);
      await postTransfer(ctx, {
        cause: `bench:${newId("req")}`,
        kind: "gift.sent",
        spends: true,
        purpose: "gift",
        legs: [
          { account: accountAt(payer), pot: "wallet", amount: -5_000 },
          { account: accountAt(WALLETS + Math.floor(Math.random() * WALLETS)), pot: "earnings_pending", amount: 3_500 },
          { pot: "income_commission", amount: 1_500 },
        ],
      });
      posted += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, connection));
  const { user, system } = process.cpuUsage(cpu);
  const perSecond = posted / ((performance.now() - startedAt) / 1_000);
  await close();
  return { perSecond, cpuMicros: (user + system) / posted };
}

async function compare(url: string): Promise<void> {
  const program = findPgbench();
  if (!program) {
    const { perSecond, cpuMicros } = await drive(url, { connections: CONNECTIONS, seconds: SECONDS });
    console.log(`\n  pgbench is not on this machine (Debian: postgresql-15), so there is nothing to compare with.`);
    console.log(
      `    postTransfer${whole(perSecond).padStart(22)} transfers/s   ${whole(cpuMicros)} µs of this process each`,
    );
    return;
  }
  const bare: number[] = [];
  const ours: Speed[] = [];
  const theirs = () => pgbench({ program, url, connections: CONNECTIONS, seconds: SECONDS, wallets: WALLETS });
  const own = () => drive(url, { connections: CONNECTIONS, seconds: SECONDS });
  for (let round = 0; round < ROUNDS; round += 1) {
    // There and back again, so that a machine that slows down slows both alike.
    const first = [await theirs(), await own()] as const;
    const second = [await own(), await theirs()] as const;
    bare.push((first[0] + second[1]) / 2);
    ours.push({
      perSecond: (first[1].perSecond + second[0].perSecond) / 2,
      cpuMicros: (first[1].cpuMicros + second[0].cpuMicros) / 2,
    });
  }
  const ratio = figureOf(ours.map(({ perSecond }, round) => perSecond / (bare[round] ?? Number.NaN)));
  console.log(
    `\n  a gift of three legs out of a lot, ${CONNECTIONS} connections, ${ROUNDS} rounds there and back, durable`,
  );
  console.log(`    pgbench, the same statement${whole(figureOf(bare).median).padStart(9)} transfers/s`);
  console.log(
    `    postTransfer               ${whole(figureOf(ours.map(({ perSecond }) => perSecond)).median).padStart(9)} transfers/s   ${whole(figureOf(ours.map(({ cpuMicros }) => cpuMicros)).median)} µs of this process each`,
  );
  console.log(`    postTransfer / pgbench     ${fixed(ratio.median).padStart(9)}   (${range(ratio)})   aim 0.8`);
}

async function reportScaling(url: string): Promise<void> {
  console.log("\n    connections        transfers/s");
  for (const connections of SCALE) {
    const { perSecond } = await drive(url, { connections, seconds: SECONDS });
    console.log(`    ${String(connections).padEnd(19)}${whole(perSecond).padStart(11)}`);
  }
  const hot = await drive(url, { connections: CONNECTIONS, seconds: SECONDS, isHot: true });
  console.log(`    ${`${CONNECTIONS}, one wallet`.padEnd(19)}${whole(hot.perSecond).padStart(11)}`);
}

/** What of this process's time a posting goes into. */
async function reportParts(url: string): Promise<void> {
  rmSync(PROFILES, { recursive: true, force: true });
  mkdirSync(PROFILES, { recursive: true });
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.start");
  const { cpuMicros } = await drive(url, { connections: CONNECTIONS, seconds: PROFILE_SECONDS });
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();
  writeFileSync(join(PROFILES, "ledger.cpuprofile"), JSON.stringify(profile));
  console.log(`\n    where the ${whole(cpuMicros)} µs of this process go; the rest of a transfer is PostgreSQL's`);
  for (const { part, share } of shareByPart(PROFILES))
    console.log(`    ${part.padEnd(27)}${Math.round(share * 100)} %`);
}

const whole = (value: number): string => Math.round(value).toLocaleString("en");
