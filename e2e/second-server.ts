import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect } from "@playwright/test";
import { readConnection, urlOf } from "../server/embedded-postgres/connection";

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

/** A second one on the database of the first, with all else that an operator may have set left out. */
export const startOnSameDatabase = (port: number, variables: Record<string, string> = {}): Promise<SecondServer> =>
  startSecond({
    ...{ PARLEY_MODE: "local", PARLEY_DATA: ".data/e2e-second", PARLEY_ROLES: "web", SEED_DEMO: "false" },
    ...{ PORT: String(port), HOST: "127.0.0.1" },
    ...{ JWT_SECRET: "", NEXTAUTH_SECRET: "", PUBLIC_URL: "", REDIS_URL: "", LOG_LEVEL: "warn" },
    DATABASE_URL: urlOf(readConnection(".data/e2e/postgres/connection.json"), "parley"),
    ...variables,
  });
