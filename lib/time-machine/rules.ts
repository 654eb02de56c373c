import { addMonths, days, hours, later, minutes, seconds } from "@/lib/time";

const UNITS = {
  second: seconds,
  minute: minutes,
  hour: hours,
  day: days,
  week: (count: number) => days(count * 7),
} as const;
const CALENDAR = { month: 1, year: 12 } as const;
const STEP = /^\+?\s*(\d{1,6})\s*(second|minute|hour|day|week|month|year)s?$/i;

/** A step of the clock as people write it: `+1 month`, `36 hours`. Null where it is none. */
export function readStep(text: string): ((from: Date) => Date) | null {
  const [, digits = "", word = ""] = STEP.exec(text.trim()) ?? [];
  const count = Number(digits);
  const unit = word.toLowerCase();
  if (count === 0) return null;
  if (unit in CALENDAR) return (from) => addMonths(from, count * CALENDAR[unit as keyof typeof CALENDAR]); // asked for just before
  return (from) => later(from, UNITS[unit as keyof typeof UNITS](count)); // STEP names no other
}

/** Further than this a slip of the finger would leave every certificate and card behind. */
const MOST_MONTHS = 60;

export const furthestFrom = (now: Date): Date => addMonths(now, MOST_MONTHS);

/** Where business time stands, by the database's clock. */
export const businessAt = (elapsed: Date, { offsetMs, movedAt }: { offsetMs: number; movedAt: Date }): Date =>
  new Date(Math.max(elapsed.getTime(), movedAt.getTime()) + offsetMs);
