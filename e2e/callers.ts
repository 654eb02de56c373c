import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { APIRequestContext, BrowserContext, Page } from "@playwright/test";
import { expect, runBeside, type Somebody } from "./fixtures";

/** Lets the account of somebody use rooms. */
export async function giveRooms({ email }: Pick<Somebody, "email">, plan = "professional"): Promise<void> {
  await runBeside("server/cli/main.ts", "grant-rooms", email, plan);
}

export async function openRoom(request: APIRequestContext, host: Somebody, fields: object = {}): Promise<string> {
  const answer = await request.post("/api/rooms", { headers: { "x-api-key": host.apiKey }, data: fields });
  expect(answer.status(), await answer.text()).toBe(201);
  return (await answer.json()).id;
}

/** Keeps every connection of a page where a test can read it. Before the page's own scripts. */
export async function keepConnections(target: BrowserContext | Page): Promise<void> {
  await target.addInitScript(() => {
    const kept: RTCPeerConnection[] = [];
    const Native = RTCPeerConnection;
    Object.assign(window, { connections: kept });
    window.RTCPeerConnection = class extends Native {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        kept.push(this);
      }
    };
  });
}

export type Arriving = { frames: number; energy: number };

/** What arrives over each connection of a page that is not closed. */
export const arriving = (page: Page): Promise<Arriving[]> =>
  page.evaluate(async () => {
    const { connections } = window as unknown as { connections: RTCPeerConnection[] };
    const open = connections.filter(({ connectionState }) => connectionState !== "closed");
    return Promise.all(
      open.map(async (pc) => {
        const sums = { frames: 0, energy: 0 };
        (await pc.getStats()).forEach((stat) => {
          if (stat.type !== "inbound-rtp") return;
          sums.frames += stat.framesDecoded ?? 0;
          sums.energy += stat.totalAudioEnergy ?? 0;
        });
        return sums;
      }),
    );
  });

/** Waits until picture and sound of so many others arrive and go on arriving. */
export async function expectMedia(page: Page, others: number, { picture = true, sound = true } = {}): Promise<void> {
  const before = await arriving(page);
  await expect(async () => {
    const now = await arriving(page);
    expect(now).toHaveLength(others);
    for (const [at, { frames, energy }] of now.entries()) {
      if (picture) expect(frames).toBeGreaterThan((before[at]?.frames ?? 0) + 2);
      if (sound) expect(energy).toBeGreaterThan(before[at]?.energy ?? 0);
    }
  }).toPass({ timeout: 45_000 });
}

/** Pages of somebody else's, on another origin of this machine; what they ask of `/api/` goes on to Parley. */
export async function serveElsewhere(html: string, parley: string): Promise<string> {
  const server = createServer((req, res) => {
    if (!req.url?.startsWith("/api/")) return void res.writeHead(200, { "content-type": "text/html" }).end(html);
    const headers = { "x-api-key": String(req.headers["x-api-key"] ?? "") };
    void fetch(new URL(req.url, parley), { headers }).then(async (answer) =>
      res.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text()),
    );
  });
  server.unref();
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo; // a server that listens on a port has one
  return `http://localhost:${port}/`;
}
