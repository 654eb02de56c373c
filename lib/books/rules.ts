import { formatMoney, micros } from "@/lib/money";
import { ACCOUNT_POTS, type AccountPot, type Asset, assetOf, HOUSE_POTS, type HousePot } from "@/lib/pots";

/** So many rows are shown at once. */
export const PAGE = 50;

type Total = { pot: AccountPot | HousePot; amount: number };
export type TrialLine = { pot: AccountPot | HousePot; debit: number; credit: number };
export type Trial = { asset: Asset; lines: TrialLine[]; debit: number; credit: number };

const ORDER = [...Object.keys(ACCOUNT_POTS), ...Object.keys(HOUSE_POTS)];

/** As bookkeepers lay it out: what went out of a pot is its debit, what lies in it its credit, and both sides come out alike. */
export function layOutTrial(totals: readonly Total[]): Trial[] {
  return (["usd", "credit"] as const).map((asset) => {
    const lines = totals
      .filter(({ pot, amount }) => amount !== 0 && assetOf(pot) === asset)
      .sort((a, b) => ORDER.indexOf(a.pot) - ORDER.indexOf(b.pot))
      .map(({ pot, amount }) => ({ pot, debit: Math.max(0 - amount, 0), credit: Math.max(amount, 0) }));
    const sum = (side: "debit" | "credit") => lines.reduce((total, line) => total + line[side], 0);
    return { asset, lines, debit: sum("debit"), credit: sum("credit") };
  });
}

const counts = new Intl.NumberFormat("en-US");

/** "$24.99", "\u221215 credits": an amount of whichever asset a pot holds. */
export function formatAmount(pot: AccountPot | HousePot, amount: number): string {
  if (assetOf(pot) === "usd") return formatMoney(micros(amount));
  return `${amount < 0 ? "\u2212" : ""}${counts.format(Math.abs(amount))}`;
}

/** "Wallet, held", "Money at Stripe". */
export function potInWords(pot: AccountPot | HousePot): string {
  if (isHousePot(pot)) return HOUSE_POTS[pot].meaning;
  const [first = "", second] = pot.split("_");
  const name = `${first.charAt(0).toUpperCase()}${first.slice(1)}`;
  return second ? `${name}, ${second}` : name;
}

export const isHousePot = (pot: string): pot is HousePot => pot in HOUSE_POTS;
export const isAccountPot = (pot: string): pot is AccountPot => pot in ACCOUNT_POTS;
