import { dollars, type Micros } from "@/lib/money";
import { days, hours } from "@/lib/time";

/** Between these anybody may fill a wallet at once. */
export const leastTopUp = dollars("5");
export const mostTopUp = dollars("1000");

/** What the page offers; any other amount can be typed. */
export const presetTopUps: readonly Micros[] = [dollars("10"), dollars("25"), dollars("50"), dollars("100")];

/** A limit that is loosened waits for so long, because it was set on a calmer day. */
export const LOOSENING_MS = hours(24);

export const DAY_MS = days(1);
export const WEEK_MS = days(7);

/** For how long somebody may ask for a rest. */
export const COOL_OFF_DAYS = [1, 7, 30] as const;

export type Limits = { daily: Micros | null; weekly: Micros | null };

export type KeptLimits = {
  dailyLimit: Micros | null;
  weeklyLimit: Micros | null;
  nextDailyLimit: Micros | null;
  nextWeeklyLimit: Micros | null;
  limitsChangeAt: Date | null;
};

/** The limits that hold at an instant: looser ones that were asked for begin when their wait is over. */
export const limitsAt = (kept: KeptLimits, now: Date): Limits =>
  kept.limitsChangeAt && kept.limitsChangeAt <= now
    ? { daily: kept.nextDailyLimit, weekly: kept.nextWeeklyLimit }
    : { daily: kept.dailyLimit, weekly: kept.weeklyLimit };

/** No limit is the loosest. */
export const isLooser = (from: Micros | null, to: Micros | null): boolean =>
  from !== null && (to === null || to > from);

/** Tighter limits hold at once, looser ones from tomorrow. */
export function changeLimits(today: Limits, asked: Limits): { now: Limits; later: Limits | null } {
  const waits = isLooser(today.daily, asked.daily) || isLooser(today.weekly, asked.weekly);
  if (!waits) return { now: asked, later: null };
  return {
    now: { daily: tighter(today.daily, asked.daily), weekly: tighter(today.weekly, asked.weekly) },
    later: asked,
  };
}

const tighter = (one: Micros | null, other: Micros | null): Micros | null => (isLooser(one, other) ? one : other);

export type Spent = { day: Micros; week: Micros };

/** Which limit an amount would break, where it would. */
export function brokenLimit(
  limits: Limits,
  spent: Spent,
  amount: Micros,
): { period: "day" | "week"; limit: Micros } | null {
  if (limits.daily !== null && spent.day + amount > limits.daily) return { period: "day", limit: limits.daily };
  if (limits.weekly !== null && spent.week + amount > limits.weekly) return { period: "week", limit: limits.weekly };
  return null;
}

/** For how many days the wallet lasts if people go on as in the last week. Null where nothing was spent. */
export function runwayDays(balance: Micros, spentInWeek: Micros): number | null {
  if (spentInWeek <= 0) return null;
  return Math.floor((balance * 7) / spentInWeek);
}
