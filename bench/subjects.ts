import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";

/** A server under measurement, in a process of its own. */
export type Subject = { name: string; port: number; pid: number; said: string; stop(): Promise<void> };

const SERVER_CORE = "0";
const CLIENT_CORE = "1";
const canPin = process.platform === "linux" && availableParallelism() > 1 && existsSync("/usr/bin/taskset");

/** Servers share one core and the load comes from another, so that they do not take it from each other. */
export function spawnPinned(
  core: "server" | "client",
  args: string[],
  environment: Record<string, string> = {},
): ChildProcess {
  const command = [process.execPath, ...args];
  const [program = process.execPath, ...rest] = canPin
    ? ["taskset", "-c", core === "server" ? SERVER_CORE : CLIENT_CORE, ...command]
    : command;
  return spawn(program, rest, { env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "inherit", "ipc"] });
}

/** Starts a server and waits for the line in which it says where it is. */
export async function startSubject(
  name: string,
  args: string[],
  environment: Record<string, string> = {},
): Promise<Subject> {
  const child = spawnPinned("server", args, environment);
  let said = "";
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout?.on("data", (chunk) => {
      said += chunk;
      const found = /ready at http:\/\/[^:]+:(\d+)/.exec(said)?.[1];
      if (found) resolve(Number(found));
    });
    child.once("exit", (code) => reject(new Error(`${name} ended with ${code} before it was ready:\n${said}`)));
  });
  return {
    name,
    port,
    pid: child.pid ?? 0,
    said,
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null) return resolve();
        child.once("exit", () => resolve());
        child.kill("SIGTERM");
      }),
  };
}
