import { once } from "@/lib/once";

/** `standsUntilMs` by this machine's clock: until then business time does not go on. */
const course = () => once("clock", () => ({ offsetMs: 0, standsUntilMs: 0 }));

/**
 * Business time: what subscriptions, expiry and invoices live by. Elapsed time
 * (leases, limits, tokens, logins) comes from the database and nothing moves it.
 */
export function businessNow(): Date {
  const { offsetMs, standsUntilMs } = course();
  return new Date(Math.max(Date.now(), standsUntilMs) + offsetMs);
}

/** The difference between this machine's clock and business time. Loaded from the database. */
export function setClockOffset(offsetMs: number, standsUntilMs = 0): void {
  Object.assign(course(), { offsetMs, standsUntilMs });
}
