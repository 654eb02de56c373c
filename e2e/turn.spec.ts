import { createHmac } from "node:crypto";
import type { APIRequestContext, BrowserContext, Page } from "@playwright/test";
import { hasTurn } from "../ops/launcher/turn.mjs";
import { freePort } from "../server/embedded-postgres/connection";
import { type CallerWindow, callerPage, heardBy, join, roomOf } from "./caller-page";
import { expectMedia, giveRooms, openRoom } from "./callers";
import { expect, type Somebody, test } from "./fixtures";
import { type LossyWay, openLossyWay } from "./lossy-way";
import { type Relay, startRelay } from "./relay";
import { type SecondServer, startOnSameDatabase } from "./second-server";

const SMALL = { width: 320, height: 180, frameRate: 15 };

test.skip(!hasTurn(), "needs coturn");
test.skip(process.env.E2E_URL !== undefined && !process.env.E2E_SECOND, "needs the built server");
test.describe.configure({ mode: "serial" });

let relay: Relay;
let way: LossyWay;
let server: SecondServer;
let site: string;
let turn: string;

test.beforeAll(async () => {
  relay = await startRelay();
  way = await openLossyWay(relay.port, 20_261);
  turn = `turn:127.0.0.1:${way.port}`;
  const port = await freePort();
  site = `http://localhost:${port}`;
  server = await startOnSameDatabase(port, { TURN_URLS: turn, TURN_SECRET: relay.secret });
});
test.afterAll(async () => {
  await server?.stop();
  way?.close();
  await relay?.stop();
});
test.afterEach(() => way.lose(0));

/** Noor and Dana, who reach each other through the relay alone. */
async function callOfTwo(context: BrowserContext, request: APIRequestContext, host: Somebody): Promise<[Page, Page]> {
  await giveRooms(host);
  const roomId = await openRoom(request, host);
  const open = async (name: string) => {
    const given = { shown: { apiKey: host.apiKey }, options: { transportPolicy: "relay" } };
    const page = await callerPage(context, site, given);
    await join(page, { roomId, name, picture: SMALL });
    return page;
  };
  const pages: [Page, Page] = [await open("Noor"), await open("Dana")];
  await Promise.all(pages.map((page) => expectMedia(page, 1)));
  return pages;
}

/** What a page measures of the one other person. */
const measuredBy = (page: Page) =>
  page.evaluate(() => {
    const [other] = (window as unknown as CallerWindow).sdk.stats.getSnapshot().people.values();
    return other;
  });

test("two people who want no address of theirs known call each other through the relay", async ({
  context,
  request,
  somebody,
}) => {
  test.slow();
  const pages = await callOfTwo(context, request, await somebody());
  for (const page of pages) await expect.poll(() => measuredBy(page)).toMatchObject({ route: "relay", level: "good" });
});

test("where one packet in ten is lost people go on seeing and hearing each other, and are told how well", async ({
  context,
  request,
  somebody,
}) => {
  test.setTimeout(240_000);
  const pages = await callOfTwo(context, request, await somebody());
  for (const page of pages) await expect.poll(async () => (await measuredBy(page))?.level).toBe("good");

  way.lose(0.1);
  const losses = await Promise.all(pages.map((page) => audioLossOver(page, 10)));
  await Promise.all(pages.map((page) => expectMedia(page, 1)));
  for (const percent of losses) {
    expect(percent).toBeGreaterThan(5);
    expect(percent).toBeLessThan(16);
  }
  for (const page of pages) await expect.poll(async () => (await measuredBy(page))?.level).toMatch(/^(fair|poor)$/);
  const { passed, lost } = way.tally();
  expect(lost / (passed + lost)).toBeCloseTo(0.1, 1);

  way.lose(0);
  for (const page of pages) await expect.poll(async () => (await measuredBy(page))?.level).toBe("good");
  const [noor, dana] = pages;
  expect(await roomOf(noor)).toEqual({ phase: "connected", people: [{ name: "Dana", link: "connected" }] });
  expect(await roomOf(dana)).toEqual({ phase: "connected", people: [{ name: "Noor", link: "connected" }] });
  for (const page of pages) expect(await heardBy(page, "userLeft")).toEqual([]);
});

/** How much of the other's sound did not come, by the page's own figures over so many readings. */
const audioLossOver = (page: Page, readings: number): Promise<number> =>
  page.evaluate(
    (readings) =>
      new Promise<number>((tell) => {
        const { stats } = (window as unknown as CallerWindow).sdk;
        const seen: number[] = [];
        const stop = stats.subscribe(() => {
          const [other] = stats.getSnapshot().people.values();
          if (other) seen.push(other.audioIn.lossPercent);
          if (seen.length < readings) return;
          stop();
          tell(seen.reduce((sum, percent) => sum + percent, 0) / seen.length);
        });
      }),
    readings,
  );

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
  expect(await waysFound(page, until(600), relay.secret)).toBeGreaterThan(0);
  expect(await waysFound(page, until(-60), relay.secret)).toBe(0);
  expect(await waysFound(page, until(600), "another secret")).toBe(0);
});
