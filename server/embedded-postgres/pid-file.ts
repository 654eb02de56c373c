import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { commandOf, isAlive } from "./liveness";

/** A file younger than this may be one that its server is still writing. */
const UNFINISHED_MS = 5_000;

export const pidFileOf = (cluster: string): string => join(cluster, "postmaster.pid");

export type Running = { pid: number; port: number; state: string };

/** The server that runs on these files, whoever started it. The file alone proves nothing: pids are used again. */
export function findPostmaster(cluster: string): Running | undefined {
  const [pid, , , port, , , , state = ""] = linesOf(cluster);
  if (!pid || !port || !isPostmaster(Number(pid), cluster)) return undefined;
  return { pid: Number(pid), port: Number(port), state: state.trim() || "starting" };
}

export function isPostmaster(pid: number, cluster: string): boolean {
  if (pid === process.pid || !isAlive(pid)) return false;
  const command = commandOf(pid) ?? "";
  return (command.includes("postgres") && command.includes(` -D ${cluster} `)) || worksIn(pid, cluster);
}

/**
 * PostgreSQL will not start while any process of its user has the pid in the file, a dead one that nobody buried
 * included: containers often have nobody who does. The file must not go, though: it also names the memory that children of a killed server may still be writing to. With our own pid in it, which is
 * its parent's, PostgreSQL ignores the pid and looks at that memory.
 */
export function disownStalePidFile(cluster: string): void {
  const [pid = "", ...rest] = linesOf(cluster);
  if (pid === "") removeEmpty(pidFileOf(cluster));
  if (pid === "" || isPostmaster(Number(pid), cluster)) return;
  writeFileSync(pidFileOf(cluster), [process.pid, ...rest].join("\n"));
}

/** What a power cut leaves. PostgreSQL refuses to start on it. */
function removeEmpty(file: string): void {
  const made = statSync(file, { throwIfNoEntry: false });
  if (made && Date.now() - made.mtimeMs > UNFINISHED_MS) rmSync(file);
}

function linesOf(cluster: string): string[] {
  try {
    return readFileSync(pidFileOf(cluster), "utf8").split("\n");
  } catch {
    return [];
  }
}

/** A server whose checkout was renamed under it still works in the same folder. */
function worksIn(pid: number, cluster: string): boolean {
  try {
    const [here, there] = [statSync(`/proc/${pid}/cwd`), statSync(cluster)];
    return here.ino === there.ino && here.dev === there.dev;
  } catch {
    return false;
  }
}
