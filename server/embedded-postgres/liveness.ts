import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Tells one process from a later one that was given the same number. Empty where the system does not say. */
export function startMarkOf(pid: number): string {
  return statOf(pid)?.[19] ?? "";
}

export function isAlive(pid: number, startMark = ""): boolean {
  if (process.platform === "linux") {
    const stat = statOf(pid);
    if (!stat || stat[0] === "Z" || stat[0] === "X") return false;
    return startMark === "" || stat[19] === startMark;
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** The words a process was started with; null when it is gone or will not say. */
export function commandOf(pid: number): string | null {
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return null;
  }
}

/** The fields of /proc/<pid>/stat after the name, which may itself hold spaces and brackets: state first. */
function statOf(pid: number): string[] | null {
  if (process.platform !== "linux") return null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return null;
  }
}
