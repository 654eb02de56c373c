import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, expect } from "@playwright/test";

/** Whether this machine lets a test have a network of its own. */
export const mayUnshare = spawnSync("unshare", ["-rn", "ip", "link", "set", "lo", "up"]).status === 0;

/** The network of one browser and nothing else, with faults at will. */
export type Namespace = {
  browser: Browser;
  /** Datagrams end in nothing: media stops, and the line to the server stays. */
  dropDatagrams(): void;
  passDatagrams(): void;
  /** All that leaves waits in one line of so much. */
  narrow(rate: string): void;
  /** The line to the server ends and cannot be opened again, while media goes on. */
  cutSignalling(): void;
  mendSignalling(): void;
  close(): Promise<void>;
};

const FLAGS = [
  ...[
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream=fps=5",
  ],
  ...["--allow-loopback-in-peer-connection", "--autoplay-policy=no-user-gesture-required"],
  // Three pages at once are all looked at by the test alone.
  ...["--disable-backgrounding-occluded-windows", "--disable-renderer-backgrounding"],
];

/** A process in the namespace takes connections and hands them out over a socket in the file system, which knows no namespaces. */
const FORWARD = `
const { createServer, connect } = require("node:net");
for (const pair of process.argv.slice(1)) {
  const [port, path] = pair.split("=");
  createServer((near) => {
    const far = connect(path);
    near.pipe(far).pipe(near);
    near.on("error", () => far.destroy()).on("close", () => far.destroy());
    far.on("error", () => near.destroy()).on("close", () => near.destroy());
  }).listen(Number(port), "127.0.0.1", () => console.log("ready"));
}`;

/** Opens a browser that reaches the named ports of this machine, and otherwise nothing. */
export async function openNamespace(ports: number[]): Promise<Namespace> {
  const folder = mkdtempSync(join(tmpdir(), "parley-net-"));
  const browser = await launchIn(folder);
  const pid = readFileSync(join(folder, "pid"), "utf8").trim();
  const enter = ["-t", pid, "-U", "-n", "--preserve-credentials"];
  const inside = (...words: string[]) => void execFileSync("nsenter", [...enter, ...words]);
  // Local addresses are looked up before anything else; a rule for datagrams must come before that.
  inside("ip", "rule", "add", "pref", "10", "lookup", "local");
  inside("ip", "rule", "del", "pref", "0");

  const gates = await Promise.all(ports.map((port) => openGate(port, join(folder, `${port}.sock`))));
  const pairs = ports.map((port) => `${port}=${join(folder, `${port}.sock`)}`);
  const forward = spawn("nsenter", [...enter, process.execPath, "-e", FORWARD, ...pairs], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  forward.stdout.on("data", (chunk) => {
    said += chunk;
  });
  await expect(() => expect(said.match(/ready/g) ?? []).toHaveLength(ports.length)).toPass({ timeout: 10_000 });

  return {
    browser,
    dropDatagrams: () => inside("ip", "rule", "add", "pref", "5", "ipproto", "udp", "blackhole"),
    passDatagrams: () => inside("ip", "rule", "del", "pref", "5"),
    narrow: (rate) => inside(..."tc qdisc add dev lo root tbf burst 8kb latency 300ms rate".split(" "), rate),
    cutSignalling: () => {
      for (const gate of gates) gate.shut();
    },
    mendSignalling: () => {
      for (const gate of gates) gate.open();
    },
    async close() {
      await browser.close();
      forward.kill();
      for (const gate of gates) gate.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function launchIn(folder: string): Promise<Browser> {
  const real = process.env.PLAYWRIGHT_CHROMIUM_PATH ?? chromium.executablePath();
  const wrapper = join(folder, "chromium");
  const script = `#!/bin/sh
exec unshare -rn sh -c 'ip link set lo up; echo $$ > "${folder}/pid"; exec "${real}" "$@"' sh "$@"
`;
  writeFileSync(wrapper, script);
  chmodSync(wrapper, 0o755);
  return chromium.launch({ executablePath: wrapper, args: FLAGS });
}

/** Where what comes out of the namespace goes on to the real port, while the gate is open. */
async function openGate(port: number, path: string) {
  const passing = new Set<Socket>();
  let isOpen = true;
  const server = createServer((near) => {
    if (!isOpen) return void near.destroy();
    const far = connect(port, "127.0.0.1");
    for (const [one, other] of [[near, far] as const, [far, near] as const]) {
      passing.add(one);
      one.pipe(other);
      one.on("error", () => other.destroy()).on("close", () => passing.delete(one) && other.destroy());
    }
  });
  await new Promise<void>((ready) => server.listen(path, ready));
  const shut = () => {
    isOpen = false;
    for (const socket of passing) socket.destroy();
  };
  return {
    shut,
    open: () => {
      isOpen = true;
    },
    end: () => {
      shut();
      server.close();
    },
  };
}
