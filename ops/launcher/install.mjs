import { existsSync, readFileSync, rmSync } from "node:fs";
import { mendDriver } from "./mend-driver.mjs";
import { at } from "./places.mjs";
import { Halt, step } from "./say.mjs";
import { fingerprint, isStamped, putStamp } from "./stamp.mjs";

const stamp = at("node_modules", ".parley-stamp");

/** The packages that the lock file names, installed without running anybody's install scripts. */
export async function install(runtime) {
  const mark = fingerprint(["package.json", "package-lock.json", "ops/launcher/mend-driver.mjs"]);
  if (isStamped(stamp, mark)) return;
  if (!isInStep()) await step("Installing packages", () => installAnew(runtime));
  mendDriver();
  putStamp(stamp, mark);
}

async function installAnew(runtime) {
  // Bundler caches remember what could not be found before.
  rmSync(at(".next"), { recursive: true, force: true });
  // NODE_ENV=production would leave out what builds the product.
  const { code, output } = await runtime.npm([
    "ci",
    "--ignore-scripts",
    "--include=dev",
    "--include=optional",
    "--no-audit",
    "--no-fund",
  ]);
  if (code !== 0) throw new Halt(`${output}\nThe packages could not be installed. The lines above are npm's own.`);
}

/** Whether npm already installed just what the lock file names, for this platform: then there is nothing to do. */
function isInStep() {
  const installed = at("node_modules", ".package-lock.json");
  if (!existsSync(installed)) return false;
  const have = JSON.parse(readFileSync(installed, "utf8")).packages;
  const want = JSON.parse(readFileSync(at("package-lock.json"), "utf8")).packages;
  return Object.entries(want).every(
    ([path, entry]) => path === "" || !isNeeded(entry) || isThere(entry, have[path], path),
  );
}

const isThere = (wanted, found, path) => found?.version === wanted.version && existsSync(at(path, "package.json"));

/** What is optional everywhere may be absent; what is optional because it is for one platform may not be absent on that one. */
const isNeeded = (entry) => fits(entry) && (!entry.optional || entry.os !== undefined || entry.cpu !== undefined);

function fits({ os, cpu, libc }) {
  const musl = existsSync("/etc/alpine-release") ? "musl" : "glibc";
  return (
    allows(os, process.platform) && allows(cpu, process.arch) && (process.platform !== "linux" || allows(libc, musl))
  );
}

function allows(list, mine) {
  const names = list === undefined ? [] : [list].flat();
  if (names.length === 0) return true;
  return names.some((name) => name.startsWith("!")) ? !names.includes(`!${mine}`) : names.includes(mine);
}
