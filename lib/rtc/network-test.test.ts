import { expect, test } from "vitest";
import { judge } from "./network-test";

test.each([
  [{ roundTripMs: 30, hasUdp: true, hasRelay: true }, "good"],
  [{ roundTripMs: 30, hasUdp: true, hasRelay: null }, "good"],
  [{ roundTripMs: 30, hasUdp: true, hasRelay: false }, "limited"],
  [{ roundTripMs: 30, hasUdp: false, hasRelay: true }, "limited"],
  [{ roundTripMs: 900, hasUdp: true, hasRelay: true }, "limited"],
  [{ roundTripMs: 30, hasUdp: false, hasRelay: null }, "blocked"],
  [{ roundTripMs: null, hasUdp: true, hasRelay: true }, "blocked"],
] as const)("%o is %s", (facts, verdict) => {
  expect(judge(facts)).toMatchObject({ verdict, reason: expect.stringMatching(/\.$/) });
});
