import { globSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
const emptyModule = createRequire(import.meta.url).resolve("next/dist/compiled/server-only/empty.js");

/** A test that imports from lib/testing needs the database; every other one runs without. */
const NEEDS_DATABASE = /(?:from|import)\s*\(?\s*["'][^"']*\/testing\/|^\/\/ needs: database/m;
/** A test that starts servers of its own says so. It measures how fast they are, so it has the machine to itself. */
const NEEDS_PROCESSES = /^\/\/ needs: processes/m;
const matching = (files: string[], pattern: RegExp) =>
  files.filter((file) => pattern.test(readFileSync(`${root}${file}`, "utf8")));

const files = globSync("{app,components,lib,server,ops,bench}/**/*.test.{ts,tsx}", { cwd: root });
const processes = matching(files, NEEDS_PROCESSES);
const alone = new Set(processes);
const database = matching(files, NEEDS_DATABASE).filter((file) => !alone.has(file));
const unit = files.filter((file) => !alone.has(file) && !database.includes(file));

const shared = {
  environment: "node",
  // Where a test hangs, not how fast it should be: two cores may have much else to do.
  testTimeout: 30_000,
  hookTimeout: 60_000,
  expect: { poll: { timeout: 20_000 } },
  restoreMocks: true,
  unstubEnvs: true,
} as const;

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      { find: "server-only", replacement: emptyModule },
    ],
  },
  test: {
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { ...shared, name: "unit", include: unit, setupFiles: ["lib/testing/strict-console.ts"] },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: "database",
          include: database,
          // They wait for facts; a shorter limit would measure what else the machine does.
          testTimeout: 20_000,
          hookTimeout: 30_000,
          pool: "forks",
          globalSetup: ["lib/testing/global-setup.ts", "server/testing/programs.ts"],
          setupFiles: ["lib/testing/strict-console.ts", "lib/testing/each-file.ts"],
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: "process",
          include: processes,
          pool: "forks",
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          globalSetup: ["server/testing/programs.ts"],
          setupFiles: ["lib/testing/strict-console.ts"],
        },
      },
    ],
  },
});
