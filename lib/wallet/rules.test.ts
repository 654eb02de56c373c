import { describe, expect, test } from "vitest";
import { dollars, micros } from "@/lib/money";
import { brokenLimit, changeLimits, isLooser, limitsAt, runwayDays } from "./rules";

const [ten, twenty] = [dollars("10"), dollars("20")];

test.each([
  [ten, twenty, true],
  [twenty, ten, false],
  [ten, ten, false],
  [ten, null, true],
  [null, ten, false],
  [null, null, false],
])("from %s to %s is looser: %s", (from, to, looser) => {
  expect(isLooser(from, to)).toBe(looser);
});

describe("a change of limits", () => {
  test("that only tightens holds at once", () => {
    expect(changeLimits({ daily: twenty, weekly: null }, { daily: ten, weekly: twenty })).toEqual({
      now: { daily: ten, weekly: twenty },
      later: null,
    });
  });

  test("that loosens one and tightens the other tightens now and loosens later", () => {
    expect(changeLimits({ daily: ten, weekly: twenty }, { daily: twenty, weekly: ten })).toEqual({
      now: { daily: ten, weekly: ten },
      later: { daily: twenty, weekly: ten },
    });
  });

  test("to none at all waits like any other loosening", () => {
    const changed = changeLimits({ daily: micros(0), weekly: null }, { daily: null, weekly: null });
    expect(changed).toEqual({ now: { daily: micros(0), weekly: null }, later: { daily: null, weekly: null } });
  });
});

test("looser limits begin at their instant and not before", () => {
  const at = new Date("2026-03-02T12:00:00Z");
  const kept = {
    ...{ dailyLimit: ten, weeklyLimit: ten, nextDailyLimit: twenty, nextWeeklyLimit: null },
    limitsChangeAt: at,
  };
  expect(limitsAt(kept, new Date(at.getTime() - 1))).toEqual({ daily: ten, weekly: ten });
  expect(limitsAt(kept, at)).toEqual({ daily: twenty, weekly: null });
});

test.each([
  [{ daily: ten, weekly: null }, { day: dollars("4"), week: dollars("4") }, dollars("6"), null],
  [{ daily: ten, weekly: null }, { day: dollars("4"), week: dollars("4") }, dollars("6.000001"), "day"],
  [{ daily: null, weekly: ten }, { day: micros(0), week: dollars("9") }, dollars("2"), "week"],
  [{ daily: micros(0), weekly: null }, { day: micros(0), week: micros(0) }, micros(1), "day"],
  [{ daily: null, weekly: null }, { day: twenty, week: twenty }, twenty, null],
])("within %o, after %o, an amount of %s breaks: %s", (limits, spent, amount, period) => {
  expect(brokenLimit(limits, spent, amount)?.period ?? null).toBe(period);
});

test("the wallet lasts as long as it would at the pace of the last week", () => {
  expect(runwayDays(twenty, ten)).toBe(14);
  expect(runwayDays(twenty, micros(0))).toBeNull();
  expect(runwayDays(micros(0), ten)).toBe(0);
});
