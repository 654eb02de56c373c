import type { BrowserContext, Page } from "@playwright/test";
import type { MultimediaSDK } from "../lib/sdk/multimedia-sdk";
import { keepConnections, serveElsewhere } from "./callers";

/** What a caller's page holds. */
export type CallerWindow = Window & { sdk: MultimediaSDK; heard: { name: string; body: unknown }[] };

const pageFor = (
  parley: string,
) => `<!doctype html><title>Caller</title><div id="people"></div><script src="${parley}/sdk/multimedia-sdk.js"></script>
<script>
window.heard = [];
function open(options, shown) {
  const sdk = new MultimediaSDK("${parley}", options);
  Object.assign(sdk, shown);
  for (const name of ["joined", "userJoined", "userLeft", "userReconnecting", "userReconnected", "userMediaToggled",
    "chatMessage", "reaction", "ended", "reconnecting", "reconnected", "deviceUnplugged", "error", "knock", "waiting",
    "mutedByHost", "screenStream", "screenStreamRemoved"])
    sdk.on(name, (body) => window.heard.push({ name, body: JSON.parse(JSON.stringify(body)) }));
  sdk.on("remoteStream", ({ stream, userId }) => {
    const video = document.createElement("video");
    Object.assign(video, { srcObject: stream, autoplay: true, id: userId });
    document.getElementById("people").append(video);
  });
  sdk.on("remoteStreamRemoved", ({ userId }) => document.getElementById(userId)?.remove());
  Object.assign(window, { sdk });
}
</script>`;

const addresses = new Map<string, Promise<string>>();

export function callerAddress(baseURL: string): Promise<string> {
  const address = addresses.get(baseURL) ?? serveElsewhere(pageFor(baseURL), baseURL);
  addresses.set(baseURL, address);
  return address;
}

/** A page with the SDK and nothing of ours around it. */
export async function callerPage(
  context: BrowserContext,
  baseURL: string,
  { shown, options = {} }: { shown: { apiKey?: string; token?: string }; options?: object },
): Promise<Page> {
  const page = await context.newPage();
  await keepConnections(page);
  await page.goto(await callerAddress(baseURL));
  await page.evaluate(
    ({ shown, options }) => (window as unknown as { open(a: object, b: object): void }).open(options, shown),
    {
      shown,
      options,
    },
  );
  return page;
}

export type Joining = { roomId: string; name: string; type?: "video" | "voice"; picture?: MediaTrackConstraints };

export const join = (page: Page, joining: Joining): Promise<string> =>
  page.evaluate(async ({ roomId, name, type = "video", picture }) => {
    const { sdk } = window as unknown as CallerWindow;
    if (type === "video") await sdk.startVideoCall({ video: picture ?? true });
    else await sdk.startVoiceCall();
    const room = await sdk.joinRoom(roomId, name, type);
    return room.self?.id ?? "";
  }, joining);

export const heardBy = (page: Page, name: string): Promise<Record<string, unknown>[]> =>
  page.evaluate(
    (wanted) =>
      (window as unknown as CallerWindow).heard
        .filter((one) => one.name === wanted)
        .map(({ body }) => body as Record<string, unknown>),
    name,
  );

export const roomOf = (page: Page): Promise<{ phase: string; people: { name: string; link: string }[] }> =>
  page.evaluate(() => {
    const { phase, people } = (window as unknown as CallerWindow).sdk.room;
    return { phase, people: people.map(({ name, link }) => ({ name, link })) };
  });
