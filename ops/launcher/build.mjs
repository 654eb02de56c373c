import { existsSync, rmSync } from "node:fs";
import { run } from "./child.mjs";
import { at } from "./places.mjs";
import { Halt, step } from "./say.mjs";
import { fingerprint, isStamped, putStamp } from "./stamp.mjs";

const stamp = at("dist", ".stamp");
const INPUTS = [
  "app",
  "components",
  "drizzle",
  "lib",
  "public",
  "server",
  "instrumentation.ts",
  "next.config.ts",
  "package-lock.json",
  "postcss.config.mjs",
  "tsconfig.json",
  "ops/bundle.mjs",
  "ops/sdk.mjs",
];

const isNoInput = (path) => /\.(?:test\.tsx?|gen\.ts|md)$/.test(path) || path.replaceAll("\\", "/") === "lib/testing";

const fingerprintOfInputs = () => fingerprint(INPUTS, { skip: isNoInput });

export const isBuilt = () =>
  isStamped(stamp, fingerprintOfInputs()) &&
  existsSync(at(".next", "BUILD_ID")) &&
  existsSync(at("dist", "server.mjs"));

/** Pages and bundles, made again only when something that goes into them changed. */
export async function build(runtime) {
  if (isBuilt()) return;
  // Taken before the work: an edit during it makes the next start build again.
  const mark = fingerprintOfInputs();
  rmSync(stamp, { force: true });
  await step("Building the pages", () => part(runtime, ["node_modules/next/dist/bin/next", "build"]));
  await step("Building the server", () => part(runtime, ["ops/bundle.mjs"]));
  putStamp(stamp, mark);
}

async function part({ node, env }, args) {
  const { code, output } = await run(node, args, {
    env: { ...env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  if (code !== 0) throw new Halt(`${output}\nThe build failed. The lines above say where.`);
}
