import { add, type Micros, multiply, subtract } from "@/lib/money";
import {
  type BillingInterval,
  type ComputePlan,
  computePlans,
  computeRates,
  gatewayPlan,
  type Plan,
  type RoomsPlan,
  roomsPlans,
} from "./catalogue";

/** What is asked for, in the order in which it is shown; each plan has a limit for each of it. */
type Needs = { what: string; needed: number; limitOf: string }[];
export type Shortfall = { what: string; needed: number; limit: number };
export type Fit<P extends Plan> = { plan: P; shortfalls: Shortfall[] };

export type RoomsUse = {
  callsPerMonth: number;
  minutesPerCall: number;
  peoplePerCall: number;
  roomsOpenedPerMonth: number;
};

/** How each plan for rooms stands to a use. Minutes are of the call, not of each person in it. */
export function fitRooms({
  callsPerMonth,
  minutesPerCall,
  peoplePerCall,
  roomsOpenedPerMonth,
}: RoomsUse): Fit<RoomsPlan>[] {
  const needs: Needs = [
    { what: "rooms", needed: roomsOpenedPerMonth, limitOf: "roomsPerPeriod" },
    { what: "people in a room", needed: peoplePerCall, limitOf: "participantsPerRoom" },
    { what: "minutes", needed: callsPerMonth * minutesPerCall, limitOf: "minutesPerPeriod" },
  ];
  return roomsPlans.map((plan) => ({ plan, shortfalls: shortfalls(needs, plan.limits) }));
}

export type ComputeUse = { cores: number; memoryGb: number; storageGb: number; hoursPerMonth: number };

export function fitCompute({ cores, memoryGb, storageGb }: ComputeUse): Fit<ComputePlan>[] {
  const needs: Needs = [
    { what: "cores", needed: cores, limitOf: "cores" },
    { what: "GB of memory", needed: memoryGb, limitOf: "memoryGb" },
    { what: "GB of storage", needed: storageGb, limitOf: "storageGb" },
  ];
  return computePlans.map((plan) => ({ plan, shortfalls: shortfalls(needs, plan.limits) }));
}

const shortfalls = (needs: Needs, limits: Record<string, number>): Shortfall[] =>
  needs
    .map(({ what, needed, limitOf }) => ({ what, needed, limit: limits[limitOf] ?? 0 }))
    .filter(({ needed, limit }) => needed > limit);

/** The first that falls short of nothing; the catalogue goes from the smallest to the largest. */
export const smallestOf = <P extends Plan>(fits: Fit<P>[]): P | undefined =>
  fits.find(({ shortfalls }) => shortfalls.length === 0)?.plan;

export type PricedLine = { label: string; count: number; each: Micros; amount: Micros };

/** The same work without a plan, by the hour. */
export function computeByTheHour({ cores, memoryGb, storageGb, hoursPerMonth }: ComputeUse): PricedLine[] {
  const priced = (label: string, count: number, each: Micros) => ({
    label,
    count,
    each,
    amount: multiply(each, count),
  });
  return [
    priced("core-hours", cores * hoursPerMonth, computeRates.coreHour),
    priced("GB-hours of memory", memoryGb * hoursPerMonth, computeRates.gigabyteHour),
    priced("GB-months of storage", storageGb, computeRates.gigabyteMonth),
  ];
}

export function gatewayMonth(calls: number): PricedLine & { free: number } {
  const { freeCallsPerMonth, pricePerCall } = gatewayPlan;
  const count = Math.max(0, calls - freeCallsPerMonth);
  return { label: "calls", count, each: pricePerCall, amount: multiply(pricePerCall, count), free: calls - count };
}

export const sumOf = (lines: PricedLine[]): Micros => add(...lines.map(({ amount }) => amount));

type Priced = Pick<Plan, "monthlyPrice" | "yearlyPrice">;

/** A plan without a price for the year is paid by the month. */
export function askedPrice({ monthlyPrice, yearlyPrice }: Priced, interval: BillingInterval) {
  return interval === "year" && yearlyPrice !== null
    ? { amount: yearlyPrice, interval }
    : { amount: monthlyPrice, interval: "month" as const };
}

/** What a year paid at once costs less than twelve months. */
export const savedInAYear = ({ monthlyPrice, yearlyPrice }: Priced): Micros =>
  yearlyPrice === null ? multiply(monthlyPrice, 0) : subtract(multiply(monthlyPrice, 12), yearlyPrice);

export type Stay = { name: string; from: number; until: number };

/** The minutes in which two or more were there, as a plan counts them. */
export function minutesTogether(stays: Stay[]): number {
  const moments = [...new Set(stays.flatMap(({ from, until }) => [from, until]))].sort((a, b) => a - b);
  return moments.slice(1).reduce((sum, until, index) => {
    const from = moments[index] ?? until;
    const there = stays.filter((stay) => stay.from <= from && stay.until >= until).length;
    return there >= 2 ? sum + until - from : sum;
  }, 0);
}
