import type { ChildProcess } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { fixed, range } from "./print";
import type { Asked, Told } from "./relay-load";
import { roomsOf } from "./rooms";
import { figureOf } from "./rounds";
import { type Subject, spawnPinned, startSubject } from "./subjects";

const PAIRS = 400;
const ROUNDS = 3;
const SECONDS = 3;
const IDLE = 1_000;
const TICKS_PER_SECOND = 100;
const DATA = resolve(".data/bench-relay");

const PRODUCT_ENVIRONMENT = {
  NODE_ENV: "production",
  PARLEY_MODE: "local",
  PARLEY_DATA: DATA,
  PARLEY_ROLES: "worker",
  SEED_DEMO: "false",
  PORT: "0",
  RATE_LIMIT_ANONYMOUS: "1000000",
  RATE_LIMIT_AUTHENTICATED: "10000000",
  RATE_LIMIT_SOCKET: "10000000",
  LOG_FILE: resolve(DATA, "parley.log"),
};

type Turn = { perSecond: number; cpuMicros: number };

/** Candidates from one browser to another, through Parley and through the least that could carry them. */
export async function relay(): Promise<void> {
  rmSync(DATA, { recursive: true, force: true });
  const bare = ["--import", "tsx", "bench/bare-relay.ts"];
  const parley = await startSubject("Parley", ["dist/server.mjs"], PRODUCT_ENVIRONMENT);
  const socketIo = await startSubject("bare Socket.IO", [...bare, "io"]);
  const webSockets = await startSubject("bare ws", [...bare, "ws"]);
  const client = spawnPinned("client", ["--import", "tsx", "bench/relay-load.ts"]);
  const subjects = [webSockets, socketIo, parley];
  try {
    const { apiKey, rooms } = await roomsOf(parley.port, { dataDir: DATA, count: PAIRS });
    await reportMemory(client, parley, socketIo, apiKey);
    const names = rooms.map((_, at) => `pair-${at}`);
    await ask(client, { act: "open", name: webSockets.name, port: webSockets.port, kind: "ws", rooms: names });
    const least = await ask(client, {
      act: "open",
      name: socketIo.name,
      port: socketIo.port,
      kind: "io",
      rooms: names,
    });
    const joined = await ask(client, { act: "open", name: parley.name, port: parley.port, kind: "io", rooms, apiKey });
    console.log(
      `\n    join acknowledged           p50 ${fixed(joined.p50Ms)} ms, p99 ${fixed(joined.p99Ms)} ms, four at a time   (bare Socket.IO ${fixed(least.p50Ms)} and ${fixed(least.p99Ms)}, forty at a time)`,
    );
    await reportSpeed(client, subjects);
    await reportPaced(client, subjects);
  } finally {
    client.kill();
    await Promise.all(subjects.map((subject) => subject.stop()));
  }
}

async function reportSpeed(client: ChildProcess, subjects: readonly Subject[]): Promise<void> {
  const rounds: Map<string, Turn>[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const turns = new Map<string, Turn[]>();
    for (const subject of [...subjects, ...[...subjects].reverse()])
      turns.set(subject.name, [...(turns.get(subject.name) ?? []), await playTurn(client, subject)]);
    if (round > 0) rounds.push(new Map([...turns].map(([name, played]) => [name, mean(played)])));
  }
  console.log(`\n  ${PAIRS} pairs that answer each other at once, ${ROUNDS} rounds there and back`);
  console.log(`\n    ${"".padEnd(20)}${"messages/s".padStart(12)}${"CPU a message".padStart(16)}`);
  const over = (name: string, pick: (turn: Turn) => number) => figureOf(rounds.map((round) => pick(of(round, name))));
  for (const { name } of subjects) {
    const speed = Math.round(over(name, (turn) => turn.perSecond).median).toLocaleString("en");
    console.log(
      `    ${name.padEnd(20)}${speed.padStart(12)}${`${fixed(over(name, (turn) => turn.cpuMicros).median)} µs`.padStart(16)}`,
    );
  }
  console.log("");
  for (const other of ["bare Socket.IO", "bare ws"]) {
    const speed = figureOf(rounds.map((round) => of(round, "Parley").perSecond / of(round, other).perSecond));
    const work = figureOf(rounds.map((round) => of(round, other).cpuMicros / of(round, "Parley").cpuMicros));
    const aim = other === "bare Socket.IO" ? "   aim 0.8" : "";
    console.log(
      `    ${`Parley / ${other}`.padEnd(27)}${fixed(speed.median).padStart(7)}   (${range(speed)})   by CPU time ${fixed(work.median)} (${range(work)})${aim}`,
    );
  }
}

async function playTurn(client: ChildProcess, { name, pid }: Subject): Promise<Turn> {
  const before = ticksOf(pid);
  const told = await ask(client, { act: "saturate", name, seconds: SECONDS });
  if (told.refused > 0) throw new Error(`${name} refused ${told.refused} messages.`);
  const cpuMicros = (((ticksOf(pid) - before) / TICKS_PER_SECOND) * 1_000_000) / told.messages;
  return { perSecond: told.messages / SECONDS, cpuMicros };
}

async function reportPaced(client: ChildProcess, subjects: readonly Subject[]): Promise<void> {
  console.log("\n    at 1,000 messages a second");
  for (const { name } of subjects) {
    const told = await ask(client, { act: "pace", name, perSecond: 1_000, seconds: 4 });
    console.log(
      `    ${name.padEnd(20)}p50 ${fixed(told.p50Ms)} ms   p99 ${fixed(told.p99Ms)} ms   ${told.messages} arrived`,
    );
  }
}

/** What the process grows by, for each line that is open and silent. */
async function reportMemory(client: ChildProcess, parley: Subject, socketIo: Subject, apiKey: string): Promise<void> {
  console.log(`\n    memory of a line that is open and silent, over ${IDLE} of them`);
  for (const { name, port, pid } of [socketIo, parley]) {
    const asked = { act: "idle" as const, port, apiKey };
    // The first ones pay for what is made once.
    await ask(client, { ...asked, count: 100 });
    const before = residentKb(pid);
    await ask(client, { ...asked, count: IDLE });
    console.log(`    ${name.padEnd(20)}${fixed((residentKb(pid) - before) / IDLE)} kB`);
  }
}

function ask(client: ChildProcess, asked: Asked): Promise<Told> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error("The load generator ended."));
    client.once("exit", onExit);
    client.once("message", (told) => {
      client.off("exit", onExit);
      resolve(told as Told); // bench/relay-load.ts sends nothing else
    });
    client.send(asked);
  });
}

const mean = (turns: readonly Turn[]): Turn => ({
  perSecond: turns.reduce((sum, turn) => sum + turn.perSecond, 0) / turns.length,
  cpuMicros: turns.reduce((sum, turn) => sum + turn.cpuMicros, 0) / turns.length,
});

function of(round: Map<string, Turn>, name: string): Turn {
  const turn = round.get(name);
  if (!turn) throw new Error(`${name} did not take part.`);
  return turn;
}

function ticksOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
}

const residentKb = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
