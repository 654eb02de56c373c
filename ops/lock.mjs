import { readFileSync, writeFileSync } from "node:fs";

/*
 * npm leaves optional platform packages out of the lock file when the registry
 * it writes from does not hold them, and then refuses its own lock file. This
 * adds what is missing, and drops registry addresses so that any registry serves.
 */

const FILE = "package-lock.json";
const EXACT = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/;
const SYSTEMS = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const PROCESSORS = ["arm64", "arm", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "wasm32", "x64"];

const lock = JSON.parse(readFileSync(FILE, "utf8"));
const missing = findMissing(lock.packages);
const addressed = Object.keys(lock.packages).filter((path) => /^https?:/.test(lock.packages[path].resolved ?? ""));

if (process.argv.includes("--check")) {
  for (const { path, version } of missing) console.error(`${FILE} lacks ${path} ${version}.`);
  for (const path of addressed) console.error(`${FILE} records where ${path} came from.`);
  if (missing.length + addressed.length > 0) {
    console.error("Run: node ops/lock.mjs");
    process.exitCode = 1;
  }
} else {
  for (const { path, version, name } of missing) lock.packages[path] = entryOf(name, version);
  for (const path of addressed) delete lock.packages[path].resolved;
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en")));
  writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`${missing.length} entries added, ${addressed.length} addresses dropped.`);
}

function findMissing(packages) {
  const found = new Map();
  for (const [parent, { optionalDependencies = {} }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (!EXACT.test(version) || isHeld(packages, parent, name)) continue;
      const path = packages[`node_modules/${name}`] ? `${parent}/node_modules/${name}` : `node_modules/${name}`;
      found.set(path, { path, name, version });
    }
  }
  return [...found.values()];
}

/** Whether the name resolves from the parent's folder or from one above it, as Node looks for it. */
function isHeld(packages, parent, name) {
  for (let folder = parent; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))) {
    if (packages[`${folder ? `${folder}/` : ""}node_modules/${name}`]) return true;
    if (!folder) return false;
  }
}

function entryOf(name, version) {
  const words = name.split("/").at(-1).split("-");
  const os = SYSTEMS.filter((system) => words.includes(system));
  const cpu = PROCESSORS.filter((processor) => words.includes(processor));
  const libc = words.includes("musl") ? ["musl"] : words.includes("gnu") && os.includes("linux") ? ["glibc"] : [];
  return {
    version,
    ...(cpu.length > 0 && { cpu }),
    ...(libc.length > 0 && { libc }),
    optional: true,
    ...(os.length > 0 && { os }),
  };
}
