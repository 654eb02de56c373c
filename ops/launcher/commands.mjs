import { spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { alone } from "./alone.mjs";
import { build, isBuilt } from "./build.mjs";
import { runStatic, runVitest } from "./checks.mjs";
import { run } from "./child.mjs";
import { runEndToEnd } from "./end-to-end.mjs";
import { install } from "./install.mjs";
import { at, endToEndData, root } from "./places.mjs";
import { generateRoutes } from "./routes.mjs";
import { findRuntime } from "./runtime.mjs";
import { STOPPED, say, step } from "./say.mjs";
import { mode, serve, serveSources } from "./serve.mjs";
import { add } from "./tally.mjs";
import { turn } from "./turn.mjs";

/** What every command stands on: a Node, the packages, the table of routes. */
function prepare({ built = false } = {}) {
  return alone(async () => {
    const runtime = await findRuntime();
    await install(runtime);
    generateRoutes();
    if (built) await build(runtime);
    return runtime;
  });
}

/** The last line is the one that tools read. */
function conclude({ passed, failed }) {
  say(`\n${passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

async function check() {
  const runtime = await prepare();
  const still = await runStatic(runtime);
  return conclude(add(still, await runVitest(runtime, { name: "unit", projects: ["unit"] })));
}

async function test() {
  const runtime = await prepare();
  const still = await runStatic(runtime);
  const tests = await runVitest(runtime, { name: "all" });
  return conclude(add(add(still, tests), await browserTests(runtime)));
}

async function browserTests(runtime, args) {
  try {
    if (!process.env.E2E_URL) await alone(() => build(runtime));
    return await runEndToEnd(runtime, args);
  } catch (error) {
    if (error.code === STOPPED) throw error;
    say(error.message);
    return { passed: 0, failed: 1 };
  }
}

/** Hands the terminal over to a program of the product and ends as it did. */
function hand({ node, env }, args, extra) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, args, { cwd: root, env: { ...env, ...extra }, stdio: "inherit" });
    const pass = (signal) => (signal === "SIGINT" && process.stdin.isTTY ? undefined : child.kill(signal));
    process.on("SIGTERM", pass).on("SIGINT", pass);
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

/** A program of the product: bundled where the bundle is fresh, from its source otherwise. */
async function program(name, source, args) {
  const runtime = await prepare();
  const bundle = at("dist", `${name}.mjs`);
  const entry = existsSync(bundle) && isBuilt() ? [bundle] : ["--import", "tsx", source];
  return hand(runtime, [...entry, ...args], { ...mode(process.env), NODE_ENV: "production" });
}

export const commands = {
  start: async () => serve(await prepare({ built: true })),
  dev: async () => {
    const runtime = await prepare();
    await step("Bundling the SDK", () => run(runtime.node, ["ops/sdk.mjs"], { env: runtime.env }));
    return serveSources(runtime);
  },
  build: async () => void (await prepare({ built: true })),
  check,
  test,
  "test:full": () => {
    process.env.PARLEY_TEST = "full";
    return test();
  },
  e2e: async (args) => conclude(await browserTests(await prepare(), args)),
  /** What the browser tests start: the product on an empty data folder. */
  "start:empty": async () => {
    rmSync(endToEndData, { recursive: true, force: true });
    process.env.PARLEY_DATA = endToEndData;
    return serve(await prepare({ built: true }));
  },
  bench: async (args) =>
    hand(await prepare({ built: true }), ["--import", "tsx", "bench/run.ts", ...args], { NODE_ENV: "production" }),
  books: () => program("cli", "server/cli/main.ts", ["books"]),
  cli: (args) => program("cli", "server/cli/main.ts", args),
  /** A relay for calls, where coturn is installed. */
  turn,
  "local-stripe": (args) => program("local-stripe", "server/local-stripe/alone.ts", args),
};
