import { existsSync, readdirSync, watch } from "node:fs";
import { join } from "node:path";

const SETTLE_MS = 80;

/**
 * Calls back, once things settle, with the names that changed below a folder.
 * One watcher a folder: the recursive one of older Nodes misses new folders.
 */
export function watchTree(top, onChange) {
  const watchers = new Map();
  let changed = new Set();
  let timer;

  const settle = () => {
    for (const folder of foldersIn(top)) if (!watchers.has(folder)) begin(folder);
    const names = [...changed];
    changed = new Set();
    onChange(names);
  };
  const notice = (name) => {
    changed.add(name);
    clearTimeout(timer);
    timer = setTimeout(settle, SETTLE_MS);
  };
  const end = (folder) => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  const begin = (folder) => {
    try {
      const watcher = watch(folder, (_, name) => {
        if (!existsSync(folder)) end(folder);
        notice(name ? join(folder, name) : folder);
      });
      watcher.on("error", () => end(folder));
      watchers.set(folder, watcher);
    } catch {
      // The folder went away between the listing and the watching.
    }
  };

  for (const folder of foldersIn(top)) begin(folder);
  return {
    close() {
      clearTimeout(timer);
      for (const folder of [...watchers.keys()]) end(folder);
    },
  };
}

function foldersIn(folder) {
  if (!existsSync(folder)) return [];
  const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [folder, ...below.flatMap((entry) => foldersIn(join(folder, entry.name)))];
}
