import { type ChildProcess, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as path } from "node:path";
import type { Page } from "@playwright/test";
import { hasTurn, turnWords } from "../ops/launcher/turn.mjs";
import { freePort, readConnection, urlOf } from "../server/embedded-postgres/connection";
import { type CallerWindow, callerPage, join } from "./caller-page";
import { expectMedia, giveRooms, openRoom } from "./callers";
import { expect, test } from "./fixtures";
import { type SecondServer, startSecond } from "./second-server";

const PORT = 3171;
const SECRET = "a-secret-for-this-test-and-for-nothing-else";
const SMALL = { width: 320, height: 180, frameRate: 15 };

test.skip(!hasTurn(), "needs coturn");
test.skip(process.env.E2E_URL !== undefined && !process.env.E2E_SECOND, "needs the built server");
test.describe.configure({ mode: "serial" });

const folder = mkdtempSync(path(tmpdir(), "parley-turn-"));
let relay: ChildProcess;
let server: SecondServer;
let turn: string;

test.beforeAll(async () => {
  const port = await freePort();
  const words = turnWords({ secret: SECRET, folder, port, relayPorts: { from: 43_500, to: 43_900 }, isLocal: true });
  relay = spawn("turnserver", words, { stdio: "ignore" });
  turn = `turn:127.0.0.1:${port}`;
  server = await startSecond({
    ...{ PARLEY_MODE: "local", PARLEY_DATA: ".data/e2e-second", PARLEY_ROLES: "web", SEED_DEMO: "false" },
    DATABASE_URL: urlOf(readConnection(".data/e2e/postgres/connection.json"), "parley"),
    ...{ PORT: String(PORT), HOST: "127.0.0.1", TURN_URLS: turn, TURN_SECRET: SECRET },
    ...{ JWT_SECRET: "", NEXTAUTH_SECRET: "", PUBLIC_URL: "", REDIS_URL: "", LOG_LEVEL: "warn" },
  });
});
test.afterAll(async () => {
  await server?.stop();
  if (relay?.kill("SIGTERM")) await once(relay, "exit");
  rmSync(folder, { recursive: true, force: true });
});

test("two people who want no address of theirs known call each other through the relay", async ({
  context,
  request,
  somebody,
}) => {
  test.slow();
  const host = await somebody();
  await giveRooms(host);
  const roomId = await openRoom(request, host);
  const open = async (name: string) => {
    const given = { shown: { apiKey: host.apiKey }, options: { transportPolicy: "relay" } };
    const page = await callerPage(context, `http://localhost:${PORT}`, given);
    await join(page, { roomId, name, picture: SMALL });
    return page;
  };
  const pages = [await open("Noor"), await open("Dana")];
  await Promise.all(pages.map((page) => expectMedia(page, 1)));
  for (const page of pages)
    await expect
      .poll(() =>
        page.evaluate(() => {
          const { people } = (window as unknown as CallerWindow).sdk.stats.getSnapshot();
          return [...people.values()].map(({ route }) => route);
        }),
      )
      .toEqual(["relay"]);
});

/** How many ways through the relay a browser finds with these credentials. */
const waysFound = (page: Page, username: string, secret: string) =>
  page.evaluate(
    async ({ urls, username, credential }) => {
      const pc = new RTCPeerConnection({ iceServers: [{ urls, username, credential }], iceTransportPolicy: "relay" });
      pc.createDataChannel("test");
      let found = 0;
      const done = new Promise<void>((over) => {
        pc.onicecandidate = ({ candidate }) => {
          if (candidate) found += 1;
          else over();
        };
      });
      await pc.setLocalDescription();
      await done;
      pc.close();
      return found;
    },
    { urls: turn, username, credential: createHmac("sha1", secret).update(username).digest("base64") },
  );

test("a browser finds no way through the relay with credentials that are over or of another secret", async ({
  page,
}) => {
  await page.goto("/examples/voice-chat.html");
  const until = (seconds: number) => `${Math.floor(Date.now() / 1_000) + seconds}:participant_test`;
  expect(await waysFound(page, until(600), SECRET)).toBeGreaterThan(0);
  expect(await waysFound(page, until(-60), SECRET)).toBe(0);
  expect(await waysFound(page, until(600), "another secret")).toBe(0);
});
