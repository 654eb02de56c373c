import { formatMoney, micros } from "@/lib/money";
import type { MovementKind, Wallet } from "@/lib/wallet/schema";

type Wire = { micros: number };

export const inDollars = (money: Wire): string => formatMoney(micros(money.micros));

/** "Lasts about 14 days at last week's pace." */
export function runwayInWords({ runwayDays, money }: Pick<Wallet, "runwayDays" | "money">): string {
  if (money.micros === 0) return "Empty. Add money before the next conversation.";
  if (runwayDays === null) return "Nothing was spent in the last week.";
  if (runwayDays === 0) return "Lasts less than a day at last week's pace.";
  return `Lasts about ${runwayDays === 1 ? "a day" : `${runwayDays} days`} at last week's pace.`;
}

export const KIND_WORDS: Record<MovementKind, string> = {
  top_up: "Top-ups",
  spending: "Spending",
  refund: "Refunds",
  dispute: "Disputes",
};

type Cap = Wire | null;

/** "$50.00 a day, no limit a week". */
export const limitsInWords = ({ daily, weekly }: { daily: Cap; weekly: Cap }): string =>
  `${daily ? inDollars(daily) : "no limit"} a day, ${weekly ? inDollars(weekly) : "no limit"} a week`;

type Refused = { fields?: Record<string, string> | undefined };

/** The sentence for a field, wherever in its input an action holds it. */
export const sentenceFor = ({ fields }: Refused): Record<string, string> =>
  Object.fromEntries(Object.entries(fields ?? {}).map(([name, words]) => [name.replace(/^.*\./, ""), words]));
