import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "parley-sdk-"));
const file = (name: string) => join(folder, name);
const sizes = (): Record<string, { gzipBytes: number }> => JSON.parse(readFileSync(file("integrity.json"), "utf8"));

beforeAll(() => {
  execFileSync(process.execPath, ["ops/sdk.mjs", folder]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(["multimedia-sdk.js", "multimedia-sdk.mjs", "multimedia-sdk.cjs"])(
  "%s is at most 60 KB on the way",
  (name) => {
    expect(sizes()[name]?.gzipBytes).toBeGreaterThan(10_000);
    expect(sizes()[name]?.gzipBytes).toBeLessThanOrEqual(60 * 1_024);
  },
);

test.each(["react.mjs", "react.cjs"])("%s is at most 25 KB on the way, without React in it", (name) => {
  expect(sizes()[name]?.gzipBytes).toBeLessThanOrEqual(25 * 1_024);
  expect(readFileSync(file(name), "utf8")).not.toContain("react.transitional.element");
});

test("import has a default and names, and require and a script tag give the class itself", async () => {
  const require = createRequire(import.meta.url);
  const esm = await import(pathToFileURL(file("multimedia-sdk.mjs")).href);
  const [cjs, umd] = [require(file("multimedia-sdk.cjs")), require(file("multimedia-sdk.js"))];
  for (const Sdk of [esm.default, esm.MultimediaSDK, cjs, umd]) {
    const sdk = new Sdk("http://localhost:1");
    expect(sdk).toMatchObject({ url: "http://localhost:1", state: "idle" });
    expect(Sdk.MultimediaError.prototype).toBeInstanceOf(Error);
  }
  const page: Record<string, unknown> = {};
  new Function("self", "module", readFileSync(file("multimedia-sdk.js"), "utf8"))(page, undefined);
  expect(page.MultimediaSDK).toBeTypeOf("function");
});

test("what is packed holds every file that its package names, and nothing that must be installed beside it", () => {
  const pack = JSON.parse(readFileSync(file("package.json"), "utf8"));
  expect(pack.dependencies).toBeUndefined();
  const named = JSON.stringify(pack.exports).match(/\.\/[\w.-]+/g) ?? [];
  const [{ files }] = JSON.parse(
    execFileSync("npm", ["pack", "--dry-run", "--json"], { cwd: folder, encoding: "utf8" }),
  );
  const packed = new Set(files.map(({ path }: { path: string }) => `./${path}`));
  expect(
    [...named, "./multimedia-sdk.js", "./multimedia-sdk.js.map", "./README.md"].filter(
      (name) => !packed.has(name) && name !== "./react",
    ),
  ).toEqual([]);
});
