import { expect, test } from "vitest";
import { waitBefore } from "./backoff";

test("the first attempt is at once, later ones wait longer, and no wait grows for ever", () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 50].map((attempt) => waitBefore(attempt, 0));
  expect(waits).toEqual([0, 300, 1_200, 2_700, 4_800, 7_000, 7_000, 7_000]);
  expect(waitBefore(3, 1)).toBe(2_200);
  expect(waitBefore(2, 1)).toBe(600);
});
