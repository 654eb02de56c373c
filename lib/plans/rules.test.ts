import { expect, test } from "vitest";
import { findPlan, type Plan } from "./catalogue";
import { changeTakesEffect, planNamed, planTitle } from "./rules";

test.each([
  ["professional", "rooms", "rooms-professional"],
  ["professional", "compute", "compute-professional"],
  ["pro", "compute", "compute-professional"],
  ["pro", "rooms", undefined],
  ["rooms-starter", "rooms", "rooms-starter"],
  ["compute-free", "rooms", undefined],
  ["gateway", "gateway", "gateway"],
  ["gateway", "rooms", undefined],
  ["platinum", "rooms", undefined],
  ["", "rooms", undefined],
] as const)("%j means in %s %s", (name, family, id) => expect(planNamed(name, family)?.id).toBe(id));

const plan = (id: string): Plan => {
  const found = findPlan(id);
  if (!found) throw new Error(id);
  return found;
};

test.each([
  ["rooms-starter", "month", "rooms-professional", "month", "now"],
  ["rooms-professional", "month", "rooms-starter", "month", "at_period_end"],
  ["rooms-starter", "month", "rooms-starter", "year", "now"],
  ["rooms-starter", "year", "rooms-starter", "month", "at_period_end"],
  ["rooms-starter", "year", "rooms-professional", "month", "now"],
  ["rooms-enterprise", "month", "rooms-starter", "year", "at_period_end"],
  ["compute-free", "month", "compute-enterprise", "year", "now"],
] as const)("%s by the %s to %s by the %s begins %s", (from, every, to, other, when) =>
  expect(changeTakesEffect({ plan: plan(from), interval: every }, { plan: plan(to), interval: other })).toBe(when),
);

test("a plan has a title that needs no family beside it", () => {
  expect(["rooms-starter", "compute-free", "gateway"].map((id) => planTitle(plan(id)))).toEqual([
    "Rooms Starter",
    "Compute Free",
    "API gateway",
  ]);
});
