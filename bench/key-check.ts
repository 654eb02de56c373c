import { resolve } from "node:path";
import { closePool } from "@/lib/db/client";
import { migrateDatabase } from "@/lib/db/migrate";
import { provide } from "@/lib/env";
import { mintSecret } from "@/lib/keys/secret";
import { verifyKey } from "@/lib/keys/verify";
import { register } from "@/lib/registration/register";
import { guestCtx } from "@/lib/testing/people";
import { startPostgres } from "../server/embedded-postgres/start";
import { fixed, range } from "./print";
import { figureOf } from "./rounds";

const CHECKS = 200_000;
const ROUNDS = 7;

/** The key check alone, in this process: held in memory, mistyped, and read from the database. */
export async function keyCheck(): Promise<void> {
  const postgres = await startPostgres({ dataDir: resolve(".data/bench/postgres"), database: "parley", durable: true });
  provide({
    DATABASE_URL: postgres.url,
    JWT_SECRET: "a-secret-for-the-bench-and-nothing-else",
    NEXTAUTH_SECRET: "another-secret-for-the-bench-and-no-more",
  });
  await migrateDatabase(postgres.url);
  const { apiKey } = await register(guestCtx(), {
    name: "Bench",
    email: `check-${Date.now()}@parley.example`,
    password: "a-bench-to-measure-on",
    label: "mk",
  });
  const { key } = apiKey;
  const mistyped = `${key.slice(0, -1)}${key.endsWith("0") ? "1" : "0"}`;

  console.log("\n    the key check alone");
  await sayMicros("held in memory", CHECKS, async () => void (await verifyKey(key)));
  await sayMicros("mistyped, no database", CHECKS, async () => void (await verifyKey(mistyped)));
  await sayMicros("unknown, asks the database", 300, async () => void (await verifyKey(mintSecret("mk").key)));
  await closePool();
  await postgres.stop();
}

/** Processor time where nothing is waited for, so that a busy machine does not bend it; else the time that passed. */
async function sayMicros(what: string, count: number, check: () => Promise<void>): Promise<void> {
  const rounds: number[] = [];
  const clock = count === CHECKS ? cpuMicros : () => performance.now() * 1_000;
  for (let round = 0; round <= ROUNDS; round += 1) {
    const startedAt = clock();
    for (let i = 0; i < count; i += 1) await check();
    if (round > 0) rounds.push((clock() - startedAt) / count);
  }
  const figure = figureOf(rounds);
  console.log(`    ${what.padEnd(27)}${fixed(figure.median).padStart(8)} µs   (${range(figure)})`);
}

function cpuMicros(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
