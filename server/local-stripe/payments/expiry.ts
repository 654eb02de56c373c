import type { Kinds } from "../store/kinds";

type Card = { exp_month: number; exp_year: number };

/** Unix seconds. A card is good to the end of the month that is printed on it. */
export const expiryOf = ({ exp_month, exp_year }: Card): number => Date.UTC(exp_year, exp_month, 1) / 1_000;

export const isExpired = ({ card }: Kinds["payment_method"], now: number): boolean =>
  card !== undefined && expiryOf(card) <= now;
