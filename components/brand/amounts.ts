import { formatMoney, type Micros, multiply, share, toDecimal } from "@/lib/money";

const MICROS_IN_A_CENT = 10_000;
const MICROS_IN_A_MILL = 1_000;
const counts = new Intl.NumberFormat("en-US");

/** "83.181000": every millionth, for proofs that are compared line by line. */
export function toMillionths(amount: Micros): string {
  const [whole = "0", fraction = ""] = toDecimal(amount).split(".");
  return `${whole}.${fraction.padEnd(6, "0")}`;
}

/** "$83.18" of 83.181: for the eye only, never for arithmetic. */
export const toNearestCent = (amount: Micros): string =>
  formatMoney(multiply(share(amount, 1, MICROS_IN_A_CENT), MICROS_IN_A_CENT));

/** "$0.156" of 0.156188: what one of many costs, to a tenth of a cent. For the eye only. */
export const toNearestMill = (amount: Micros): string =>
  formatMoney(multiply(share(amount, 1, MICROS_IN_A_MILL), MICROS_IN_A_MILL));

/** "$29", "$29.99", "$0.001": as a price tag says it. */
export const toPriceTag = (amount: Micros): string => formatMoney(amount).replace(/\.00$/, "");

/** "2,500,000" */
export const toCount = (count: number): string => counts.format(count);

/** "12:04" */
export const toClock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
