import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join as path } from "node:path";
import { build } from "esbuild";
import { callerPage, join } from "./caller-page";
import { expectMedia, giveRooms, keepConnections, openRoom, serveElsewhere } from "./callers";
import { expect, test } from "./fixtures";

/* What the documentation of the rooms API prints, with an address and a key of this run, and otherwise unchanged. */
const VANILLA = `
const sdk = new MultimediaSDK('http://localhost:3000');
sdk.apiKey = 'mk_your_api_key_here';
await sdk.connect();
const room = await sdk.createRoom('My Video Room');
await sdk.joinRoom(room.id, 'Your Name', 'video');
const localStream = await sdk.startVideoCall();
document.getElementById('localVideo').srcObject = localStream;
sdk.on('remoteStream', (data) => {
    const remoteVideo = document.createElement('video');
    remoteVideo.srcObject = data.stream;
    remoteVideo.autoplay = true;
    document.body.appendChild(remoteVideo);
});
`;

const REACT = `
function AuthenticatedVideoChat({ apiKey }) {
    const [sdk, setSdk] = useState(null);
    const [usage, setUsage] = useState(null);
    useEffect(() => {
        const initializeSDK = async () => {
            const newSdk = new MultimediaSDK('http://localhost:3000');
            newSdk.apiKey = apiKey;
            await newSdk.connect();
            setSdk(newSdk);
            const usageResponse = await fetch('/api/billing/usage', { headers: { 'X-API-Key': apiKey } });
            setUsage(await usageResponse.json());
        };
        if (apiKey) initializeSDK();
        return () => { if (sdk) sdk.leaveRoom(); };
    }, [apiKey]);
    return usage && <p>Minutes used: {usage.usage.currentMonthMinutes}/{usage.limits.maxMinutes}; rooms: {usage.usage.currentMonthRooms}/{usage.limits.maxRooms}</p>;
}
`;

const ours = (sample: string, site: string, apiKey: string) =>
  sample.replace("http://localhost:3000", site).replace("mk_your_api_key_here", apiKey);

test("the documented script runs as it is printed, on a page of another origin", async ({
  page,
  context,
  request,
  somebody,
  site,
}) => {
  const host = await somebody();
  await giveRooms(host);
  const elsewhere = await serveElsewhere(
    `<!doctype html><title>Elsewhere</title><video id="localVideo" autoplay muted></video>
<script src="${site}/sdk/multimedia-sdk.js"></script>
<script type="module">${ours(VANILLA, site, host.apiKey)}; window.roomId = room.id;</script>`,
    site,
  );
  await keepConnections(page);
  await page.goto(elsewhere);
  await expect
    .poll(() => page.locator("#localVideo").evaluate((video: HTMLVideoElement) => video.videoWidth))
    .toBeGreaterThan(0);
  const roomId = await page.evaluate(() => (window as unknown as { roomId: string }).roomId);
  const listed = await request.get(`/api/rooms/${roomId}`, { headers: { "x-api-key": host.apiKey } });
  expect(await listed.json()).toMatchObject({ name: "My Video Room", type: "video", participants: 1 });

  const other = await callerPage(context, site, { shown: { apiKey: host.apiKey } });
  await join(other, { roomId, name: "Dana" });
  await Promise.all([expectMedia(page, 1), expectMedia(other, 1)]);
  await expect(page.locator("video")).toHaveCount(2);
  // Each sees the other, also the one whose camera came on inside the room.
  for (const one of [page, other])
    await expect
      .poll(() =>
        one
          .locator("video")
          .last()
          .evaluate((video: HTMLVideoElement) => video.videoWidth),
      )
      .toBeGreaterThan(0);
});

test("the documented React component runs as it is printed", async ({ page, somebody, site }) => {
  const host = await somebody();
  await giveRooms(host);
  const script = await bundleReact(site, host.apiKey);
  const body = `<!doctype html><title>React</title><main id="root"></main><script>${script}</script>`;
  await page.goto(await serveElsewhere(body, site));
  await expect(page.getByText("Minutes used: 0/5000; rooms: 0/25")).toBeVisible();
});

/** As an application's bundler does it, with the SDK as a file beside the component. */
async function bundleReact(site: string, apiKey: string): Promise<string> {
  const folder = mkdtempSync(path(tmpdir(), "parley-sdk-"));
  try {
    writeFileSync(path(folder, "multimedia-sdk.js"), readFileSync("dist/sdk/multimedia-sdk.js"));
    writeFileSync(
      path(folder, "page.jsx"),
      `import React, { StrictMode, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import MultimediaSDK from './multimedia-sdk'
${ours(REACT, site, apiKey)}
createRoot(document.getElementById("root")).render(<StrictMode><AuthenticatedVideoChat apiKey="${apiKey}" /></StrictMode>);`,
    );
    const { outputFiles } = await build({
      entryPoints: [path(folder, "page.jsx")],
      bundle: true,
      write: false,
      minify: true,
      format: "iife",
      nodePaths: ["node_modules"],
      define: { "process.env.NODE_ENV": '"development"' },
      logLevel: "silent",
    });
    return (outputFiles[0]?.text ?? "").replaceAll("</script", "<\\/script");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("the SDK's own React parts hold a call of two", async ({ context, request, somebody, site }) => {
  const host = await somebody();
  await giveRooms(host);
  const roomId = await openRoom(request, host, { name: "Prefab" });
  const script = await bundlePrefabs(site, host.apiKey, roomId);
  const body = `<!doctype html><title>Prefab</title><main id="root" style="height:600px"></main><script>${script}</script>`;
  const address = await serveElsewhere(body, site);
  const open = async (name: string) => {
    const page = await context.newPage();
    await keepConnections(page);
    await page.goto(address);
    await page.getByLabel("Your name").fill(name);
    await page.getByRole("button", { name: "Join" }).click();
    return page;
  };
  const [noor, dana] = [await open("Noor"), await open("Dana")];
  await Promise.all([expectMedia(noor, 1), expectMedia(dana, 1)]);
  await expect(noor.getByRole("figure", { name: "Dana" })).toBeVisible();
  await dana.getByRole("button", { name: "Microphone on" }).click();
  await expect(noor.getByRole("figure", { name: "Dana · muted" })).toBeVisible();
  await dana.getByRole("button", { name: "Leave" }).click();
  await expect(noor.getByRole("figure")).toHaveCount(1);
});

async function bundlePrefabs(site: string, apiKey: string, roomId: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { useMemo, useState, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import MultimediaSDK from "./dist/sdk/multimedia-sdk.mjs";
import { MultimediaProvider, PreJoin, VideoRoom } from "./dist/sdk/react.mjs";
const sdk = new MultimediaSDK("${site}");
sdk.apiKey = "${apiKey}";
function App() {
  const [name, setName] = useState("");
  return <MultimediaProvider sdk={sdk}>{name ? <VideoRoom roomId="${roomId}" name={name} /> : <PreJoin onJoin={setName} />}</MultimediaProvider>;
}
createRoot(document.getElementById("root")).render(<StrictMode><App /></StrictMode>);`,
      loader: "tsx",
      resolveDir: ".",
    },
    ...{ bundle: true, write: false, minify: true, format: "iife", jsx: "automatic", logLevel: "silent" },
    define: { "process.env.NODE_ENV": '"development"' },
  });
  return (outputFiles[0]?.text ?? "").replaceAll("</script", "<\\/script");
}

test("a page that says which SDK it means gets that one or none", async ({ page, request, complaints, site }) => {
  const list = await (await request.get("/sdk/integrity.json")).json();
  const { integrity } = list["multimedia-sdk.js"];
  const withHash = (hash: string) =>
    `<!doctype html><title>x</title><script src="${site}/sdk/multimedia-sdk.js" integrity="${hash}" crossorigin></script>`;
  await page.goto(await serveElsewhere(withHash(integrity), site));
  expect(await page.evaluate(() => "MultimediaSDK" in window)).toBe(true);
  await page.goto(await serveElsewhere(withHash(`sha384-${"A".repeat(64)}`), site));
  expect(await page.evaluate(() => "MultimediaSDK" in window)).toBe(false);
  expect(complaints.splice(0)).toEqual([expect.stringMatching(/integrity/)]);
});

for (const kind of ["video", "voice"] as const)
  test(`the ${kind} example is an application that two people can use`, async ({ context, request, somebody }) => {
    const host = await somebody();
    await giveRooms(host);
    const roomId = await openRoom(request, host, { name: "Kitchen table", type: kind });
    const open = async (name: string) => {
      const page = await context.newPage();
      await keepConnections(page);
      await page.goto(`/examples/${kind}-chat.html#room=${roomId}`);
      await page.getByLabel("API key").fill(host.apiKey);
      await page.getByLabel("Your name").fill(name);
      await page.getByRole("button", { name: "Join" }).click();
      return page;
    };
    const [noor, dana] = [await open("Noor"), await open("Dana")];
    await expect(noor.getByText("Dana").first()).toBeVisible();
    await Promise.all([noor, dana].map((page) => expectMedia(page, 1, { picture: kind === "video" })));
    await dana.getByLabel("Message").fill("Tea?");
    await dana.getByLabel("Message").press("Enter");
    await expect(noor.getByText("Tea?")).toBeVisible();
    await dana.getByRole("button", { name: "Leave" }).click();
    await expect(noor.getByText("You are alone here")).toBeVisible();
  });
