import { spawn } from "node:child_process";
import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { type Account, plainEnv } from "./account";
import { gist } from "./cluster";
import { HOST } from "./connection";
import { isAlive } from "./liveness";
import { isCode } from "./lock";
import { disownStalePidFile, findPostmaster, isPostmaster, type Running } from "./pid-file";

const POLL_MS = 20;
const RETRY_MS = 200;
const START_MS = 60_000;
const LOG_BYTES = 4_000_000;
const LOG_TAIL_BYTES = 16_384;

/** What passes by itself: a killed server's children need a moment to notice, and so does a server that just stops. */
const PASSING = /shared memory block .* still in use|lock file .* (already exists|is empty)/;

export type Launch = {
  program: string;
  account: Account;
  cluster: string;
  logFile: string;
  port: number;
  durable: boolean;
};

/** The server that runs, once it has made up its mind: recovery takes as long as it takes. */
export async function settledPostmaster(cluster: string): Promise<Running | undefined> {
  const giveUpAt = Date.now() + START_MS;
  for (;;) {
    const found = findPostmaster(cluster);
    if (!found || found.state === "ready") return found;
    if (Date.now() > giveUpAt) throw new Error(`The database (process ${found.pid}) is ${found.state} and stays so.`);
    await wait(POLL_MS);
  }
}

/** Starts a server and waits until it is ready. */
export async function startPostmaster(launch: Launch): Promise<void> {
  const giveUpAt = Date.now() + START_MS;
  for (;;) {
    disownStalePidFile(launch.cluster);
    const complaint = await attempt(launch, giveUpAt);
    if (complaint === undefined) return;
    if (!PASSING.test(complaint) || Date.now() > giveUpAt) {
      throw new Error(`The database did not start: ${gist(complaint)} (more in ${launch.logFile})`);
    }
    await wait(RETRY_MS);
  }
}

/** In a session of its own: Ctrl-C reaches us, and we stop it after our own drain. */
async function attempt({ program, account, cluster, logFile, ...rest }: Launch, giveUpAt: number) {
  const log = openSync(logFile, isFull(logFile) ? "w+" : "a+", 0o600);
  try {
    const from = fstatSync(log).size;
    const { file, words, as } = account.command(program, ["-D", cluster, ...settings(rest)]);
    const child = spawn(file, words, { ...as, cwd: "/", env: plainEnv, detached: true, stdio: ["ignore", log, log] });
    const ended: string[] = [];
    child.once("error", (error) => ended.push(error.message));
    child.once("exit", (code, signal) => ended.push(`it ended with ${signal ?? code}`));
    child.unref();

    while (ended.length === 0) {
      const found = findPostmaster(cluster);
      if (found?.pid === child.pid && found?.state === "ready") return undefined;
      if (Date.now() > giveUpAt && child.kill("SIGQUIT")) ended.push("it was not ready in time");
      await wait(POLL_MS);
    }
    return tailOf(log, from) || ended.join();
  } finally {
    closeSync(log);
  }
}

function settings({ port, durable }: Pick<Launch, "port" | "durable">): string[] {
  const values = {
    listen_addresses: HOST,
    port,
    unix_socket_directories: "",
    max_connections: 120,
    shared_buffers: "128MB",
    jit: "off",
    timezone: "UTC",
    log_timezone: "UTC",
    log_checkpoints: "off",
    ...(durable ? {} : { fsync: "off", full_page_writes: "off" }),
  };
  return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** Stops a server, politely at first: what was committed is safe in every case. */
export async function stopPostmaster(cluster: string): Promise<void> {
  const found = findPostmaster(cluster);
  if (!found) return;
  const steps = [
    { signal: "SIGINT", withinMs: 30_000 },
    { signal: "SIGQUIT", withinMs: 5_000 },
    { signal: "SIGKILL", withinMs: 5_000 },
  ] as const;
  for (const { signal, withinMs } of steps) {
    if (!isPostmaster(found.pid, cluster)) return;
    signalTo(found.pid, signal);
    const until = Date.now() + withinMs;
    while (isAlive(found.pid) && Date.now() < until) await wait(POLL_MS);
  }
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!isCode(error, "ESRCH")) throw error;
  }
}

const isFull = (file: string): boolean => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES;

function tailOf(log: number, from: number): string {
  const buffer = Buffer.alloc(LOG_TAIL_BYTES);
  const start = Math.max(from, fstatSync(log).size - LOG_TAIL_BYTES);
  return buffer.toString("utf8", 0, readSync(log, buffer, 0, LOG_TAIL_BYTES, start));
}
