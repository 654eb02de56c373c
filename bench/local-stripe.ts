import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import postgres, { type Sql } from "postgres";
import Stripe from "stripe";
import { startPostgres } from "../server/embedded-postgres/start";
import { fixed, range } from "./print";
import { figureOf } from "./rounds";
import { spawnPinned } from "./subjects";

const STARTS = 7;
const ROUNDS = 7;
const CALLS = 60;
const LOCAL_STRIPE = ["dist/local-stripe.mjs", "--port", "0"];
const BARE_NODE = ["-e", "console.log('ready')"];

/** How long the local Stripe takes to be there, and to take a payment, beside one durable insert into the same database. */
export async function localStripe(): Promise<void> {
  const database = await startPostgres({ dataDir: resolve(".data/bench/postgres"), database: "parley", durable: true });
  const sql = postgres(database.url, { max: 1, onnotice: () => undefined });
  const words = [...LOCAL_STRIPE, "--database", database.url];
  try {
    await starts(sql, words);
    const server = spawnPinned("server", words);
    await payments(sql, await addressOf(server));
    await stop(server);
  } finally {
    await sql.end();
    await database.stop();
  }
}

/** From nothing to a process that answers: the first on a database that has not seen it, the others on one that has. */
async function starts(sql: Sql, words: string[]): Promise<void> {
  await sql`drop schema if exists stripe_local cascade`;
  const first = await timeToFirstLine(words);
  const again: number[] = [];
  const bare: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    bare.push(await timeToFirstLine(BARE_NODE));
    again.push(await timeToFirstLine(words));
  }
  console.log("\n    its start, until it answers");
  console.log(`    ${"the first on a database".padEnd(31)}${fixed(first).padStart(8)} ms   aim under 1000`);
  say("each after that", again, "aim under 1000");
  say("Node alone", bare);
  say("a start / Node alone", ratios(again, bare), "", "  ");
}

async function timeToFirstLine(words: string[]): Promise<number> {
  const startedAt = performance.now();
  const child = spawnPinned("server", words);
  await firstLine(child);
  const tookMs = performance.now() - startedAt;
  await stop(child);
  return tookMs;
}

/** There and back in each round, so that a machine that slows down slows both alike. */
async function payments(sql: Sql, address: URL): Promise<void> {
  const stripe = new Stripe(`sk_test_local_bench${Date.now()}`, {
    ...{ host: address.hostname, port: Number(address.port), protocol: "http", telemetry: false },
  });
  await sql`drop table if exists bench_insert`;
  await sql`create table bench_insert (id bigint generated always as identity primary key, body jsonb not null)`;
  const insert = () => sql`insert into bench_insert (body) values (${sql.json({ amount: 2_499, currency: "usd" })})`;
  const pay = async () => {
    const { id } = await stripe.paymentIntents.create({
      amount: 2_499,
      currency: "usd",
      payment_method: "pm_card_visa",
    });
    const { status } = await stripe.paymentIntents.confirm(id, { return_url: "http://localhost/back" });
    if (status !== "succeeded") throw new Error(`The payment is ${status}.`);
  };

  const inserts: number[] = [];
  const pays: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const there = [await timeOfOne(insert), await timeOfOne(pay)] as const;
    const back = [await timeOfOne(pay), await timeOfOne(insert)] as const;
    // The first warms up.
    if (round === 0) continue;
    inserts.push((there[0] + back[1]) / 2);
    pays.push((there[1] + back[0]) / 2);
  }
  console.log(
    `\n    a PaymentIntent, created and confirmed by the official SDK, one after the other, ${ROUNDS} rounds`,
  );
  say("create + confirm", pays, "aim under 10");
  say("one durable insert", inserts);
  say("create + confirm / insert", ratios(pays, inserts), "", "  ");
  await sql`drop table bench_insert`;
}

/** The median, which a single pause of the disk does not bend. */
async function timeOfOne(work: () => Promise<unknown>): Promise<number> {
  const each: number[] = [];
  for (let call = 0; call < CALLS; call += 1) {
    const startedAt = performance.now();
    await work();
    each.push(performance.now() - startedAt);
  }
  return figureOf(each).median;
}

const ratios = (over: number[], under: number[]): number[] =>
  over.map((value, at) => value / (under[at] ?? Number.NaN));

function say(what: string, values: number[], aim = "", unit = "ms"): void {
  const figure = figureOf(values);
  console.log(
    `    ${what.padEnd(31)}${fixed(figure.median).padStart(8)} ${unit}   (${range(figure)})   ${aim}`.trimEnd(),
  );
}

async function firstLine(child: ChildProcess): Promise<string> {
  const [said] = await once(child.stdout ?? child, "data");
  return String(said);
}

async function addressOf(child: ChildProcess): Promise<URL> {
  return new URL(/http:\/\/[\d.:]+\d/.exec(await firstLine(child))?.[0] ?? "");
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  await gone;
}
