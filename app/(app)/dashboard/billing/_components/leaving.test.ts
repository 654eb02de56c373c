import { expect, test } from "vitest";
import { leaving, owesAfterEnd } from "./leaving";

const TRIAL = new Date("2026-01-15T00:00:00Z");
const PERIOD = new Date("2026-06-15T00:00:00Z");
const plan = { cancelAt: null, currentPeriodEnd: PERIOD, trialEndsAt: TRIAL };
const atOnce = { when: "now" };

test.each([
  ["trial", ["upgrade", "downgrade", "cancel", "cancel_now"], { when: "period_end", at: TRIAL }],
  ["good", ["upgrade", "downgrade", "cancel", "cancel_now"], { when: "period_end", at: PERIOD }],
  ["grace", ["pay", "cancel", "cancel_now"], { when: "period_end", at: PERIOD }],
  ["suspended", ["pay", "cancel", "cancel_now"], atOnce],
  ["suspended", ["pay", "cancel_now"], atOnce],
  ["paused", ["resume", "cancel_now"], atOnce],
  ["starting", ["pay", "cancel_now"], undefined],
  ["ended", [], undefined],
] as const)("a plan that is %s and can %j is left %j", (standing, can, expected) => {
  expect(leaving({ ...plan, standing, can: [...can] })).toEqual(expected);
});

test("what ends already is undone before it is left in another way", () => {
  expect(leaving({ ...plan, standing: "good", can: ["cancel_now", "undo"], cancelAt: PERIOD })).toBeUndefined();
});

test("only what was billed by use is owed after the end", () => {
  expect(owesAfterEnd({ standing: "ended", family: "gateway" })).toBe(true);
  expect(owesAfterEnd({ standing: "ended", family: "rooms" })).toBe(false);
  expect(owesAfterEnd({ standing: "good", family: "gateway" })).toBe(false);
});
