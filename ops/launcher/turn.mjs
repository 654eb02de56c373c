import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { own } from "./places.mjs";
import { complain, say } from "./say.mjs";

const PORT = 3478;
const RELAY_PORTS = { from: 49_160, to: 49_400 };

/** Addresses that no relay has business with: the machine's own, private, shared, documentation and multicast ranges. */
const NOBODY = [
  ...["0.0.0.0-0.255.255.255", "10.0.0.0-10.255.255.255", "100.64.0.0-100.127.255.255", "127.0.0.0-127.255.255.255"],
  ...["169.254.0.0-169.254.255.255", "172.16.0.0-172.31.255.255", "192.0.0.0-192.0.0.255", "192.0.2.0-192.0.2.255"],
  ...["192.88.99.0-192.88.99.255", "192.168.0.0-192.168.255.255", "198.18.0.0-198.19.255.255"],
  ...["198.51.100.0-198.51.100.255", "203.0.113.0-203.0.113.255", "224.0.0.0-239.255.255.255"],
  ...["240.0.0.0-255.255.255.255", "::1", "fc00::-fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ...["fe80::-febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::ffff:0:0-::ffff:ffff:ffff", "64:ff9b::-64:ff9b::ffff:ffff"],
  ...["2002::-2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ff00::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
];

/**
 * How coturn is started. Whoever comes shows a name and a password that Parley made for them; nobody reaches a private
 * network through it. With `isLocal` it serves this machine alone, for trying calls out on it.
 */
export function turnWords({
  secret,
  folder,
  port = PORT,
  relayPorts = RELAY_PORTS,
  realm = "parley",
  isLocal = false,
}) {
  const place = isLocal
    ? ["--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1", "--allow-loopback-peers", "--allowed-peer-ip=127.0.0.1"]
    : NOBODY.filter((range) => range.startsWith("127.")).map((range) => `--denied-peer-ip=${range}`);
  return [
    ...["-n", "--no-cli", "--fingerprint", "--use-auth-secret", `--static-auth-secret=${secret}`, `--realm=${realm}`],
    ...[`--listening-port=${port}`, `--min-port=${relayPorts.from}`, `--max-port=${relayPorts.to}`],
    ...["--no-tls", "--no-dtls", "--no-multicast-peers", "--no-tcp-relay", "--no-rfc5780", "--stale-nonce=600"],
    // A browser reserves several for each of five others, and again while it changes networks.
    ...["--user-quota=48", "--total-quota=600", "--max-bps=400000"],
    ...NOBODY.filter((range) => !range.startsWith("127.")).map((range) => `--denied-peer-ip=${range}`),
    ...place,
    ...[
      "--log-file=stdout",
      "--simple-log",
      `--pidfile=${join(folder, "turn.pid")}`,
      `--userdb=${join(folder, "turn.db")}`,
    ],
  ];
}

export const hasTurn = () => spawnSync("turnserver", ["--help"]).error === undefined;

const HOW_TO_INSTALL = `coturn is not installed. It relays calls where two browsers cannot reach each other.

  Debian, Ubuntu   apt-get install coturn
  Fedora           dnf install coturn
  macOS            brew install coturn
  Windows          run it under WSL, or on another machine

Calls on one network work without it.`;

/** Starts a relay and says what Parley must be told of it. */
export async function turn(words) {
  if (!hasTurn()) {
    complain(HOW_TO_INSTALL);
    return 1;
  }
  const isLocal = words.includes("--local");
  const secret = process.env.TURN_SECRET || localSecret();
  const host = isLocal ? "127.0.0.1" : new URL(process.env.PUBLIC_URL || "http://localhost").hostname;
  say(`The relay answers at ${host}:${PORT}. Parley needs, in .env or its environment:\n`);
  say(`TURN_URLS=stun:${host}:${PORT},turn:${host}:${PORT},turn:${host}:${PORT}?transport=tcp`);
  say(process.env.TURN_SECRET ? "TURN_SECRET=(the one that is set)" : `TURN_SECRET=${secret}`);
  const folder = own("turn");
  mkdirSync(folder, { recursive: true });
  return until(spawn("turnserver", turnWords({ secret, folder, isLocal }), { stdio: ["ignore", "ignore", "inherit"] }));
}

/** Made once and kept where this user alone can read it. */
function localSecret() {
  const file = own("turn", "secret");
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  const secret = randomBytes(32).toString("base64url");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${secret}\n`, { mode: 0o600 });
  return secret;
}

function until(child) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.removeAllListeners(signal);
    process.on(signal, () => child.kill("SIGTERM"));
  }
  return new Promise((ended, failed) => {
    child.once("error", failed);
    child.once("exit", (code, signal) => ended(signal === "SIGTERM" ? 0 : (code ?? 1)));
  });
}
