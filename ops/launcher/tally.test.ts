import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { countPlaywright, countVitest } from "./tally.mjs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tally-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function report(content: unknown): string {
  const file = join(folder, "report.json");
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

describe("vitest", () => {
  test("tests are counted one by one", () => {
    const file = report({ numPassedTests: 7, numFailedTests: 2, testResults: [] });
    expect(countVitest(file, 1)).toEqual({ passed: 7, failed: 2 });
  });

  test("a file that could not be loaded is one failure", () => {
    const unloaded = { status: "failed", assertionResults: [] };
    const file = report({
      numPassedTests: 7,
      numFailedTests: 0,
      testResults: [unloaded, { status: "passed", assertionResults: [{}] }],
    });
    expect(countVitest(file, 1)).toEqual({ passed: 7, failed: 1 });
  });

  test("a runner that failed without naming a test counts itself", () => {
    expect(countVitest(report({ numPassedTests: 7, numFailedTests: 0 }), 1)).toEqual({ passed: 7, failed: 1 });
  });

  test.each([["nothing"], ["half a rep"]])("no readable report is a failure: %s", (text) => {
    const file = text === "nothing" ? join(folder, "none.json") : report(text);
    expect(countVitest(file, 0)).toEqual({ passed: 0, failed: 1 });
  });
});

describe("playwright", () => {
  test("what passed at the second try passed, what was left out counts as neither", () => {
    expect(countPlaywright(report({ stats: { expected: 3, flaky: 1, unexpected: 2, skipped: 5 } }), 1)).toEqual({
      passed: 4,
      failed: 2,
    });
  });

  test("a server that did not start is a failure", () => {
    expect(countPlaywright(report({ stats: { expected: 0, flaky: 0, unexpected: 0, skipped: 0 } }), 1)).toEqual({
      passed: 0,
      failed: 1,
    });
  });
});
