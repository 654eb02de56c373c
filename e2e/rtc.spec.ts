import type { BrowserContext, Page } from "@playwright/test";
import { type CallerWindow, callerPage, heardBy, join, roomOf } from "./caller-page";
import { arriving, expectMedia, giveRooms, openRoom } from "./callers";
import { expect, type Somebody, test } from "./fixtures";

const SMALL = { width: 320, height: 180, frameRate: 15 };

let host: Somebody;
test.beforeEach(async ({ somebody }) => {
  host = await somebody();
  await giveRooms(host);
});

async function caller(context: BrowserContext, baseURL: string | undefined, roomId: string, name: string) {
  const page = await callerPage(context, baseURL ?? "", { shown: { apiKey: host.apiKey } });
  const id = await join(page, { roomId, name, picture: SMALL });
  return { page, id };
}

const namesIn = async (page: Page) => (await roomOf(page)).people.map(({ name }) => name).sort();

test("two people see and hear each other, and the one who leaves is gone for the other", async ({
  context,
  request,
  baseURL,
}) => {
  const roomId = await openRoom(request, host);
  const noor = await caller(context, baseURL, roomId, "Noor");
  const dana = await caller(context, baseURL, roomId, "Dana");
  await Promise.all([expectMedia(noor.page, 1), expectMedia(dana.page, 1)]);
  expect(await roomOf(noor.page)).toEqual({ phase: "connected", people: [{ name: "Dana", link: "connected" }] });

  await dana.page.evaluate(() => (window as unknown as CallerWindow).sdk.leaveRoom());
  await expect.poll(() => heardBy(noor.page, "userLeft")).toMatchObject([{ userName: "Dana", reason: "left" }]);
  expect(await namesIn(noor.page)).toEqual([]);
  expect(await arriving(noor.page)).toEqual([]);
});

test("four people see and hear each other in every direction", async ({ context, request, baseURL }) => {
  test.slow();
  const roomId = await openRoom(request, host);
  const people = [];
  for (const name of ["Noor", "Dana", "Ines", "Tom"]) people.push(await caller(context, baseURL, roomId, name));
  for (const { page } of people) await expectMedia(page, 3);
  expect(await namesIn(people[0]?.page as Page)).toEqual(["Dana", "Ines", "Tom"]);
});

test("people who come at the same moment meet each other once", async ({ context, request, baseURL }) => {
  const roomId = await openRoom(request, host);
  const pages = await Promise.all(
    [1, 2, 3].map(() => callerPage(context, baseURL ?? "", { shown: { apiKey: host.apiKey } })),
  );
  await Promise.all(pages.map((page, at) => join(page, { roomId, name: `P${at}`, picture: SMALL })));
  for (const page of pages) await expectMedia(page, 2);
});

test("a reload comes back and is one tile to the others", async ({ context, request, baseURL }) => {
  const roomId = await openRoom(request, host);
  const noor = await caller(context, baseURL, roomId, "Noor");
  const dana = await caller(context, baseURL, roomId, "Dana");
  await expectMedia(noor.page, 1);
  await dana.page.reload();
  await dana.page.evaluate(
    (apiKey) => (window as unknown as { open(a: object, b: object): void }).open({}, { apiKey }),
    host.apiKey,
  );
  const again = await join(dana.page, { roomId, name: "Dana", picture: SMALL });
  expect(again).toBe(dana.id);
  await Promise.all([expectMedia(noor.page, 1), expectMedia(dana.page, 1)]);
  expect(await namesIn(noor.page)).toEqual(["Dana"]);

  // The older of the two as well: whoever comes in with nothing offers, whoever was there first.
  await noor.page.reload();
  await noor.page.evaluate(
    (apiKey) => (window as unknown as { open(a: object, b: object): void }).open({}, { apiKey }),
    host.apiKey,
  );
  expect(await join(noor.page, { roomId, name: "Noor", picture: SMALL })).toBe(noor.id);
  await Promise.all([expectMedia(noor.page, 1), expectMedia(dana.page, 1)]);
});

test("the same device in another tab takes the call over, and the first tab says so", async ({
  context,
  request,
  baseURL,
}) => {
  const roomId = await openRoom(request, host);
  const given = { shown: { apiKey: host.apiKey }, options: { deviceId: "device-of-dana" } };
  const noor = await caller(context, baseURL, roomId, "Noor");
  const first = await callerPage(context, baseURL ?? "", given);
  await join(first, { roomId, name: "Dana", picture: SMALL });
  await expectMedia(noor.page, 1);
  const second = await callerPage(context, baseURL ?? "", given);
  await join(second, { roomId, name: "Dana", picture: SMALL });
  await expect.poll(() => heardBy(first, "ended")).toMatchObject([{ reason: "replaced" }]);
  await Promise.all([expectMedia(noor.page, 1), expectMedia(second, 1)]);
  expect(await namesIn(noor.page)).toEqual(["Dana"]);
});

test("what is turned off is off for the others, and the camera is let go", async ({ context, request, baseURL }) => {
  const roomId = await openRoom(request, host);
  const noor = await caller(context, baseURL, roomId, "Noor");
  const dana = await caller(context, baseURL, roomId, "Dana");
  await expectMedia(noor.page, 1);
  const light = () =>
    dana.page.evaluate(async () => {
      const { sdk } = window as unknown as CallerWindow;
      const before = sdk.devices.getSnapshot().camera.track;
      const isOn = await sdk.toggleVideo();
      return { isOn, was: before?.readyState, tracks: sdk.devices.getSnapshot().stream?.getVideoTracks().length };
    });
  expect(await light()).toEqual({ isOn: false, was: "ended", tracks: 0 });
  await expect
    .poll(() => heardBy(noor.page, "userMediaToggled"))
    .toMatchObject([{ userName: "Dana", type: "video", enabled: false }]);
  const [still] = await arriving(noor.page);
  await expectMedia(noor.page, 1, { picture: false });
  const [now] = await arriving(noor.page);
  expect((now?.frames ?? 0) - (still?.frames ?? 0)).toBeLessThan(5);
  expect(await light()).toMatchObject({ isOn: true });
  await expectMedia(noor.page, 1);
});

test("chat arrives once, and what was written while the line was down arrives after it", async ({
  context,
  request,
  baseURL,
}) => {
  const roomId = await openRoom(request, host);
  const noor = await caller(context, baseURL, roomId, "Noor");
  const dana = await caller(context, baseURL, roomId, "Dana");
  await expectMedia(noor.page, 1);
  const texts = () =>
    noor.page.evaluate(() =>
      (window as unknown as CallerWindow).sdk.room.chat.map(({ text, state, userName }) => ({ text, state, userName })),
    );
  await dana.page.evaluate(() => (window as unknown as CallerWindow).sdk.sendChatMessage("Hello"));
  await expect.poll(texts).toEqual([{ text: "Hello", state: "sent", userName: "Dana" }]);

  await dana.page.evaluate(async () => {
    const { sdk } = window as unknown as CallerWindow;
    sdk.call.breakLine();
    if (sdk.state !== "reconnecting") await new Promise<void>((down) => sdk.on("stateChanged", () => down()));
    await sdk.sendChatMessage("Are you there?");
  });
  // Between browsers at once, and by the server when it is back: one message all the same.
  await expect.poll(texts).toEqual([
    { text: "Hello", state: "sent", userName: "Dana" },
    { text: "Are you there?", state: "sent", userName: "Dana" },
  ]);
  expect(await heardBy(noor.page, "chatMessage")).toHaveLength(2);
});

test("a line that breaks comes back as the same person, and media does not notice", async ({
  context,
  request,
  baseURL,
}) => {
  const roomId = await openRoom(request, host);
  const noor = await caller(context, baseURL, roomId, "Noor");
  const dana = await caller(context, baseURL, roomId, "Dana");
  await expectMedia(noor.page, 1);
  const count = () => dana.page.evaluate(() => (window as unknown as { connections: unknown[] }).connections.length);
  expect(await count()).toBe(1);
  await dana.page.evaluate(() => (window as unknown as CallerWindow).sdk.call.breakLine());
  await expect.poll(() => heardBy(dana.page, "reconnected")).toHaveLength(1);
  await expectMedia(noor.page, 1);
  expect(await count()).toBe(1);
  expect(await namesIn(noor.page)).toEqual(["Dana"]);
  expect(await heardBy(noor.page, "userLeft")).toEqual([]);
});

test("whoever shares a screen is seen with it beside the camera", async ({ context, request, baseURL }) => {
  const roomId = await openRoom(request, host);
  const noor = await caller(context, baseURL, roomId, "Noor");
  const dana = await caller(context, baseURL, roomId, "Dana");
  await expectMedia(noor.page, 1);
  await dana.page.evaluate(() => {
    // A picture of this page would need a person to choose it.
    navigator.mediaDevices.getDisplayMedia = async () => {
      const canvas = document.createElement("canvas");
      const pen = canvas.getContext("2d");
      setInterval(() => pen?.fillRect(Math.random() * 300, Math.random() * 150, 9, 9), 50);
      return canvas.captureStream(15);
    };
    return (window as unknown as CallerWindow).sdk.startScreenShare().then(() => undefined);
  });
  await expect.poll(() => heardBy(noor.page, "screenStream")).toMatchObject([{ userName: "Dana" }]);
  await dana.page.evaluate(() => (window as unknown as CallerWindow).sdk.stopScreenShare());
  await expect.poll(() => heardBy(noor.page, "screenStreamRemoved")).toHaveLength(1);
});
