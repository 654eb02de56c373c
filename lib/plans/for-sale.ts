import { formatMoney, type Micros, toDecimal, toWire } from "@/lib/money";
import { type Plan, plans, type RoomsPlan } from "./catalogue";
import type { ListPlans, PlanForSale, Plans } from "./schema";

/** What can be bought today. `family` leaves out the others. */
export function plansForSale({ family }: ListPlans, terms: { pricePerCall: Micros; freeCalls: number }): Plans {
  const chosen = plans.filter((plan) => family === undefined || plan.family === family);
  return { plans: chosen.map((plan) => forSale(plan, terms)) };
}

function forSale(plan: Plan, terms: { pricePerCall: Micros; freeCalls: number }): PlanForSale {
  const { id, family, name, monthlyPrice, yearlyPrice } = plan;
  return {
    ...{ id, family, name, price: Number(toDecimal(monthlyPrice)), currency: "usd", interval: "month" },
    prices: [
      { interval: "month", price: toWire(monthlyPrice) },
      ...(yearlyPrice === null ? [] : [{ interval: "year" as const, price: toWire(yearlyPrice) }]),
    ],
    limits: plan.family === "gateway" ? { freeCallsPerMonth: terms.freeCalls } : limitsOf(plan),
    features: plan.family === "gateway" ? [`${formatMoney(terms.pricePerCall)} a call after those`] : featuresOf(plan),
  };
}

/** In the words that the rooms API documents, and in ours. */
function limitsOf(plan: Exclude<Plan, { family: "gateway" }>): Record<string, number> {
  if (plan.family === "compute") return { ...plan.limits };
  const { roomsPerPeriod: maxRooms, participantsPerRoom: maxParticipants, minutesPerPeriod: maxMinutes } = plan.limits;
  return { maxRooms, maxParticipants, maxMinutes };
}

const BRANDING: Record<RoomsPlan["branding"], string[]> = {
  parley: [],
  custom: ["Custom branding"],
  "white-label": ["Custom branding", "White label"],
};
const SUPPORT: Record<RoomsPlan["support"], string> = {
  guides: "Guides and e-mail support",
  "priority-email": "Priority e-mail support",
  phone: "Phone support",
};

function featuresOf(plan: Exclude<Plan, { family: "gateway" }>): string[] {
  if (plan.family === "compute") return [];
  return [
    "HD video",
    ...BRANDING[plan.branding],
    SUPPORT[plan.support],
    ...(plan.hasDedicatedSupport ? ["Dedicated support"] : []),
  ];
}
