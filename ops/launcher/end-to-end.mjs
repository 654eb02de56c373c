import { rmSync } from "node:fs";
import { join } from "node:path";
import { BROWSER_ADVICE, findBrowser } from "./browser.mjs";
import { run } from "./child.mjs";
import { reportFolder } from "./places.mjs";
import { complain, say } from "./say.mjs";
import { countPlaywright, one } from "./tally.mjs";

/** The browser tests. Without a browser they count as one failure, and the reader learns the line to run. */
export async function runEndToEnd(runtime, args = []) {
  const withBrowser = await findBrowser(runtime);
  if (!withBrowser) {
    complain(BROWSER_ADVICE);
    return one(false);
  }
  const report = join(reportFolder, "e2e.json");
  rmSync(report, { force: true });
  say("\nBrowser tests");
  const { code } = await run(
    runtime.node,
    ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json", ...args],
    {
      env: { ...withBrowser, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
      show: true,
    },
  );
  return countPlaywright(report, code);
}
