import { expect, test } from "vitest";
import { isInForce, monthAround } from "./rules";

test.each([
  ["2026-01-31T10:00:00Z", "2026-01-31T10:00:00Z", "2026-01-31T10:00:00Z", "2026-02-28T10:00:00Z"],
  ["2026-01-31T10:00:00Z", "2026-02-28T09:59:59Z", "2026-01-31T10:00:00Z", "2026-02-28T10:00:00Z"],
  ["2026-01-31T10:00:00Z", "2026-02-28T10:00:00Z", "2026-02-28T10:00:00Z", "2026-03-31T10:00:00Z"],
  ["2026-01-31T10:00:00Z", "2026-04-01T00:00:00Z", "2026-03-31T10:00:00Z", "2026-04-30T10:00:00Z"],
  ["2027-10-31T00:00:00Z", "2028-02-29T00:00:00Z", "2028-02-29T00:00:00Z", "2028-03-31T00:00:00Z"],
  ["2026-03-15T12:00:00Z", "2027-01-03T00:00:00Z", "2026-12-15T12:00:00Z", "2027-01-15T12:00:00Z"],
  // A trial's anchor is its end, which is still to come.
  ["2026-03-15T12:00:00Z", "2026-03-10T00:00:00Z", "2026-02-15T12:00:00Z", "2026-03-15T12:00:00Z"],
])("counted from %s, %s lies in the month from %s to %s", (anchor, now, start, end) => {
  expect(monthAround(new Date(anchor), new Date(now))).toEqual({ start: new Date(start), end: new Date(end) });
});

const FAILED = new Date("2026-03-01T00:00:00Z");

test.each([
  ["new", null, null, "2026-03-01T00:00:00Z", false],
  ["incomplete", null, null, "2026-03-01T00:00:00Z", false],
  ["trialing", null, null, "2026-03-01T00:00:00Z", true],
  ["active", null, null, "2026-03-01T00:00:00Z", true],
  ["active", null, "2026-03-05T00:00:00Z", "2026-03-04T23:59:59Z", true],
  ["active", null, "2026-03-05T00:00:00Z", "2026-03-05T00:00:00Z", false],
  ["past_due", FAILED, null, "2026-03-07T23:59:59Z", true],
  ["past_due", FAILED, null, "2026-03-08T00:00:00Z", false],
  ["unpaid", FAILED, null, "2026-03-02T00:00:00Z", true],
  ["unpaid", FAILED, null, "2026-03-20T00:00:00Z", false],
  ["paused", null, null, "2026-03-01T00:00:00Z", false],
  ["canceled", null, null, "2026-03-01T00:00:00Z", false],
  ["expired", null, null, "2026-03-01T00:00:00Z", false],
  ["refused", null, null, "2026-03-01T00:00:00Z", false],
])("what is %s since %s and ends %s is in force at %s: %s", (state, pastDueAt, cancelAt, now, expected) => {
  const ends = cancelAt === null ? null : new Date(cancelAt);
  expect(isInForce({ state, pastDueAt, cancelAt: ends }, new Date(now))).toBe(expected);
});
