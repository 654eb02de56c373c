import { expect, test } from "vitest";
import { dollars } from "@/lib/money";
import {
  askedPrice,
  computeByTheHour,
  fitCompute,
  fitRooms,
  gatewayMonth,
  minutesTogether,
  savedInAYear,
  smallestOf,
  sumOf,
} from "./calculate";
import { computePlans, gatewayPlan, roomsPlans } from "./catalogue";

const use = { callsPerMonth: 20, minutesPerCall: 30, peoplePerCall: 4, roomsOpenedPerMonth: 2 };

test("a use that fits everywhere needs the smallest plan", () => {
  expect(smallestOf(fitRooms(use))?.id).toBe("rooms-starter");
});

test.each([
  ["rooms", { roomsOpenedPerMonth: 6 }, { what: "rooms", needed: 6, limit: 5 }],
  ["people", { peoplePerCall: 11 }, { what: "people in a room", needed: 11, limit: 10 }],
  ["minutes", { callsPerMonth: 40 }, { what: "minutes", needed: 1_200, limit: 1_000 }],
])("one more of %s than a plan holds needs the next, and says of what", (_, more, shortfall) => {
  const fits = fitRooms({ ...use, ...more });
  expect(smallestOf(fits)?.id).toBe("rooms-professional");
  expect(fits[0]?.shortfalls).toEqual([shortfall]);
});

test("a plan holds exactly its limits", () => {
  for (const plan of roomsPlans) {
    const { roomsPerPeriod, participantsPerRoom, minutesPerPeriod } = plan.limits;
    const full = {
      callsPerMonth: minutesPerPeriod,
      minutesPerCall: 1,
      peoplePerCall: participantsPerRoom,
      roomsOpenedPerMonth: roomsPerPeriod,
    };
    expect(smallestOf(fitRooms(full))).toBe(plan);
  }
});

test("more people make a call no longer", () => {
  const fits = (peoplePerCall: number) => fitRooms({ ...use, callsPerMonth: 33, peoplePerCall });
  expect(fits(2)).toEqual(fits(10));
});

test("beyond the largest plan there is none", () => {
  expect(smallestOf(fitRooms({ ...use, callsPerMonth: 1_000 }))).toBeUndefined();
  expect(smallestOf(fitCompute({ cores: 33, memoryGb: 1, storageGb: 1, hoursPerMonth: 1 }))).toBeUndefined();
});

test("compute is fitted by each of its three limits and priced by the hour", () => {
  const work = { cores: 2, memoryGb: 4, storageGb: 0, hoursPerMonth: 10 };
  expect(smallestOf(fitCompute(work))).toBe(computePlans[0]);
  expect(smallestOf(fitCompute({ ...work, storageGb: 101 }))?.id).toBe("compute-enterprise");
  expect(sumOf(computeByTheHour(work))).toBe(dollars("1.40"));
});

test.each([
  [0, 0, "0"],
  [1_000, 0, "0"],
  [1_001, 1, "0.001"],
  [5_210, 4_210, "4.21"],
])("of %i calls %i are paid", (calls, count, amount) => {
  expect(gatewayMonth(calls)).toMatchObject({ count, amount: dollars(amount), free: calls - count });
});

test("a year is asked at its own price, where there is one", () => {
  for (const plan of roomsPlans) {
    expect(askedPrice(plan, "year")).toEqual({ amount: plan.yearlyPrice, interval: "year" });
    expect(savedInAYear(plan)).toBe(plan.monthlyPrice * 2);
  }
  expect(askedPrice(gatewayPlan, "year")).toEqual({ amount: gatewayPlan.monthlyPrice, interval: "month" });
  expect(savedInAYear(gatewayPlan)).toBe(0);
});

test("a minute counts once, and only while two or more are there", () => {
  const [ana, ben, cem] = [
    { name: "Ana", from: 0, until: 14 },
    { name: "Ben", from: 2, until: 30 },
    { name: "Cem", from: 5, until: 20 },
  ];
  expect(minutesTogether([ana])).toBe(0);
  expect(minutesTogether([ana, ben])).toBe(12);
  expect(minutesTogether([ana, ben, cem])).toBe(18);
  expect(minutesTogether([ana, { ...cem, from: 14 }])).toBe(0);
});
