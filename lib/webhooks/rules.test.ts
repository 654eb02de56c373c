import { expect, test } from "vitest";
import { judge, WAITS_MS, waitAfter } from "./rules";

test("waits as the standard says, a little longer by chance and never shorter", () => {
  const inSeconds = WAITS_MS.map((wait) => wait / 1_000);
  expect(inSeconds).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]);
  for (const [at, wait] of WAITS_MS.entries()) {
    expect(waitAfter(at + 1, 0)).toBe(wait);
    expect(waitAfter(at + 1, 1)).toBe(wait * 1.2);
  }
  expect(waitAfter(WAITS_MS.length + 1)).toBeUndefined();
});

test.each([
  [200, "delivered"],
  [204, "delivered"],
  [299, "delivered"],
  [101, "failed"],
  [301, "failed"],
  [400, "failed"],
  [404, "failed"],
  [410, "gone"],
  [429, "failed"],
  [500, "failed"],
])("an answer of %i means %s", (status, verdict) => {
  expect(judge({ outcome: "answered", status }).is).toBe(verdict);
});

test("no answer is a failure, in the words of what happened", () => {
  expect(judge({ outcome: "failed", why: "The receiver refused the connection." })).toEqual({
    is: "failed",
    failure: "The receiver refused the connection.",
  });
});
