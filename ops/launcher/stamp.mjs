import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { at } from "./places.mjs";

/** The fingerprint of files and folders below the root. Missing ones count as missing. */
export function fingerprint(paths, { skip = () => false } = {}) {
  const hash = createHash("sha256");
  for (const path of paths) addTo(hash, path, skip);
  return hash.digest("hex");
}

function addTo(hash, path, skip) {
  if (skip(path) || !existsSync(at(path))) return;
  if (statSync(at(path)).isDirectory()) {
    for (const name of readdirSync(at(path)).sort()) addTo(hash, join(path, name), skip);
    return;
  }
  hash
    .update(`${path}\0`)
    .update(readFileSync(at(path)))
    .update("\0");
}

export const isStamped = (file, mark) => existsSync(file) && readFileSync(file, "utf8") === mark;

export function putStamp(file, mark) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, mark);
}
