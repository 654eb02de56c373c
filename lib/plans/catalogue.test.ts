import { expect, test } from "vitest";
import { add, dollars, multiply, split } from "@/lib/money";
import { computeRates, creditPackages, exampleRatePerMinute, findPlan, plans, providerBasisPoints } from "./catalogue";

test("names every plan once and finds it by that name", () => {
  expect(new Set(plans.map(({ id }) => id)).size).toBe(plans.length);
  for (const plan of plans) expect(findPlan(plan.id)).toBe(plan);
  expect(findPlan("professional")).toBeUndefined();
});

test("asks ten months' price for a year", () => {
  for (const { monthlyPrice, yearlyPrice } of plans)
    if (yearlyPrice !== null) expect(yearlyPrice).toBe(multiply(monthlyPrice, 10));
});

test("prices two cores and 4 GB for ten hours at $1.40", () => {
  expect(add(multiply(computeRates.coreHour, 20), multiply(computeRates.gigabyteHour, 40))).toBe(dollars("1.40"));
});

test("makes a credit cheaper in each larger package", () => {
  const perCredit = creditPackages.map(({ price, credits, bonusCredits }) => price / (credits + bonusCredits));
  expect(perCredit).toEqual(perCredit.toSorted((a, b) => b - a));
});

test("splits the example minute without a remainder", () => {
  expect(split(exampleRatePerMinute, providerBasisPoints)).toEqual([dollars("4.893"), dollars("2.097")]);
});
