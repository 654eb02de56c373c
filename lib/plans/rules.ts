import type { Micros } from "@/lib/money";
import { type BillingInterval, findPlan, type Plan, type PlanFamily, plans } from "./catalogue";

const OTHER_NAMES: Partial<Record<PlanFamily, Record<string, string>>> = { compute: { pro: "professional" } };

/** The plan that a name means in the words of a family: `professional`, `rooms-professional`, and in compute `pro`. */
export function planNamed(name: string, family: PlanFamily): Plan | undefined {
  const plain = OTHER_NAMES[family]?.[name] ?? name;
  const found = findPlan(plain) ?? findPlan(`${family}-${plain}`);
  return found?.family === family ? found : undefined;
}

/** What a plan costs for one of its intervals; null where it is not sold by that. */
export const priceOf = (plan: Plan, interval: BillingInterval): Micros | null =>
  interval === "month" ? plan.monthlyPrice : plan.yearlyPrice;

/** "Rooms Professional" */
export const planTitle = (plan: Plan): string =>
  plan.family === "gateway" ? "API gateway" : `${plan.family === "rooms" ? "Rooms" : "Compute"} ${plan.name}`;

const rank = (plan: Plan): number => plans.filter(({ family }) => family === plan.family).indexOf(plan);

export type Chosen = { plan: Plan; interval: BillingInterval };

/** More is had at once and paid for at once; less begins where what is paid for ends. */
export function changeTakesEffect(from: Chosen, to: Chosen): "now" | "at_period_end" {
  const step = rank(to.plan) - rank(from.plan);
  if (step !== 0) return step > 0 ? "now" : "at_period_end";
  return to.interval === "year" ? "now" : "at_period_end";
}
