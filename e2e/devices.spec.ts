import { type Browser, chromium, type Page } from "@playwright/test";
import { type CallerWindow, callerPage, heardBy, join } from "./caller-page";
import { expectMedia, giveRooms, openRoom } from "./callers";
import { expect, type Somebody, test } from "./fixtures";

const FAKE = "--use-fake-device-for-media-stream";
const ALLOWED = "--use-fake-ui-for-media-stream";
const SMALL = { width: 320, height: 180, frameRate: 15 };

let host: Somebody;
test.beforeEach(async ({ somebody }) => {
  host = await somebody();
  await giveRooms(host);
});

/** A browser of somebody whose devices are otherwise than those of the rest. */
async function browserWith(...flags: string[]): Promise<Browser> {
  const executablePath = process.env.PLAYWRIGHT_CHROMIUM_PATH;
  const args = ["--no-sandbox", "--disable-dev-shm-usage", ...flags];
  return chromium.launch({ ...(executablePath && { executablePath }), args });
}

const startedWith = (page: Page) =>
  page.evaluate(async () => {
    const { sdk } = window as unknown as CallerWindow;
    const outcome = await sdk.startVideoCall().then(
      (stream) => stream.getTracks().map(({ kind }) => kind),
      (error) => error.code,
    );
    const { microphone, camera } = sdk.devices.getSnapshot();
    return { outcome, microphone: microphone.status, camera: camera.status };
  });

const comeIn = (page: Page, roomId: string) =>
  page.evaluate(
    async (id) => void (await (window as unknown as CallerWindow).sdk.joinRoom(id, "Dana", "video")),
    roomId,
  );

async function someoneInside(page: Page, roomId: string): Promise<void> {
  await join(page, { roomId, name: "Noor", picture: SMALL });
}

test("whoever denies the devices is told so, and comes in to see and hear all the same", async ({
  context,
  request,
  site,
}) => {
  const roomId = await openRoom(request, host);
  await someoneInside(await callerPage(context, site, { shown: { apiKey: host.apiKey } }), roomId);
  const browser = await browserWith(FAKE, "--deny-permission-prompts");
  try {
    const page = await callerPage(await browser.newContext(), site, { shown: { apiKey: host.apiKey } });
    expect(await startedWith(page)).toEqual({ outcome: "permission_denied", microphone: "denied", camera: "denied" });
    await comeIn(page, roomId);
    await expectMedia(page, 1, { sound: false });
  } finally {
    await browser.close();
  }
});

test("without a camera the microphone is enough", async ({ context, request, site }) => {
  const roomId = await openRoom(request, host);
  const noor = await callerPage(context, site, { shown: { apiKey: host.apiKey } });
  await someoneInside(noor, roomId);
  const browser = await browserWith(`${FAKE}=device-count=0`, ALLOWED);
  try {
    const page = await callerPage(await browser.newContext(), site, { shown: { apiKey: host.apiKey } });
    expect(await startedWith(page)).toEqual({ outcome: ["audio"], microphone: "on", camera: "none" });
    await expect.poll(() => heardBy(page, "error")).toMatchObject([{ code: "device_not_found" }]);
    await comeIn(page, roomId);
    await expectMedia(noor, 1, { picture: false });
    await expectMedia(page, 1);
  } finally {
    await browser.close();
  }
});

test("a camera that is pulled out gives way to another one, or is off for everybody", async ({
  context,
  request,
  site,
}) => {
  const roomId = await openRoom(request, host);
  const noor = await callerPage(context, site, { shown: { apiKey: host.apiKey } });
  const dana = await callerPage(context, site, { shown: { apiKey: host.apiKey } });
  await someoneInside(noor, roomId);
  await join(dana, { roomId, name: "Dana", picture: SMALL });
  await expectMedia(noor, 1);

  // What a browser does when a plug is pulled: the track ends by itself, and the list of devices changes.
  const pull = (isLastOne: boolean) =>
    dana.evaluate((isLastOne) => {
      const { sdk } = window as unknown as CallerWindow;
      const { track } = sdk.devices.getSnapshot().camera;
      if (isLastOne) {
        navigator.mediaDevices.getUserMedia = async () => {
          throw new DOMException("Requested device not found", "NotFoundError");
        };
      }
      track?.stop();
      track?.dispatchEvent(new Event("ended"));
      navigator.mediaDevices.dispatchEvent(new Event("devicechange"));
    }, isLastOne);

  await pull(false);
  await expect.poll(() => heardBy(dana, "deviceUnplugged")).toEqual([{ kind: "video", isReplaced: true }]);
  await expectMedia(noor, 1);

  await pull(true);
  await expect.poll(() => heardBy(dana, "deviceUnplugged")).toMatchObject([{}, { kind: "video", isReplaced: false }]);
  await expect
    .poll(() => heardBy(noor, "userMediaToggled"))
    .toMatchObject([{ userName: "Dana", type: "video", enabled: false }]);
  await expectMedia(noor, 1, { picture: false });
  expect(await dana.evaluate(() => (window as unknown as CallerWindow).sdk.devices.getSnapshot().camera)).toMatchObject(
    {
      status: "none",
      isUnplugged: true,
    },
  );
});
