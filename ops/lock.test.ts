import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const program = resolve("ops/lock.mjs");
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

type Entry = { version?: string; resolved?: string; optionalDependencies?: Record<string, string> };

const write = (packages: Record<string, Entry>) =>
  writeFileSync(join(folder, "package-lock.json"), JSON.stringify({ lockfileVersion: 3, packages }));
const read = () => JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")).packages;
const check = () => spawnSync(process.execPath, [program, "--check"], { cwd: folder, encoding: "utf8" });
const mend = () => execFileSync(process.execPath, [program], { cwd: folder });

test("what a platform package lacks is named, then added with its platform", () => {
  write({
    "": {},
    "node_modules/tool": {
      version: "2.0.0",
      optionalDependencies: { "@tool/cli-linux-x64-musl": "2.0.0", "@tool/cli-darwin-arm64": "2.0.0" },
    },
  });
  const found = check();
  expect(found.status).toBe(1);
  expect(found.stderr).toContain("node_modules/@tool/cli-darwin-arm64 2.0.0");
  mend();
  expect(read()["node_modules/@tool/cli-linux-x64-musl"]).toEqual({
    version: "2.0.0",
    cpu: ["x64"],
    libc: ["musl"],
    optional: true,
    os: ["linux"],
  });
  expect(read()["node_modules/@tool/cli-darwin-arm64"]).toEqual({
    version: "2.0.0",
    cpu: ["arm64"],
    optional: true,
    os: ["darwin"],
  });
  expect(check().status).toBe(0);
});

test("what is held further up is not missing, and a range is not a platform package", () => {
  write({
    "": {},
    "node_modules/a/node_modules/tool": {
      version: "1.0.0",
      optionalDependencies: { "tool-linux-x64": "1.0.0", extras: "^1.0.0" },
    },
    "node_modules/tool-linux-x64": { version: "1.0.0" },
  });
  expect(check().status).toBe(0);
});

test("where a package came from is not recorded", () => {
  write({ "": {}, "node_modules/a": { version: "1.0.0", resolved: "https://registry.example/a.tgz" } });
  expect(check().status).toBe(1);
  mend();
  expect(read()["node_modules/a"]).toEqual({ version: "1.0.0" });
});
