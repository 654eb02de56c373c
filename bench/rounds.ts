import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Answered, Load } from "./load";
import type { Subject } from "./subjects";

/** One turn of one subject: how fast it was, what it cost, and how much of its core others took meanwhile. */
export type Turn = { callsPerSecond: number; cpuMicros: number; p50Ms: number; p99Ms: number; foreign: number };
export type Round = Map<string, Turn>;
export type Figure = { median: number; least: number; most: number };

const MOST_FOREIGN = 0.1;
const TICKS_PER_SECOND = 100;

/** There and back again (A B C C B A), so that a machine that slows down slows all of them alike. */
export async function playRound(
  subjects: readonly Subject[],
  client: ChildProcess,
  load: Omit<Load, "port">,
): Promise<Round> {
  const turns = new Map<string, Turn[]>();
  for (const subject of [...subjects, ...[...subjects].reverse()]) {
    turns.set(subject.name, [...(turns.get(subject.name) ?? []), await playTurn(subject, client, load)]);
  }
  return new Map([...turns].map(([name, played]) => [name, averageOf(played)]));
}

async function playTurn(subject: Subject, client: ChildProcess, load: Omit<Load, "port">): Promise<Turn> {
  const before = { own: ticksOf(subject.pid), core: busyTicks(), at: performance.now() };
  const answered = await ask(client, { ...load, port: subject.port });
  const own = ticksOf(subject.pid) - before.own;
  const elapsedTicks = ((performance.now() - before.at) / 1_000) * TICKS_PER_SECOND;
  if (answered.refused > 0) throw new Error(`${subject.name} refused ${answered.refused} of ${answered.calls} calls.`);
  return {
    callsPerSecond: answered.calls / answered.seconds,
    cpuMicros: ((own / TICKS_PER_SECOND) * 1_000_000) / answered.calls,
    p50Ms: answered.p50Ms,
    p99Ms: answered.p99Ms,
    foreign: Math.max(0, busyTicks() - before.core - own) / elapsedTicks,
  };
}

export function ask(client: ChildProcess, load: Load): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error("The load generator ended."));
    client.once("exit", onExit);
    client.once("message", (answered) => {
      client.off("exit", onExit);
      resolve(answered as Answered); // bench/load.ts sends nothing else
    });
    client.send(load);
  });
}

export const isUndisturbed = (round: Round): boolean =>
  [...round.values()].every(({ foreign }) => foreign <= MOST_FOREIGN);

export function figureOf(values: readonly number[]): Figure {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, least: sorted[0] ?? 0, most: sorted.at(-1) ?? 0 };
}

function averageOf(turns: readonly Turn[]): Turn {
  const mean = (pick: (turn: Turn) => number) => turns.reduce((sum, turn) => sum + pick(turn), 0) / turns.length;
  return {
    callsPerSecond: mean((turn) => turn.callsPerSecond),
    cpuMicros: mean((turn) => turn.cpuMicros),
    p50Ms: mean((turn) => turn.p50Ms),
    p99Ms: mean((turn) => turn.p99Ms),
    foreign: Math.max(...turns.map((turn) => turn.foreign)),
  };
}

/** User and system time of a process; 0 where the platform does not tell. */
function ticksOf(pid: number): number {
  const fields = readOrNothing(`/proc/${pid}/stat`).split(") ")[1]?.split(" ") ?? [];
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
}

/** Time that the servers' core was busy for anybody. */
function busyTicks(): number {
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = (
    /^cpu0 (.+)$/m.exec(readOrNothing("/proc/stat"))?.[1] ?? ""
  )
    .split(" ")
    .map(Number);
  return user + nice + system + irq + softirq;
}

function readOrNothing(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
