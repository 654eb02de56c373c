import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

/* Prints the first browser that really starts: a path, or "own" for the one Playwright brings. */

const SYSTEM = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
];

const chosen = process.env.PLAYWRIGHT_CHROMIUM_PATH;
const candidates = chosen ? [chosen] : ["own", ...SYSTEM.filter((path) => existsSync(path))];

for (const candidate of candidates) {
  if (await starts(candidate)) {
    process.stdout.write(candidate);
    process.exit(0);
  }
}
process.exit(1);

async function starts(candidate: string): Promise<boolean> {
  try {
    const browser = await chromium.launch({
      ...(candidate !== "own" && { executablePath: candidate }),
      timeout: 20_000,
    });
    await browser.close();
    return true;
  } catch {
    return false;
  }
}
