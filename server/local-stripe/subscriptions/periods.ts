import { addMonths } from "@/lib/time";

export type Rhythm = { interval: "day" | "week" | "month" | "year"; interval_count: number };
export type Period = { start: number; end: number };

const SECONDS_PER_DAY = 86_400;

/**
 * The billing period that an instant falls into. Every period is counted from
 * the anchor, so a month that is too short does not move the ones after it.
 */
export function periodAt(anchor: number, rhythm: Rhythm, at: number): Period {
  let index = Math.floor((at - anchor) / averageSeconds(rhythm));
  while (startOf(anchor, rhythm, index) > at) index -= 1;
  while (startOf(anchor, rhythm, index + 1) <= at) index += 1;
  return { start: startOf(anchor, rhythm, index), end: startOf(anchor, rhythm, index + 1) };
}

function startOf(anchor: number, { interval, interval_count }: Rhythm, index: number): number {
  const steps = index * interval_count;
  if (interval === "day") return anchor + steps * SECONDS_PER_DAY;
  if (interval === "week") return anchor + steps * 7 * SECONDS_PER_DAY;
  const months = interval === "month" ? steps : steps * 12;
  return Math.floor(addMonths(new Date(anchor * 1_000), months).getTime() / 1_000);
}

function averageSeconds({ interval, interval_count }: Rhythm): number {
  const days = { day: 1, week: 7, month: 30, year: 365 }[interval];
  return days * interval_count * SECONDS_PER_DAY;
}

export const sameRhythm = (a: Rhythm, b: Rhythm): boolean =>
  a.interval === b.interval && a.interval_count === b.interval_count;
