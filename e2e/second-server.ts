import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect } from "@playwright/test";

const START_MS = 60_000;

export type SecondServer = {
  greeting: string;
  stop(): Promise<void>;
  /** Without a word, as a machine that loses its power. */
  kill(): Promise<void>;
};

/** The built server once more, in a process and with variables of its own. */
export async function startSecond(variables: Record<string, string>): Promise<SecondServer> {
  const server = spawn(process.execPath, ["dist/server.mjs"], {
    env: { ...process.env, NODE_ENV: "production", RATE_LIMIT_ANONYMOUS: "100000", ...variables },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  server.stdout.on("data", (chunk) => {
    said += chunk;
  });
  const end = async (signal: "SIGTERM" | "SIGKILL"): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, "exit");
    server.kill(signal);
    await gone;
  };
  const stop = () => end("SIGTERM");
  try {
    await expect(() => expect(said).toContain("Parley is ready at")).toPass({ timeout: START_MS });
  } catch (error) {
    await stop();
    throw error;
  }
  return { greeting: said, stop, kill: () => end("SIGKILL") };
}
