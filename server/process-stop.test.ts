// needs: processes
import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { io } from "socket.io-client";
import { expect, onTestFinished, test, vi } from "vitest";
import { registerAt, statusOfKey, tryRegister } from "./testing/callers";
import {
  databaseUrlOf,
  isOpen,
  launch,
  newDataDir,
  postmasterOf,
  processesOf,
  type Serving,
  startServer,
} from "./testing/processes";

vi.setConfig({ testTimeout: 120_000 });

const STOP_LIMIT_MS = 10_000;
const PROBE_MS = 15;

const ENDINGS = [
  { by: "SIGTERM", end: ({ child }: Serving) => child.kill("SIGTERM"), hasMuteSocket: true },
  { by: "Ctrl-C", end: ({ child }: Serving) => child.kill("SIGINT"), hasMuteSocket: false },
  {
    by: "the end of the process that started it",
    end: ({ child }: Serving) => child.disconnect(),
    hasMuteSocket: false,
  },
];

test.each(ENDINGS)(
  "$by under load ends it within ten seconds, and no request under way fails",
  async ({ end, hasMuteSocket }) => {
    const dataDir = newDataDir();
    const server = await startServer(dataDir);
    const person = await registerAt(server.url);
    const databasePort = Number(new URL(databaseUrlOf(dataDir)).port);
    const sockets = await Promise.all(["websocket", "polling"].map((by) => openSocket(server.url, person.key, by)));
    // This one never answers, not even when it is asked to close.
    if (hasMuteSocket) await openMuteSocket(server.port);

    const load = startLoad(server.url, person.key);
    await vi.waitFor(() => expect(load.answered.length).toBeGreaterThan(50), { timeout: 20_000 });
    const health = watchHealth(server.url, load.stop);
    await vi.waitFor(() => expect(health.seen).toEqual(["ready"]));
    const since = performance.now();
    end(server);

    const { code, signal } = await server.ended;
    const took = performance.now() - since;
    await load.done;
    expect(load.broken).toEqual([]);
    expect(new Set(load.answered)).toEqual(new Set([200, 201]));
    await health.gone;
    expect(health.seen).toEqual(["ready", "draining", "gone"]);
    for (const { heard } of sockets) expect(heard).toEqual(["server:draining", "will come back"]);
    expect({ code, signal }).toEqual({ code: 0, signal: null });
    expect(took).toBeLessThan(STOP_LIMIT_MS);
    await vi.waitFor(() => expect(processesOf(dataDir)).toEqual([]), { timeout: 20_000 });
    expect([await isOpen(server.port), await isOpen(databasePort)]).toEqual([false, false]);
  },
);

test("a second Ctrl-C changes nothing", async () => {
  const dataDir = newDataDir();
  const server = await startServer(dataDir);
  server.child.kill("SIGINT");
  server.child.kill("SIGINT");
  expect((await server.ended).code).toBe(0);
  expect(processesOf(dataDir)).toEqual([]);
});

test("Ctrl-C during the start leaves nothing behind", async () => {
  const dataDir = newDataDir();
  const { child, ended } = launch({ PARLEY_DATA: dataDir });
  await vi.waitFor(() => expect(postmasterOf(dataDir)).not.toBe(0), { timeout: 30_000 });
  child.kill("SIGINT");
  await ended;
  await vi.waitFor(() => expect(processesOf(dataDir)).toEqual([]), { timeout: 15_000 });
});

/** Quick requests and slow ones, one after the other on each line, until the balancer turns them away. */
function startLoad(url: string, key: string) {
  const answered: number[] = [];
  const broken: unknown[] = [];
  let going = true;
  const caller = async (call: () => Promise<number>) => {
    while (going) {
      try {
        answered.push(await call());
      } catch (error) {
        broken.push(error);
      }
    }
  };
  let count = 0;
  const register = async () => {
    count += 1;
    return (await tryRegister(url, `load-${count}@parley.example`)).status;
  };
  const callers = [
    ...Array.from({ length: 8 }, () => caller(() => statusOfKey(url, key))),
    caller(register),
    caller(register),
  ];
  return {
    answered,
    broken,
    stop: () => {
      going = false;
    },
    done: Promise.all(callers),
  };
}

/** What a balancer sees, each state once; it sends nothing more from the first refusal on. */
function watchHealth(url: string, turnAway: () => void) {
  const seen: string[] = [];
  const probe = async () => {
    const answer = await fetch(`${url}/readyz`, { headers: { connection: "close" } });
    return (await answer.text()).trim();
  };
  const watch = async () => {
    while (seen.at(-1) !== "gone") {
      const state = await probe().catch(() => "gone");
      if (state !== "ready") turnAway();
      if (seen.at(-1) !== state) seen.push(state);
      await wait(PROBE_MS);
    }
  };
  return { seen, gone: watch() };
}

async function openSocket(url: string, apiKey: string, transport: string) {
  const heard: string[] = [];
  const socket = io(url, { auth: { apiKey }, transports: [transport], forceNew: true });
  onTestFinished(() => void socket.disconnect());
  socket.on("server:draining", () => heard.push("server:draining"));
  socket.on("disconnect", () => heard.push(socket.active ? "will come back" : "was sent away"));
  await new Promise<void>((connected, failed) => {
    socket.once("connect", connected);
    socket.once("connect_error", failed);
  });
  return { heard };
}

function openMuteSocket(port: number): Promise<void> {
  return new Promise((opened, failed) => {
    const line = connect(port, "127.0.0.1", () =>
      line.write(
        `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
      ),
    );
    onTestFinished(() => void line.destroy());
    line.once("data", () => opened());
    line.once("error", failed);
  });
}
