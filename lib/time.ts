/** Durations are whole milliseconds built from a word, so that no number stands alone. */
export const seconds = (count: number): number => count * 1_000;
export const minutes = (count: number): number => seconds(count * 60);
export const hours = (count: number): number => minutes(count * 60);
export const days = (count: number): number => hours(count * 24);

export const later = (instant: Date, durationMs: number): Date => new Date(instant.getTime() + durationMs);
export const earlier = (instant: Date, durationMs: number): Date => new Date(instant.getTime() - durationMs);

export function secondsBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 1_000;
}

/** The same day and time so many months on, or that month's last day where it is shorter. */
export function addMonths(instant: Date, count: number, anchorDay = instant.getUTCDate()): Date {
  const moved = new Date(instant);
  moved.setUTCDate(1);
  moved.setUTCMonth(moved.getUTCMonth() + count);
  const lastDay = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(anchorDay, lastDay));
  return moved;
}

/** "14 Mar 2026" */
export const formatDay = (instant: Date, locale = "en-GB"): string =>
  new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(instant);

/** "14 Mar 2026, 09:05 UTC" */
export const formatInstant = (instant: Date, locale = "en-GB"): string =>
  `${formatDay(instant, locale)}, ${new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone: "UTC" }).format(instant)} UTC`;

/** "12:04", "1:02:09" */
export function formatClock(durationMs: number): string {
  const total = Math.max(0, Math.floor(durationMs / 1_000));
  const [hour, minute, second] = [Math.floor(total / 3_600), Math.floor(total / 60) % 60, total % 60];
  const pad = (part: number) => String(part).padStart(2, "0");
  return hour > 0 ? `${hour}:${pad(minute)}:${pad(second)}` : `${minute}:${pad(second)}`;
}

const AGO_STEPS: [limitSeconds: number, unit: Intl.RelativeTimeFormatUnit, sizeSeconds: number][] = [
  [60, "second", 1],
  [3_600, "minute", 60],
  [86_400, "hour", 3_600],
  [30 * 86_400, "day", 86_400],
];

/** "4 minutes ago", "in 2 days"; past a month it is the date. */
export function formatAgo(instant: Date, now: Date, locale = "en-GB"): string {
  const gap = secondsBetween(now, instant);
  for (const [limit, unit, size] of AGO_STEPS) {
    if (Math.abs(gap) < limit)
      return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(Math.trunc(gap / size), unit);
  }
  return formatDay(instant, locale);
}
