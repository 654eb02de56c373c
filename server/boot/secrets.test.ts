import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { localSecrets } from "./secrets";

const run = promisify(execFile);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "secrets-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("they are made once, for this user alone, and nothing else is left", () => {
  const made = localSecrets(folder);
  expect(localSecrets(folder)).toEqual(made);
  expect(readdirSync(folder)).toEqual(["secrets.json"]);
  expect(statSync(join(folder, "secrets.json")).mode & 0o777).toBe(0o600);
});

test("processes that begin at once on an empty folder have the same", async () => {
  const module = new URL("./secrets.ts", import.meta.url).href;
  // Each waits for the same moment, so that they meet where the file is made.
  const at = Date.now() + 1_500;
  const program = `
    const { localSecrets } = await import(${JSON.stringify(module)});
    while (Date.now() < ${at});
    for (let round = 0; round < 40; round += 1) {
      while (Date.now() < ${at} + round * 15);
      console.log(JSON.stringify(localSecrets(${JSON.stringify(folder)} + "/" + round)));
    }`;
  const said = await Promise.all(
    [1, 2, 3].map(() => run(process.execPath, ["--input-type=module", "--eval", program])),
  );
  expect(said[0]?.stdout.trim().split("\n")).toHaveLength(40);
  expect(new Set(said.map(({ stdout }) => stdout)).size).toBe(1);
});

test("a file that is damaged is named, and not replaced", () => {
  writeFileSync(join(folder, "secrets.json"), "");
  expect(() => localSecrets(folder)).toThrow(/secrets\.json, which holds this server's secrets, is damaged/);
});
