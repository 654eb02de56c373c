import { mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { isAlive, startMarkOf } from "./liveness";

const POLL_MS = 25;
const PATIENCE_MS = 90_000;
/** A file younger than this may belong to a process that has not written its name yet. */
const UNNAMED_MS = 5_000;

/** Runs `work` while no other process does; a holder that died is replaced. */
export async function withLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  while (!take(file)) {
    breakStale(file);
    if (Date.now() > giveUpAt) throw new Error(`Another process has held ${file} for too long. Is it stuck?`);
    await wait(POLL_MS);
  }

  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, `${process.pid} ${startMarkOf(process.pid)}`, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (isCode(error, "EEXIST")) return false;
    throw error;
  }
}

/** Only one process at a time may judge and remove a stale lock, or the second would remove the first one's new lock. */
function breakStale(file: string): void {
  const guard = `${file}.break`;
  try {
    mkdirSync(guard);
  } catch {
    if (ageOf(guard) > UNNAMED_MS) rmSync(guard, { recursive: true, force: true });
    return;
  }

  try {
    if (!isHeld(file)) rmSync(file, { force: true });
  } finally {
    rmdirSync(guard);
  }
}

function isHeld(file: string): boolean {
  try {
    const [pid = "", mark = ""] = readFileSync(file, "utf8").trim().split(" ");
    return pid === "" ? ageOf(file) < UNNAMED_MS : isAlive(Number(pid), mark);
  } catch {
    return false;
  }
}

function ageOf(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

export const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;
