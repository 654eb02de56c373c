import type { ChildProcess } from "node:child_process";
import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { figureLine, ratioLine, tableHead } from "./print";
import { shareByPart } from "./profile";
import { ask, isUndisturbed, playRound, type Round } from "./rounds";
import { type Subject, spawnPinned, startSubject } from "./subjects";

const ROUNDS = 5;
const MOST_ROUNDS = 12;
const PATH = "/api/keys/current";
const LOAD = { path: PATH, connections: 32, seconds: 2 };
const PROFILE_SECONDS = 6;

const DATA = resolve(".data/bench");
const PROFILES = resolve(DATA, "profile");
export const PRODUCT = ["--enable-source-maps", "dist/server.mjs"];

/** The built product as `npm start` runs it, with room in its limits for as many calls as there will be. */
export const PRODUCT_ENVIRONMENT = {
  NODE_ENV: "production",
  PARLEY_MODE: "local",
  PARLEY_DATA: DATA,
  SEED_DEMO: "false",
  PORT: "0",
  RATE_LIMIT_ANONYMOUS: "1000000",
  RATE_LIMIT_AUTHENTICATED: "10000000",
  LOG_FILE: resolve(DATA, "parley.log"),
};

const BARE = "bare node:http";
const PARLEY = "Parley";
const IN_NEXT = "the same in Next";

/**
 * One authenticated call through everything (ingress, key check, limit, zod,
 * output filter, log line, metric) beside a bare `node:http` handler and beside
 * the same route served by the page framework.
 */
export async function apiCall(): Promise<void> {
  const parley = await startSubject(PARLEY, PRODUCT, PRODUCT_ENVIRONMENT);
  const inNext = await startSubject(IN_NEXT, PRODUCT, { ...PRODUCT_ENVIRONMENT, PARLEY_API_MOUNT: "pages" });
  const bare = await startSubject(BARE, ["--import", "tsx", "bench/bare.ts"]);
  const client = spawnPinned("client", ["--import", "tsx", "bench/load.ts"]);
  const subjects = [bare, parley, inNext];
  try {
    const load = { ...LOAD, headers: { "X-API-Key": await registeredKey(parley) } };
    for (const { port } of subjects) await ask(client, { ...load, port });

    const rounds: Round[] = [];
    while (rounds.filter(isUndisturbed).length < ROUNDS && rounds.length < MOST_ROUNDS) {
      rounds.push(await playRound(subjects, client, load));
    }
    report(rounds);
    await reportParts(client, load);
  } finally {
    client.kill();
    await Promise.all(subjects.map((subject) => subject.stop()));
  }
}

function report(rounds: readonly Round[]): void {
  const quiet = rounds.filter(isUndisturbed);
  const counted = quiet.length > 0 ? quiet : rounds;
  console.log(`\n  GET ${PATH} with a key, ${LOAD.connections} connections, ${counted.length} rounds there and back`);
  if (quiet.length === 0)
    console.log("  Every round was disturbed by other work on this machine; go by the CPU ratio.");
  else if (quiet.length < rounds.length) console.log(`  ${rounds.length - quiet.length} disturbed rounds are left out`);
  console.log(`\n${tableHead()}`);
  for (const name of [BARE, PARLEY, IN_NEXT]) console.log(figureLine(name, counted));
  console.log("");
  console.log(ratioLine(counted, PARLEY, BARE, "0.35"));
  console.log(ratioLine(counted, PARLEY, IN_NEXT, "8"));
}

/** What a call's time goes into, from a profile of one more server under the same load. */
async function reportParts(
  client: ChildProcess,
  load: typeof LOAD & { headers: Record<string, string> },
): Promise<void> {
  rmSync(PROFILES, { recursive: true, force: true });
  const profiling = ["--cpu-prof", `--cpu-prof-dir=${PROFILES}`];
  const profiled = await startSubject("the profiled one", [...profiling, ...PRODUCT], PRODUCT_ENVIRONMENT);
  await ask(client, { ...load, port: profiled.port, seconds: PROFILE_SECONDS });
  await profiled.stop();
  console.log("\n    where the time of a call goes");
  for (const { part, share } of shareByPart(PROFILES)) {
    console.log(`    ${part.padEnd(27)}${Math.round(share * 100)} %`);
  }
}

export async function registeredKey({ port }: Subject): Promise<string> {
  const response = await fetch(`http://localhost:${port}/api/auth/register`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      name: "Bench",
      email: `bench-${Date.now()}@parley.example`,
      password: "a-bench-to-measure-on",
    }),
  });
  const { apiKey } = (await response.json()) as { apiKey: { key: string } }; // the documented answer of this address
  return apiKey.key;
}
