// needs: processes
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { hasTurn, turnWords } from "./turn.mjs";

vi.setConfig({ testTimeout: 60_000 });

const SECRET = "a-secret-for-this-test-and-for-nothing-else";
const hasClient = spawnSync("turnutils_uclient", ["-h"]).error === undefined;

describe.skipIf(!hasTurn() || !hasClient)("the relay that npm run turn starts (needs coturn)", () => {
  const folder = mkdtempSync(join(tmpdir(), "parley-turn-"));
  let relay: ChildProcess;
  let port: number;

  beforeAll(async () => {
    port = await freePort();
    const relayPorts = { from: 43_000, to: 43_400 };
    relay = spawn("turnserver", turnWords({ secret: SECRET, folder, port, relayPorts, isLocal: true }), {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await vi.waitFor(() => expect(ask({ name: nameFor(600), password: passwordFor(nameFor(600)) })).toBe("relayed"), {
      timeout: 20_000,
      interval: 100,
    });
  });
  afterAll(async () => {
    const ended = new Promise((done) => relay.once("exit", done));
    relay.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  });

  const nameFor = (seconds: number) => `${Math.floor(Date.now() / 1_000) + seconds}:participant_test`;
  const passwordFor = (name: string, secret = SECRET) => createHmac("sha1", secret).update(name).digest("base64");

  /** What coturn's own client is told when it sends a few packets through to a peer. */
  function ask({ name, password, peer = "127.0.0.1" }: { name: string; password: string; peer?: string }): string {
    // Between two ends of its own where the peer is this machine; to one address where it is another.
    const between = peer === "127.0.0.1" ? ["-y"] : [];
    const words = ["-u", name, "-w", password, "-p", String(port), "-e", peer, ...between, "-c", "-n", "1", "-m", "1"];
    const { stdout, stderr } = spawnSync("turnutils_uclient", [...words, "-v", "127.0.0.1"], { timeout: 15_000 });
    const said = `${stdout}${stderr}`;
    if (said.includes("error 403 (Forbidden IP)")) return "forbidden";
    if (said.includes("Cannot complete Allocation")) return "refused";
    return said.includes("Total lost packets 0 ") ? "relayed" : said.slice(-600);
  }

  test("relays for whoever Parley made a name and a password for", () => {
    const name = nameFor(600);
    expect(ask({ name, password: passwordFor(name) })).toBe("relayed");
  });

  test("refuses a password of another secret, and a name whose time is over", () => {
    const name = nameFor(600);
    expect(ask({ name, password: passwordFor(name, "another secret") })).toBe("refused");
    const late = nameFor(-60);
    expect(ask({ name: late, password: passwordFor(late) })).toBe("refused");
  });

  test.each(["10.0.0.1", "192.168.1.1", "169.254.169.254", "172.16.0.1", "100.64.0.1"])(
    "lets nobody through to %s",
    (peer) => {
      const name = nameFor(600);
      expect(ask({ name, password: passwordFor(name), peer })).toBe("forbidden");
    },
  );
});

function freePort(): Promise<number> {
  return new Promise((found) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => found(typeof address === "object" && address ? address.port : 0));
    });
  });
}
