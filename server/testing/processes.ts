import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { plainEnv } from "../embedded-postgres/account";
import { readConnection, urlOf } from "../embedded-postgres/connection";
import { findPostmaster } from "../embedded-postgres/pid-file";
import { programOf } from "./programs";

export type Ended = { code: number | null; signal: NodeJS.Signals | null; output: string };

/** A server in a process of its own, as an operator would run it. */
export type Launched = {
  pid: number;
  child: ChildProcess;
  output(): string;
  ended: Promise<Ended>;
};
export type Serving = Launched & { url: string; port: number };

/** What a developer may have set, blanked: a test must never reach a database that is not its own. */
const NOTHING_OF_THE_DEVELOPERS = Object.fromEntries(
  ["DATABASE_URL", "PUBLIC_URL", "FRONTEND_URL", "JWT_SECRET", "JWT_SECRET_PREVIOUS", "NEXTAUTH_SECRET", "SMTP_URL"]
    .concat(["REDIS_URL", "METRICS_TOKEN", "ALLOWED_HOSTS", "TRUSTED_PROXIES", "CORS_ORIGINS", "LOG_FILE", "HOST"])
    .map((name) => [name, ""]),
);

/** The API and everything behind it. The pages would add seconds to every start, and nothing to these tests. */
const WITHOUT_PAGES = {
  PARLEY_MODE: "local",
  PARLEY_ROLES: "worker",
  SEED_DEMO: "false",
  RATE_LIMIT_ANONYMOUS: "1000000",
  RATE_LIMIT_AUTHENTICATED: "1000000",
};

const START_MS = 60_000;
const POLL_MS = 20;

export function launch(variables: Record<string, string>): Launched {
  const child = spawn(process.execPath, ["--enable-source-maps", programOf("server")], {
    cwd: resolve(import.meta.dirname, "../.."),
    env: { ...plainEnv, ...NOTHING_OF_THE_DEVELOPERS, PORT: "0", ...WITHOUT_PAGES, ...variables },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  const streams = [child.stdout, child.stderr].map((stream) => {
    if (!stream) throw new Error("The process has no output to read");
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    return new Promise((closed) => stream.once("close", closed));
  });
  // Not its `close` event, which never comes once we have disconnected from it.
  const ended = new Promise<Ended>((done) => {
    child.once("exit", (code, signal) => Promise.all(streams).then(() => done({ code, signal, output })));
  });
  return { pid: child.pid ?? 0, child, output: () => output, ended };
}

export async function startServer(dataDir: string, variables: Record<string, string> = {}): Promise<Serving> {
  const launched = launch({ PARLEY_DATA: dataDir, ...variables });
  const giveUpAt = Date.now() + START_MS;
  while (Date.now() < giveUpAt && launched.child.exitCode === null && launched.child.signalCode === null) {
    const ready = /^Parley is ready at (http:\/\/localhost:(\d+))$/m.exec(launched.output());
    if (ready) return { ...launched, url: ready[1] ?? "", port: Number(ready[2]) };
    await wait(POLL_MS);
  }
  launched.child.kill("SIGKILL");
  throw new Error(`The server did not start:\n${launched.output()}`);
}

export const makeDataDir = (): string => mkdtempSync(join(tmpdir(), "parley-process-"));

/** Removes a data folder and ends every process that works in it. */
export async function removeDataDir(dataDir: string): Promise<void> {
  for (let left = processesOf(dataDir); left.length > 0; left = processesOf(dataDir)) {
    // A paused process hears nothing else.
    for (const pid of left) signal(pid, "SIGKILL");
    await wait(POLL_MS);
  }
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
}

/** A data folder for one test. */
export function newDataDir(): string {
  const dataDir = makeDataDir();
  onTestFinished(() => removeDataDir(dataDir));
  return dataDir;
}

/** Every process whose environment or words name the folder: servers, watchdogs, PostgreSQL and its children. */
export function processesOf(dataDir: string): number[] {
  const named = numbersIn("/proc").filter((pid) => pid !== process.pid && names(pid, dataDir));
  const children = named.flatMap((pid) => childrenOf(pid));
  return [...new Set([...named, ...children])];
}

const names = (pid: number, dataDir: string) =>
  read(pid, "cmdline").includes(dataDir) || read(pid, "environ").includes(dataDir);

const childrenOf = (pid: number) =>
  numbersIn(`/proc/${pid}/task`)
    .flatMap((task) => read(pid, `task/${task}/children`).trim().split(" ").filter(Boolean))
    .map(Number);

export const parentOf = (pid: number): number => Number(/^PPid:\s+(\d+)$/m.exec(read(pid, "status"))?.[1] ?? 0);

function numbersIn(folder: string): number[] {
  try {
    return readdirSync(folder)
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}

export function signal(pid: number, name: NodeJS.Signals): void {
  // Number 0 would be everybody, the tests included.
  if (pid <= 0) throw new Error("There is no such process");
  try {
    process.kill(pid, name);
  } catch {
    // It ended meanwhile.
  }
}

export const postmasterOf = (dataDir: string): number => findPostmaster(join(dataDir, "postgres", "cluster"))?.pid ?? 0;

export const databaseUrlOf = (dataDir: string): string =>
  urlOf(readConnection(join(dataDir, "postgres", "connection.json")), "parley");

export function isOpen(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      answer(true);
    });
    socket.once("error", () => answer(false));
  });
}
