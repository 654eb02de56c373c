import { spawn } from "node:child_process";
import { at, root } from "./places.mjs";
import { Halt, STOPPED } from "./say.mjs";

const isWindows = process.platform === "win32";
const running = new Set();
const tether = at("ops", "launcher", "tether.mjs");
const POLITE_MS = 6_000;
let asked = false;

/** Ends everything that was started here: politely first, so that runners can put away what they started themselves. */
export function endChildren() {
  asked = true;
  for (const child of running) {
    signalGroup(child, "SIGINT");
    setTimeout(() => signalGroup(child, "SIGTERM"), POLITE_MS).unref();
    setTimeout(() => signalGroup(child, "SIGKILL"), 2 * POLITE_MS).unref();
  }
}

/**
 * Runs a step to its end. Output is kept and returned, or shown as it comes.
 * It never rejects on an exit code: the caller judges.
 */
export function run(command, args, { env = process.env, show = false, timeoutMs } = {}) {
  return new Promise((resolve, reject) => {
    if (asked) return reject(new Halt("Stopped.", STOPPED));
    const output = show ? "inherit" : "pipe";
    const child = spawn(process.execPath, [tether, command, ...args], {
      cwd: root,
      env,
      stdio: ["ignore", output, output, "ipc"],
      detached: !isWindows,
    });
    running.add(child);
    const kept = [];
    child.stdout?.on("data", (chunk) => kept.push(chunk));
    child.stderr?.on("data", (chunk) => kept.push(chunk));
    const impatient = timeoutMs && setTimeout(() => signalGroup(child, "SIGKILL"), timeoutMs);
    child.once("error", (error) => {
      running.delete(child);
      reject(error);
    });
    child.once("close", (code) => {
      running.delete(child);
      clearTimeout(impatient);
      if (asked) return reject(new Halt("Stopped.", STOPPED));
      resolve({ code: code ?? 1, output: Buffer.concat(kept).toString() });
    });
  });
}

/** Steps lead a process group of their own, so that grandchildren end too. */
function signalGroup(child, signal) {
  if (!running.has(child)) return;
  try {
    if (isWindows) child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It ended meanwhile.
  }
}
