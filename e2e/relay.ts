import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { turnWords } from "../ops/launcher/turn.mjs";
import { freePort } from "../server/embedded-postgres/connection";

export type Relay = { port: number; secret: string; stop(): Promise<void> };

const SECRET = "a-secret-for-this-test-and-for-nothing-else";

/** A relay of the test's own, on this machine alone. */
export async function startRelay(): Promise<Relay> {
  const folder = mkdtempSync(join(tmpdir(), "parley-turn-"));
  const port = await freePort();
  const words = turnWords({ secret: SECRET, folder, port, relayPorts: { from: 43_500, to: 43_900 }, isLocal: true });
  const relay = spawn("turnserver", words, { stdio: "ignore" });
  return {
    port,
    secret: SECRET,
    async stop() {
      if (relay.kill("SIGTERM")) await once(relay, "exit");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
