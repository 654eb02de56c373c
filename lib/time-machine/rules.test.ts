import { expect, test } from "vitest";
import { businessAt, readStep } from "./rules";
import { MoveClock } from "./schema";

const START = new Date("2026-01-31T12:00:00Z");

test.each([
  ["+1 second", "2026-01-31T12:00:01Z"],
  ["+90 minutes", "2026-01-31T13:30:00Z"],
  ["1 hour", "2026-01-31T13:00:00Z"],
  ["+36 hours", "2026-02-02T00:00:00Z"],
  [" +1 day ", "2026-02-01T12:00:00Z"],
  ["2weeks", "2026-02-14T12:00:00Z"],
  ["+1 month", "2026-02-28T12:00:00Z"],
  ["+2 Months", "2026-03-31T12:00:00Z"],
  ["+1 year", "2027-01-31T12:00:00Z"],
])("%s leads to %s", (text, end) => {
  expect(readStep(text)?.(START)).toEqual(new Date(end));
});

test.each(["", "month", "-1 month", "+0 days", "1.5 hours", "+1 fortnight", "+1 month 2 days", "+1000000 days"])(
  "%j is no step",
  (text) => {
    expect(readStep(text)).toBeNull();
  },
);

test("a move names a step, an instant or what comes next, and one of them alone", () => {
  const said = (input: unknown) => MoveClock.safeParse(input).error?.issues[0]?.message;
  expect(said({})).toBe('Send one of "by", "to" and "next".');
  expect(said({ by: "+1 month", to: START.toISOString() })).toBe('Send one of "by", "to" and "next".');
  expect(said({ by: "soon" })).toMatch(/Say how far/);
  expect(MoveClock.parse({ to: "2026-02-01T00:00:00+01:00" })).toEqual({ to: new Date("2026-01-31T23:00:00Z") });
  expect(MoveClock.safeParse({ to: "tomorrow" }).success).toBe(false);
  expect(MoveClock.safeParse({ by: "+1 day", back: true }).success).toBe(false);
});

test("a clock that stands waits until the other one has come up to it, and goes on from there", () => {
  const movedAt = new Date(START.getTime() + 30_000);
  const hand = { offsetMs: 1_000_000 - 30_000, movedAt };
  const at = (ms: number) => businessAt(new Date(START.getTime() + ms), hand).getTime() - START.getTime();
  expect([at(0), at(15_000), at(30_000), at(31_000)]).toEqual([1_000_000, 1_000_000, 1_000_000, 1_001_000]);
});
