import { spawn } from "node:child_process";
import { at, root } from "./places.mjs";
import { watchRoutes } from "./routes.mjs";
import { Halt, say } from "./say.mjs";
import { watchTree } from "./watch.mjs";

const LONGEST_STOP_MS = 20_000;
const PARENT_CHECK_MS = 1_000;

/** Runs the built server until it ends, and ends as it did. */
export async function serve({ node, env }) {
  const server = open(node, ["--enable-source-maps", "dist/server.mjs"], {
    ...env,
    ...mode(env),
    NODE_ENV: "production",
  });
  const passing = passSignals(() => server);
  try {
    return await ended(server);
  } finally {
    passing.stop();
  }
}

/** Runs the server from its sources, and again when those of the server itself change. */
export async function serveSources({ node, env }) {
  let server;
  let again = () => undefined;
  const routes = watchRoutes();
  const sources = watchTree(at("server"), (names) => {
    if (!names.some((name) => /(?<!\.test|\.gen)\.ts$/.test(name))) return;
    say("The server's sources changed; starting it again.");
    again();
  });
  const passing = passSignals(() => server);
  try {
    for (;;) {
      const changed = new Promise((resolve) => {
        again = resolve;
      });
      server = open(node, ["--import", "tsx", "server/main.ts"], { ...env, ...mode(env), NODE_ENV: "development" });
      const over = ended(server);
      const code = await Promise.race([over, changed.then(() => undefined)]);
      if (code === undefined) {
        server.kill("SIGTERM");
        await over;
      } else if (code === 0 || passing.asked()) {
        return code;
      } else {
        say("The server ended. It starts again when its sources change.");
        await Promise.race([changed, passing.whenAsked]);
      }
      if (passing.asked()) return 0;
    }
  } finally {
    passing.stop();
    routes.close();
    sources.close();
  }
}

/** Production is what the operator asked for, never what the build happens to set. Their own PARLEY_MODE has the last word. */
export function mode({ PARLEY_MODE, NODE_ENV }) {
  if (PARLEY_MODE) return { PARLEY_MODE };
  return NODE_ENV === "production" ? { PARLEY_MODE: "production" } : {};
}

/** The channel tells the server that this process is gone, even when it was killed. */
const open = (node, args, env) => spawn(node, args, { cwd: root, env, stdio: ["ignore", "inherit", "inherit", "ipc"] });

function ended(server) {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(new Halt(`The server could not be started: ${error.message}`)));
    server.once("exit", (code, signal) => resolve(code ?? (signal === "SIGTERM" || signal === "SIGINT" ? 0 : 1)));
  });
}

function passSignals(current) {
  let asked = false;
  let tell;
  const whenAsked = new Promise((resolve) => {
    tell = resolve;
  });
  const ask = (signal) => {
    asked = true;
    tell();
    // A terminal gives Ctrl-C to the whole group; a second one would look like impatience.
    if (signal && !(signal === "SIGINT" && process.stdin.isTTY)) current()?.kill(signal);
    setTimeout(() => current()?.kill("SIGKILL"), LONGEST_STOP_MS).unref();
  };
  const onTerm = () => ask("SIGTERM");
  const onInt = () => ask("SIGINT");
  process.on("SIGTERM", onTerm).on("SIGHUP", onTerm).on("SIGINT", onInt);
  const parent = watchParent(onTerm);
  return {
    whenAsked,
    asked: () => asked,
    stop() {
      clearInterval(parent);
      process.off("SIGTERM", onTerm).off("SIGHUP", onTerm).off("SIGINT", onInt);
    },
  };
}

/** Nothing passes on a SIGKILL. Started by npm or by the browser tests, the launcher ends when they are gone. */
function watchParent(onGone) {
  const isPartOfMore = process.env.npm_lifecycle_event ?? process.env.PARLEY_TETHERED;
  if (!isPartOfMore || process.platform === "win32") return undefined;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, PARENT_CHECK_MS);
  timer.unref();
  return timer;
}
