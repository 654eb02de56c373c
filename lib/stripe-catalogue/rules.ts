import { type Micros, micros, multiply, toDecimal } from "@/lib/money";
import {
  type BillingInterval,
  computePlans,
  computeRates,
  findPlan,
  gatewayPlan,
  type Plan,
  priceKey,
  roomsPlans,
} from "@/lib/plans/catalogue";

export type WantedProduct = { id: string; name: string; description: string };
export type WantedMeter = { event_name: string; display_name: string };
/** An exact number of cents, such as "2900" or "0.1". */
export type CentsText = string;
export type WantedTier = { up_to: number | "inf"; unit_amount_decimal: CentsText };
export type WantedPrice = {
  key: string;
  product: string;
  interval: BillingInterval;
  /** The event by which its use is counted. Without one it is paid whatever the use. */
  meter: string | null;
  amount: CentsText | WantedTier[];
};

export type Wanted = { products: WantedProduct[]; meters: WantedMeter[]; prices: WantedPrice[] };
type GatewayTerms = { pricePerCall: Micros; freeCallsPerMonth: number };

export const GATEWAY_METER = "gateway_calls";

/** Work is reported in whole thousandths, of which every rate is a whole number of micros. */
const RATES = [
  { meter: "compute_core_millihours", name: "Core hours", unit: "core hour", rate: computeRates.coreHour },
  { meter: "compute_memory_gb_millihours", name: "Memory", unit: "GB hour", rate: computeRates.gigabyteHour },
  { meter: "compute_storage_gb_millimonths", name: "Storage", unit: "GB month", rate: computeRates.gigabyteMonth },
] as const;
const PARTS = 1_000;

/** All that Stripe has to know of the catalogue. */
export function wantedOf(terms: GatewayTerms): Wanted {
  const plans: Plan[] = [...roomsPlans, ...computePlans];
  return {
    products: [...plans, gatewayPlan].map(productOf).concat(RATES.map(productOfRate)),
    meters: [{ event_name: GATEWAY_METER, display_name: "Gateway calls" }].concat(
      RATES.map(({ meter, unit }) => ({ event_name: meter, display_name: `Compute: thousandths of a ${unit}` })),
    ),
    prices: [...plans.flatMap(pricesOf), gatewayPrice(terms), ...RATES.map(priceOfRate)],
  };
}

const FAMILY_NAMES = { rooms: "Rooms", compute: "Compute", gateway: "API" } as const;

const productId = (name: string): string => `parley-${name}`;

/** The plan that a product of Stripe's stands for. */
export const planOfProduct = (product: string): Plan | undefined => findPlan(product.replace(/^parley-/, ""));

function productOf(plan: Plan): WantedProduct {
  const name = `Parley ${FAMILY_NAMES[plan.family]} ${plan.name}`;
  return { id: productId(plan.id), name, description: inWords(plan) };
}

const productOfRate = ({ meter, name, unit }: (typeof RATES)[number]): WantedProduct => ({
  id: productId(meter.replaceAll("_", "-")),
  name: `Parley Compute ${name}`,
  description: `Running work, counted in thousandths of a ${unit}.`,
});

function inWords(plan: Plan): string {
  if (plan.family === "gateway") return "Calls to the API, counted each month.";
  if (plan.family === "compute") {
    const { cores, memoryGb, storageGb } = plan.limits;
    return `${cores} cores, ${memoryGb} GB of memory and ${storageGb} GB of storage.`;
  }
  const { roomsPerPeriod, participantsPerRoom, minutesPerPeriod } = plan.limits;
  return `${roomsPerPeriod} rooms a month with up to ${participantsPerRoom} people each, and ${minutesPerPeriod} minutes.`;
}

function pricesOf({ id, monthlyPrice, yearlyPrice }: Plan): WantedPrice[] {
  const price = (interval: BillingInterval, amount: Micros): WantedPrice => ({
    ...{ key: priceKey(id, interval), product: productId(id), interval, meter: null, amount: centsText(amount) },
  });
  return [price("month", monthlyPrice), ...(yearlyPrice === null ? [] : [price("year", yearlyPrice)])];
}

/** Each unit pays its own tier. Without free calls there is one tier alone. */
function gatewayPrice({ pricePerCall, freeCallsPerMonth }: GatewayTerms): WantedPrice {
  const free: WantedTier[] = freeCallsPerMonth === 0 ? [] : [{ up_to: freeCallsPerMonth, unit_amount_decimal: "0" }];
  return {
    key: priceKey(gatewayPlan.id, "month"),
    product: productId(gatewayPlan.id),
    interval: "month",
    meter: GATEWAY_METER,
    amount: [...free, { up_to: "inf", unit_amount_decimal: centsText(pricePerCall) }],
  };
}

const priceOfRate = ({ meter, rate }: (typeof RATES)[number]): WantedPrice => ({
  key: `${meter.replaceAll("_", "-")}-month`,
  product: productId(meter.replaceAll("_", "-")),
  interval: "month",
  meter,
  amount: centsText(micros(rate / PARTS)),
});

const centsText = (amount: Micros): CentsText => toDecimal(multiply(amount, 100)).replace(/\.?0+$/, "");

/** The fields that an object of Stripe's has otherwise than wanted. Fields that nobody asked for do not count. */
export function differing(wanted: object, found: object): string[] {
  const have = new Map<string, unknown>(Object.entries(found));
  return Object.entries(wanted).flatMap(([name, value]) => (covers(value, have.get(name)) ? [] : [name]));
}

function covers(wanted: unknown, found: unknown): boolean {
  if (Array.isArray(wanted)) return Array.isArray(found) && inOrder(wanted) === inOrder(found);
  if (typeof wanted !== "object" || wanted === null) return wanted === found;
  return typeof found === "object" && found !== null && differing(wanted, found).length === 0;
}

const inOrder = (list: unknown[]): string => JSON.stringify(list.map(String).sort());
