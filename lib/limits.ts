import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { once } from "@/lib/once";
import { minutes } from "@/lib/time";

export type Limit = { count: number; windowMs: number };
export type Turn = { limit: number; remaining: number; resetSeconds: number };

const MOST_SUBJECTS = 50_000;

/** The instants of the turns inside the window, oldest at `first`. A turn costs the same however many there are. */
type Ring = { stamps: number[]; first: number; used: number };

const rings = () => once("rate-limits", () => new Map<string, Ring>());

export const anonymousLimit = (): Limit => ({ count: env().RATE_LIMIT_ANONYMOUS, windowMs: minutes(15) });
export const paymentLimit = (): Limit => ({ count: env().RATE_LIMIT_PAYMENTS, windowMs: minutes(1) });
export const memberLimit = (): Limit => ({ count: env().RATE_LIMIT_AUTHENTICATED, windowMs: minutes(1) });

/** Whom a request without a name counts against: an address, or in IPv6 the network that one customer is given. */
export function networkOf(ip: string | null): string {
  if (ip === null) return "ip:unknown";
  if (!ip.includes(":")) return `ip:${ip}`;
  const [head = "", tail = ""] = ip.split("::");
  const [before, after] = [head, tail].map((part) => part.split(":").filter(Boolean));
  const zeros = ip.includes("::") ? Array(Math.max(0, 8 - (before?.length ?? 0) - (after?.length ?? 0))).fill("0") : [];
  return `ip:${[...(before ?? []), ...zeros, ...(after ?? [])].slice(0, 4).join(":")}`;
}

/** Counts one request of `subject` in a sliding window, or refuses it. */
export function takeTurn(subject: string, limit: Limit, nowMs = performance.now()): Turn {
  const ring = ringOf(subject);
  refuseWhenFull(ring, limit, nowMs);
  ring.stamps[(ring.first + ring.used) % limit.count] = nowMs;
  ring.used += 1;
  const oldest = ring.stamps[ring.first] ?? nowMs;
  return {
    limit: limit.count,
    remaining: limit.count - ring.used,
    resetSeconds: Math.ceil((oldest + limit.windowMs - nowMs) / 1_000),
  };
}

/** Refuses a subject that has no turn left, and counts nothing: for limits on what fails. */
export function requireTurn(subject: string, limit: Limit, nowMs = performance.now()): void {
  const ring = rings().get(subject);
  if (ring) refuseWhenFull(ring, limit, nowMs);
}

/** Whether a subject has a turn left. Counts nothing. */
export function hasTurn(subject: string, limit: Limit, nowMs = performance.now()): boolean {
  const ring = rings().get(subject);
  return !ring || untilRoom(ring, limit, nowMs) === 0;
}

/** Takes a turn and answers 0, or takes none and says how long until there is one: for what may wait instead of being refused. */
export function takeTurnOrWait(subject: string, limit: Limit, nowMs = performance.now()): number {
  const waitMs = untilRoom(ringOf(subject), limit, nowMs);
  if (waitMs === 0) takeTurn(subject, limit, nowMs);
  return waitMs;
}

function refuseWhenFull(ring: Ring, limit: Limit, nowMs: number): void {
  const waitMs = untilRoom(ring, limit, nowMs);
  if (waitMs === 0) return;
  const { count, windowMs } = limit;
  const retryAfterSeconds = Math.ceil(waitMs / 1_000);
  throw new AppError("rate_limited", `Too many requests. Try again in ${inWords(retryAfterSeconds)}.`, {
    retryAfterSeconds,
    details: { limit: count, windowSeconds: windowMs / 1_000 },
  });
}

function untilRoom(ring: Ring, { count, windowMs }: Limit, nowMs: number): number {
  leaveWindow(ring, count, nowMs - windowMs);
  return ring.used < count ? 0 : (ring.stamps[ring.first] ?? nowMs) + windowMs - nowMs;
}

function leaveWindow(ring: Ring, count: number, beforeMs: number): void {
  while (ring.used > 0 && (ring.stamps[ring.first] ?? beforeMs) <= beforeMs) {
    ring.first = (ring.first + 1) % count;
    ring.used -= 1;
  }
}

function ringOf(subject: string): Ring {
  const held = rings();
  const found = held.get(subject) ?? { stamps: [], first: 0, used: 0 };
  held.delete(subject);
  held.set(subject, found);
  if (held.size > MOST_SUBJECTS) {
    const [longestUnseen] = held.keys();
    if (longestUnseen !== undefined) held.delete(longestUnseen);
  }
  return found;
}

const inWords = (seconds: number) => (seconds < 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`);
