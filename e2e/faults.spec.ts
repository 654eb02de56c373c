import { setTimeout as last } from "node:timers/promises";
import type { BrowserContext, Page } from "@playwright/test";
import { freePort } from "../server/embedded-postgres/connection";
import { callerAddress, callerPage, heardBy, join, roomOf } from "./caller-page";
import { arriving, expectMedia, giveRooms, openRoom } from "./callers";
import { expect, type Somebody, test } from "./fixtures";
import { mayUnshare, type Namespace, openNamespace } from "./namespace";
import { type SecondServer, startOnSameDatabase } from "./second-server";

/* A fault lasts as long as it lasts: the waits below are what is tried out, and everything else waits for a fact. */

const SMALL = { width: 320, height: 180, frameRate: 15 };
const isFull = process.env.PARLEY_TEST === "full";

test.skip(!mayUnshare, "needs `unshare -rn`, which this machine refuses");
test.describe.configure({ mode: "serial" });

let secondPort: number;
let network: Namespace;
let context: BrowserContext;
let host: Somebody;

const portOf = (url: string) => Number(new URL(url).port);

test.beforeAll(async ({ site }) => {
  secondPort = await freePort();
  const second = `http://localhost:${secondPort}`;
  const pages = await Promise.all([callerAddress(site), callerAddress(second)]);
  network = await openNamespace([portOf(site), secondPort, ...pages.map(portOf)]);
});
test.afterAll(() => network?.close());
test.beforeEach(async ({ somebody }) => {
  host = await somebody();
  await giveRooms(host);
  context = await network.browser.newContext();
});
test.afterEach(() => context.close());

async function callOfTwo(roomId: string, site: string): Promise<[Page, Page]> {
  const open = async (name: string) => {
    const page = await callerPage(context, site, { shown: { apiKey: host.apiKey } });
    await join(page, { roomId, name, picture: SMALL });
    return page;
  };
  const [noor, dana] = [await open("Noor"), await open("Dana")];
  await expectBoth([noor, dana]);
  return [noor, dana];
}

const expectBoth = (pages: readonly Page[]) => Promise.all(pages.map((page) => expectMedia(page, 1)));

/** Whatever happened, each of the two sees the other once. */
async function expectOneTileEach([noor, dana]: readonly [Page, Page]): Promise<void> {
  await expect.poll(() => roomOf(noor)).toEqual({ phase: "connected", people: [{ name: "Dana", link: "connected" }] });
  await expect.poll(() => roomOf(dana)).toEqual({ phase: "connected", people: [{ name: "Noor", link: "connected" }] });
}

for (const { seconds, isLong } of [{ seconds: 4 }, { seconds: 20 }, { seconds: 60, isLong: true }])
  test(`media comes back after ${seconds} seconds in which no datagram passed`, async ({ request, site }) => {
    test.skip(isLong === true && !isFull, "takes two minutes; runs with npm run test:full");
    test.setTimeout(240_000);
    const pages = await callOfTwo(await openRoom(request, host), site);
    network.dropDatagrams();
    try {
      await last(seconds * 1_000);
      // The line to the server is another one, and nobody is gone.
      expect((await roomOf(pages[0])).phase).toBe("connected");
      if (seconds >= 20) expect((await roomOf(pages[0])).people).toMatchObject([{ link: /reconnecting|failed/ }]);
    } finally {
      network.passDatagrams();
    }
    await expectBoth(pages);
    await expectOneTileEach(pages);
    for (const page of pages) expect(await heardBy(page, "userLeft")).toEqual([]);
  });

test("media goes on while the server cannot be reached, and both come back as who they were", async ({
  request,
  site,
}) => {
  test.setTimeout(180_000);
  const pages = await callOfTwo(await openRoom(request, host), site);
  network.cutSignalling();
  try {
    await expect.poll(() => roomOf(pages[0])).toMatchObject({ phase: "reconnecting" });
    await expectBoth(pages);
    await last(10_000);
    await expectBoth(pages);
  } finally {
    network.mendSignalling();
  }
  await expectOneTileEach(pages);
  await expectBoth(pages);
  for (const page of pages) {
    expect(await heardBy(page, "userLeft")).toEqual([]);
    expect(await heardBy(page, "reconnected")).toHaveLength(1);
    expect(await arriving(page)).toHaveLength(1);
  }
});

test("whoever was cut off for longer than a place is kept comes in again, and stands there once", async ({
  request,
  site,
}) => {
  test.skip(!isFull, "takes two minutes; runs with npm run test:full");
  test.setTimeout(240_000);
  const pages = await callOfTwo(await openRoom(request, host), site);
  network.cutSignalling();
  try {
    await last(40_000);
  } finally {
    network.mendSignalling();
  }
  await expectOneTileEach(pages);
  await expectBoth(pages);
});

test("a server that dies and comes back finds the call as it was", async ({ request, site }) => {
  test.skip(process.env.E2E_URL !== undefined && !process.env.E2E_SECOND, "needs the built server");
  test.setTimeout(240_000);
  const start = (): Promise<SecondServer> => startOnSameDatabase(secondPort);
  let server = await start();
  try {
    const roomId = await openRoom(request, host);
    const pages = await callOfTwo(roomId, `http://localhost:${secondPort}`);
    await server.kill();
    await expect.poll(() => roomOf(pages[0])).toMatchObject({ phase: "reconnecting" });
    await expectBoth(pages);
    server = await start();
    await expectOneTileEach(pages);
    await expectBoth(pages);
    for (const page of pages) expect(await heardBy(page, "userLeft")).toEqual([]);
  } finally {
    await server.stop();
  }
  expect(site).not.toContain(String(secondPort));
});

test("on half a megabit people go on seeing and hearing each other", async ({ request, site }) => {
  test.setTimeout(180_000);
  const pages = await callOfTwo(await openRoom(request, host), site);
  network.narrow("500kbit");
  await last(10_000);
  await expectBoth(pages);
  await expectOneTileEach(pages);
});
