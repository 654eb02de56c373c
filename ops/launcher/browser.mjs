import { existsSync } from "node:fs";
import { run } from "./child.mjs";
import { browserFolder } from "./places.mjs";
import { step } from "./say.mjs";

const DOWNLOAD_MS = 180_000;
const APT = "apt-get update && apt-get install -y --no-install-recommends chromium fonts-liberation";

export const BROWSER_ADVICE = `There is no browser that the tests could use, and none could be installed. Run as root, then again npm test:\n  ${APT}`;

/** The environment in which the browser tests find a browser, or undefined where there is none to be had. */
export async function findBrowser(runtime) {
  return (await probe(runtime)) ?? step("Installing a browser", () => fetchBrowser(runtime));
}

async function fetchBrowser(runtime) {
  await run(runtime.node, ["node_modules/@playwright/test/cli.js", "install", "chromium"], {
    env: { ...inOwnFolder(runtime.env), PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: "8000" },
    timeoutMs: DOWNLOAD_MS,
  });
  const downloaded = await probe(runtime);
  if (downloaded) return downloaded;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return undefined;
  await run("sh", ["-c", APT], { env: { ...runtime.env, DEBIAN_FRONTEND: "noninteractive" } });
  return probe(runtime);
}

/** A browser counts when it starts, not when its file is there: a downloaded one may lack the system's libraries. */
async function probe({ node, env }) {
  const places = existsSync(browserFolder) ? [env, inOwnFolder(env)] : [env];
  for (const place of places) {
    const { code, output } = await run(node, ["--import", "tsx", "ops/find-browser.ts"], { env: place });
    if (code === 0) return output.trim() === "own" ? place : { ...place, PLAYWRIGHT_CHROMIUM_PATH: output.trim() };
  }
  return undefined;
}

const inOwnFolder = (env) => ({ ...env, PLAYWRIGHT_BROWSERS_PATH: env.PLAYWRIGHT_BROWSERS_PATH ?? browserFolder });
