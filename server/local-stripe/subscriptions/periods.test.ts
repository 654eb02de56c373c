import { expect, test } from "vitest";
import { type Period, periodAt } from "./periods";

const at = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 1_000;
const days = ({ start, end }: Period): string[] =>
  [start, end].map((one) => new Date(one * 1_000).toISOString().slice(0, 10));
const month = { interval: "month", interval_count: 1 } as const;

test.each([
  ["2026-01-31", "2026-02-10", ["2026-01-31", "2026-02-28"]],
  ["2026-01-31", "2026-02-28", ["2026-02-28", "2026-03-31"]],
  ["2026-01-31", "2026-04-01", ["2026-03-31", "2026-04-30"]],
  ["2027-10-29", "2028-02-28", ["2028-01-29", "2028-02-29"]],
  ["2026-03-15", "2026-03-01", ["2026-02-15", "2026-03-15"]],
])("counts months from the anchor %s for %s", (anchor, day, period) => {
  expect(days(periodAt(at(anchor), month, at(day)))).toEqual(period);
});

test("counts years, weeks and days", () => {
  expect(days(periodAt(at("2024-02-29"), { interval: "year", interval_count: 1 }, at("2025-06-01")))).toEqual([
    "2025-02-28",
    "2026-02-28",
  ]);
  expect(days(periodAt(at("2026-01-01"), { interval: "week", interval_count: 2 }, at("2026-01-16")))).toEqual([
    "2026-01-15",
    "2026-01-29",
  ]);
  expect(days(periodAt(at("2026-01-01"), { interval: "day", interval_count: 10 }, at("2026-01-30")))).toEqual([
    "2026-01-21",
    "2026-01-31",
  ]);
});
