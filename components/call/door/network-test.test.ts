import { expect, test } from "vitest";
import { verdictOf } from "./network-test";

test.each([
  [40, true, "good"],
  [400, true, "limited"],
  [40, false, "limited"],
  [null, true, "blocked"],
] as const)("%s ms to the server, connects: %s, is %s", (distance, connects, level) => {
  expect(verdictOf(distance, connects).level).toBe(level);
});
