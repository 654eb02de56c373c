import { copyFileSync, existsSync, mkdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { run } from "./child.mjs";
import { at, runtimeFolder } from "./places.mjs";
import { Halt, step } from "./say.mjs";

const [MAJOR, MINOR] = [22, 12];
const isWindows = process.platform === "win32";

/** Which Node everything runs on: the machine's own where it is new enough, else one fetched below .data. */
export async function findRuntime() {
  if (isNewEnough(process.versions.node)) return runtimeOf(process.execPath);
  const fetched = fetchedNode();
  if (!existsSync(fetched) || !isCurrent()) await step("Fetching a newer Node", () => fetchNode(fetched));
  return runtimeOf(fetched);
}

function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > MAJOR || (major === MAJOR && minor >= MINOR);
}

const fetchedNode = () => {
  const name = `node-${isWindows ? "win" : process.platform}-${process.arch}`;
  return join(runtimeFolder, "node_modules", name, "bin", isWindows ? "node.exe" : "node");
};

const wanted = (name) => at("ops", "runtime", name);
const isCurrent = () => {
  const copy = join(runtimeFolder, "package-lock.json");
  return existsSync(copy) && readFileSync(copy, "utf8") === readFileSync(wanted("package-lock.json"), "utf8");
};

async function fetchNode(node) {
  mkdirSync(runtimeFolder, { recursive: true });
  rmSync(join(runtimeFolder, "package-lock.json"), { force: true });
  copyFileSync(wanted("package.json"), join(runtimeFolder, "package.json"));
  copyFileSync(wanted("package-lock.json"), join(runtimeFolder, "package-lock.json"));
  const { code, output } = await run(process.execPath, [
    npmCli(),
    "ci",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--prefix",
    runtimeFolder,
  ]);
  const works = code === 0 && existsSync(node) && (await run(node, ["--version"])).code === 0;
  if (works) return;
  rmSync(join(runtimeFolder, "package-lock.json"), { force: true });
  throw new Halt(
    `${output}\nParley needs Node ${MAJOR}.${MINOR} or newer, this is ${process.versions.node}, and no newer one could be fetched for ${process.platform} ${process.arch}. Install Node 24 and start again.`,
  );
}

function runtimeOf(node) {
  const env = {
    ...process.env,
    PATH: `${dirname(node)}${delimiter}${at("node_modules", ".bin")}${delimiter}${process.env.PATH ?? ""}`,
  };
  return { node, env, npm: (args, options) => run(node, [npmCli(), ...args], { env, ...options }) };
}

/** npm's own script, so that it runs on the Node chosen here and not on the one that its shebang finds. */
function npmCli() {
  const beside = dirname(realpathSync(process.execPath));
  const places = [
    process.env.npm_execpath,
    join(beside, "..", "lib", "node_modules", "npm", "bin", "npm-cli.js"),
    join(beside, "node_modules", "npm", "bin", "npm-cli.js"),
    ...(process.env.PATH ?? "").split(delimiter).map((folder) => resolved(join(folder, "npm"))),
    "/usr/share/nodejs/npm/bin/npm-cli.js",
  ];
  const found = places.find((place) => place?.endsWith("npm-cli.js") && existsSync(place));
  if (!found)
    throw new Halt(
      "Parley needs npm to install its packages, and there is none on this machine. Install it (on Debian: apt-get install npm) and start again.",
    );
  return found;
}

function resolved(path) {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
