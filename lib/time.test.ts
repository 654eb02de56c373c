import { expect, test } from "vitest";
import { addMonths, days, formatAgo, hours, later, minutes } from "./time";

const at = (text: string) => new Date(text);

test("a month on is the same day, or the last one where the month is shorter", () => {
  const cases = [
    ["2026-01-31T10:00:00Z", 1, "2026-02-28T10:00:00.000Z"],
    ["2028-01-31T10:00:00Z", 1, "2028-02-29T10:00:00.000Z"],
    ["2026-12-15T00:00:00Z", 1, "2027-01-15T00:00:00.000Z"],
    ["2026-03-31T00:00:00Z", -1, "2026-02-28T00:00:00.000Z"],
  ] as const;
  for (const [from, count, to] of cases) expect(addMonths(at(from), count).toISOString()).toBe(to);
  expect(addMonths(at("2026-02-28T00:00:00Z"), 1, 31).toISOString()).toBe("2026-03-31T00:00:00.000Z");
});

test("durations are milliseconds", () => {
  expect([minutes(2), hours(1), days(1)]).toEqual([120_000, 3_600_000, 86_400_000]);
});

test("says how long ago in words", () => {
  const now = at("2026-03-14T12:00:00Z");
  expect(formatAgo(later(now, -minutes(4)), now)).toBe("4 minutes ago");
  expect(formatAgo(later(now, days(2)), now)).toBe("in 2 days");
  expect(formatAgo(later(now, -days(60)), now)).toBe("13 Jan 2026");
});
