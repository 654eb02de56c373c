import { days, hours, minutes, seconds } from "@/lib/time";

/** Between one try and the next. The first comes at once, so there are ten, and the last is more than three days later. */
export const WAITS_MS = [
  seconds(5),
  minutes(5),
  minutes(30),
  hours(2),
  hours(5),
  hours(10),
  hours(14),
  hours(20),
  hours(24),
] as const;

/** An endpoint that took nothing for so long is switched off. */
export const LONGEST_FAILING_MS = days(5);

/** How long to wait after so many tries: never less than promised, up to a fifth more, so that not all come back at once. Nothing after the last. */
export function waitAfter(attempts: number, chance = Math.random()): number | undefined {
  const wait = WAITS_MS[attempts - 1];
  return wait === undefined ? undefined : wait * (1 + chance / 5);
}

export type Came = { outcome: "answered"; status: number } | { outcome: "failed"; why: string };

export type Verdict =
  | { is: "delivered" }
  /** It wants no more, for good. */
  | { is: "gone"; failure: string }
  | { is: "failed"; failure: string };

export function judge(came: Came): Verdict {
  if (came.outcome === "failed") return { is: "failed", failure: came.why };
  const { status } = came;
  if (status >= 200 && status < 300) return { is: "delivered" };
  if (status === 410) return { is: "gone", failure: "The receiver answered 410: it wants no more events." };
  if (status >= 300 && status < 400)
    return { is: "failed", failure: `The receiver answered ${status}. Redirects are not followed.` };
  return { is: "failed", failure: `The receiver answered ${status}.` };
}

/** A test tells what it found at once; nobody waits three days for it. */
export const isTriedAgain = (type: string): boolean => type !== "webhook.test";
