import { Agent, request } from "node:http";
import { resolve } from "node:path";
import { closePool } from "@/lib/db/client";
import { migrateDatabase } from "@/lib/db/migrate";
import { provide } from "@/lib/env";
import { newId } from "@/lib/ids";
import { register } from "@/lib/registration/register";
import { guestCtx } from "@/lib/testing/people";
import { startPostgres } from "../server/embedded-postgres/start";
import { accountAt, drive, fill, WALLETS } from "./ledger";
import { findPgbench, pgbench } from "./pgbench";
import { fixed, range } from "./print";
import { figureOf } from "./rounds";
import { type Subject, startSubject } from "./subjects";

const ROUNDS = 5;
const SECONDS = 4;
const CONNECTIONS = 16;
const SECRETS = {
  JWT_SECRET: "a-secret-for-the-bench-and-nothing-else",
  NEXTAUTH_SECRET: "another-secret-for-the-bench-and-no-more",
};

/** A charge over HTTP with its idempotency record, beside the ledger alone and beside pgbench, on one server in turns. */
export async function charge(): Promise<void> {
  const postgres = await startPostgres({ dataDir: resolve(".data/bench/postgres"), database: "parley", durable: true });
  provide({ DATABASE_URL: postgres.url, ...SECRETS });
  await migrateDatabase(postgres.url);
  await fill(postgres.url);
  const key = await aKey();
  const server = await startSubject("a charge", ["--import", "tsx", "bench/charge-server.ts"], {
    ...{ NODE_ENV: "production", PARLEY_MODE: "local", DATABASE_URL: postgres.url, ...SECRETS },
    ...{ PARLEY_DATA: resolve(".data/bench"), DATABASE_POOL: String(CONNECTIONS), LOG_LEVEL: "silent" },
    RATE_LIMIT_AUTHENTICATED: "10000000",
  });
  try {
    await overHttp(server, key, 2);
    await compare(postgres.url, () => overHttp(server, key, SECONDS));
  } finally {
    await server.stop();
    await closePool();
    await postgres.stop();
  }
}

async function aKey(): Promise<string> {
  const { apiKey } = await register(guestCtx(), {
    name: "Bench",
    email: `charge-${Date.now()}@parley.example`,
    password: "a-bench-to-measure-on",
    label: "mk",
  });
  return apiKey.key;
}

/** Charges a second of so many connections with one request each. */
async function overHttp({ port }: Subject, key: string, seconds: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const startedAt = performance.now();
  let done = 0;
  const connection = async () => {
    while (performance.now() - startedAt < seconds * 1_000) {
      await chargeOnce({ agent, port, key });
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  agent.destroy();
  return done / ((performance.now() - startedAt) / 1_000);
}

const anyOf = (first: number) => accountAt(first + Math.floor(Math.random() * WALLETS));

function chargeOnce({ agent, port, key }: { agent: Agent; port: number; key: string }): Promise<void> {
  const cause = newId("req");
  const body = JSON.stringify({ from: anyOf(0), to: anyOf(WALLETS), cause });
  const headers = {
    ...{ "content-type": "application/json", "content-length": Buffer.byteLength(body) },
    ...{ "x-api-key": key, "idempotency-key": cause },
  };
  return new Promise((answered, failed) => {
    const asked = request({ agent, port, host: "127.0.0.1", method: "POST", path: "/api/bench/charge", headers });
    asked.once("error", failed);
    asked.once("response", (answer) => {
      let said = "";
      answer.on("data", (chunk: Buffer) => {
        said += chunk.toString();
      });
      answer.once("end", () =>
        answer.statusCode === 200
          ? answered()
          : failed(new Error(`A charge was answered ${answer.statusCode} ${said}`)),
      );
    });
    asked.end(body);
  });
}

async function compare(url: string, own: () => Promise<number>): Promise<void> {
  const program = findPgbench();
  const ledger = async () => (await drive(url, { connections: CONNECTIONS, seconds: SECONDS })).perSecond;
  const bare = () =>
    program ? pgbench({ program, url, connections: CONNECTIONS, seconds: SECONDS, wallets: WALLETS }) : ledger();
  const rounds: { bare: number; ledger: number; own: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    // There and back again, so that a machine that slows down slows all alike.
    const there = [await bare(), await ledger(), await own()] as const;
    const back = [await own(), await ledger(), await bare()] as const;
    rounds.push({
      bare: (there[0] + back[2]) / 2,
      ledger: (there[1] + back[1]) / 2,
      own: (there[2] + back[0]) / 2,
    });
  }
  const name = program ? "pgbench, the posting alone" : "postTransfer (no pgbench here)";
  console.log(`\n  a gift over HTTP, ${CONNECTIONS} connections, ${ROUNDS} rounds there and back, durable`);
  say(name, figureOf(rounds.map(({ bare }) => bare)).median);
  say("postTransfer", figureOf(rounds.map(({ ledger }) => ledger)).median);
  say("a charge over HTTP", figureOf(rounds.map(({ own }) => own)).median);
  sayRatio("a charge / pgbench", figureOf(rounds.map(({ own, bare }) => own / bare)));
  sayRatio("a charge / postTransfer", figureOf(rounds.map(({ own, ledger }) => own / ledger)));
  console.log(
    "    A charge is five statements more: the record taken and answered, limits, wallet, and the news of it.",
  );
}

const say = (name: string, perSecond: number): void =>
  console.log(`    ${name.padEnd(31)}${Math.round(perSecond).toLocaleString("en").padStart(9)} a second`);

const sayRatio = (name: string, ratio: ReturnType<typeof figureOf>): void =>
  console.log(`    ${name.padEnd(31)}${fixed(ratio.median).padStart(9)}   (${range(ratio)})`);
