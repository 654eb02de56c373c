import { readFileSync } from "node:fs";

/* Fails when the lock file holds a package older than the oldest one that is known to be safe. */

const floors = JSON.parse(readFileSync("ops/security/floors.json", "utf8"));
const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));

const tooOld = floors.flatMap(({ package: name, floor, why }) =>
  Object.entries(packages)
    .filter(([path, { version }]) => path.endsWith(`node_modules/${name}`) && isBelow(version, floor))
    .map(([path, { version }]) => `${path} is ${version} and must be at least ${floor}: ${why}`),
);

for (const line of tooOld) console.error(line);
process.exitCode = tooOld.length > 0 ? 1 : 0;

/** A pre-release counts as below the release that it comes before. */
function isBelow(version, floor) {
  const [have, want] = [version, floor].map((text) => text.split("-")[0].split(".").map(Number));
  for (const place of [0, 1, 2]) {
    if (have[place] !== want[place]) return have[place] < want[place];
  }
  return version.includes("-") && !floor.includes("-");
}
