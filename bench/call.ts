import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { type BrowserContext, chromium, type Page } from "@playwright/test";
import { openCallPage } from "./call-page";
import { fixed, range } from "./print";
import { roomsOf } from "./rooms";
import { figureOf } from "./rounds";
import { startSubject } from "./subjects";

const ROUNDS = 8;
const DATA = resolve(".data/bench-call");
const STEPS = ["line", "joined", "offered", "agreed", "connected", "frame"] as const;
const WORDS: Record<(typeof STEPS)[number], string> = {
  line: "the line to the server is open",
  joined: "join acknowledged",
  offered: "offer made",
  agreed: "answer taken",
  connected: "connected",
  frame: "first frame of the other",
};

type Marks = Partial<Record<(typeof STEPS)[number], number>>;
type CallPage = {
  enter(key: string, room: string, isMeasured: boolean): Promise<Marks>;
  loopback(): Promise<Marks>;
  sdk: { leaveRoom(): Promise<void> };
};

/** From the click to the first frame of somebody else, in two tabs over Parley and in one page with itself. */
export async function call(): Promise<void> {
  rmSync(DATA, { recursive: true, force: true });
  const parley = await startSubject("Parley", ["dist/server.mjs"], {
    ...{ NODE_ENV: "production", PARLEY_MODE: "local", PARLEY_DATA: DATA, PARLEY_ROLES: "worker", PORT: "0" },
    ...{ SEED_DEMO: "false", RATE_LIMIT_ANONYMOUS: "1000000", LOG_FILE: resolve(DATA, "parley.log") },
  });
  const page = await openCallPage(`http://localhost:${parley.port}`);
  const executablePath = process.env.PLAYWRIGHT_CHROMIUM_PATH;
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ["--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"],
  });
  try {
    const { apiKey, rooms } = await roomsOf(parley.port, { dataDir: DATA, count: ROUNDS + 1 });
    const context = await browser.newContext();
    const calls: Marks[] = [];
    const loops: Marks[] = [];
    for (const [round, room] of rooms.entries()) {
      const taken = {
        call: await callOnce(context, page.url, { apiKey, room }),
        loop: await loopOnce(context, page.url),
      };
      // The first one pays for what a browser makes once.
      if (round > 0) calls.push(taken.call);
      if (round > 0) loops.push(taken.loop);
    }
    report(calls, loops);
  } finally {
    await browser.close();
    page.close();
    await parley.stop();
  }
}

const pageOf = async (context: BrowserContext, url: string): Promise<Page> => {
  const page = await context.newPage();
  await page.goto(url);
  return page;
};

async function callOnce(context: BrowserContext, url: string, given: { apiKey: string; room: string }): Promise<Marks> {
  const [first, second] = [await pageOf(context, url), await pageOf(context, url)];
  const enter = (page: Page, isMeasured: boolean) =>
    page.evaluate(({ apiKey, room, isMeasured }) => (window as unknown as CallPage).enter(apiKey, room, isMeasured), {
      ...given,
      isMeasured,
    });
  await enter(first, false);
  await second.bringToFront();
  const marks = await enter(second, true);
  await Promise.all([first.close(), second.close()]);
  return marks;
}

async function loopOnce(context: BrowserContext, url: string): Promise<Marks> {
  const page = await pageOf(context, url);
  await page.bringToFront();
  const marks = await page.evaluate(() => (window as unknown as CallPage).loopback());
  await page.close();
  return marks;
}

function report(calls: readonly Marks[], loops: readonly Marks[]): void {
  const at = (marks: readonly Marks[], step: (typeof STEPS)[number]) =>
    figureOf(marks.flatMap((one) => (one[step] === undefined ? [] : [one[step]])));
  console.log(
    `\n  from the click, in milliseconds, over ${calls.length} calls of two tabs and as many of one page with itself`,
  );
  console.log(`\n    ${"".padEnd(34)}${"two tabs".padStart(10)}${"one page".padStart(10)}`);
  for (const step of STEPS) {
    const loop = step === "line" || step === "joined" ? "" : fixed(at(loops, step).median);
    console.log(`    ${WORDS[step].padEnd(34)}${fixed(at(calls, step).median).padStart(10)}${loop.padStart(10)}`);
  }
  const ratio = figureOf(calls.map(({ frame = 0 }, round) => frame / (loops[round]?.frame ?? 1)));
  console.log(`\n    two tabs / one page${fixed(ratio.median).padStart(8)}   (${range(ratio)})   aim 2.5 or less`);
}
