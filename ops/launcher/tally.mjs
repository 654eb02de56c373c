import { existsSync, readFileSync } from "node:fs";

export const none = { passed: 0, failed: 0 };
export const add = (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed });
export const one = (isGood) => (isGood ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

/** What vitest counted. A file that could not even be loaded counts as one failure. */
export function countVitest(file, code) {
  const report = read(file);
  const unloaded = (report?.testResults ?? []).filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  return judged({ passed: report?.numPassedTests ?? 0, failed: (report?.numFailedTests ?? 0) + unloaded.length }, code);
}

export function countPlaywright(file, code) {
  const { expected = 0, flaky = 0, unexpected = 0 } = read(file)?.stats ?? {};
  return judged({ passed: expected + flaky, failed: unexpected }, code);
}

/** A runner that ends badly without naming a test has failed itself; so has one that counted nothing. */
const judged = (tally, code) =>
  (code !== 0 && tally.failed === 0) || tally.passed + tally.failed === 0 ? add(tally, one(false)) : tally;

function read(file) {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
