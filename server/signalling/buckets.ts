import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { once } from "@/lib/once";
import type { RoomCallName } from "@/lib/protocol/rooms";
import { hours, minutes, seconds } from "@/lib/time";

/** So many at once, and so many again in each window. */
type Size = { burst: number; perMs: number };
type Bucket = { tokens: number; atMs: number };
export type Buckets = Map<string, Bucket>;

const size = (burst: number, count: number, windowMs: number): Size => ({ burst, perMs: count / windowMs });
const perSecond = (count: number, burst = count) => size(burst, count, seconds(1));

const SIZES: Record<RoomCallName, Size> = {
  "join-room": size(10, 10, minutes(1)),
  "resume-room": size(20, 20, minutes(1)),
  "leave-room": perSecond(2, 10),
  "room-state": perSecond(1, 10),
  "turn-refresh": size(10, 60, hours(1)),
  "time-sync": perSecond(2, 10),
  offer: perSecond(5, 40),
  answer: perSecond(5, 40),
  "ice-candidate": perSecond(50, 200),
  renegotiate: perSecond(5, 10),
  "set-quality": perSecond(10, 20),
  reaction: perSecond(5),
  caption: perSecond(10),
  "toggle-media": perSecond(10),
  "update-participant": perSecond(5),
  "chat-message": perSecond(1, 5),
  "chat-delete": perSecond(2),
  moderate: perSecond(5, 10),
  admit: perSecond(5, 20),
  reject: perSecond(5, 20),
};

/** Whatever a socket says, known or not. */
const EVERYTHING = perSecond(100, 300);
const MOST_ACCOUNTS = 20_000;

/** The accounts of this process, and how much each of them may. */
const accounts = () =>
  once("socket-buckets", () => ({
    held: new Map<string, Bucket>(),
    size: perSecond(env().RATE_LIMIT_SOCKET, 2 * env().RATE_LIMIT_SOCKET),
  }));

/** Takes from the bucket of this event, or refuses it and says when to try again. */
export function takeEvent(buckets: Buckets, name: RoomCallName, nowMs: number): void {
  pay(take(buckets, name, SIZES[name], nowMs));
}

/** Counts a packet of any kind against its socket. */
export function takePacket(buckets: Buckets, nowMs: number): void {
  pay(take(buckets, "*", EVERYTHING, nowMs));
}

/** All sockets of an account together, in this process. */
export function takeOfAccount(accountId: string, nowMs: number): void {
  const { held, size } = accounts();
  if (held.size > MOST_ACCOUNTS) held.clear();
  pay(take(held, accountId, size, nowMs));
}

/** Zero where there was one to take, else how long until there is. */
function take(buckets: Buckets, name: string, { burst, perMs }: Size, nowMs: number): number {
  const bucket = buckets.get(name);
  if (!bucket) {
    buckets.set(name, { tokens: burst - 1, atMs: nowMs });
    return 0;
  }
  const tokens = Math.min(burst, bucket.tokens + (nowMs - bucket.atMs) * perMs);
  bucket.atMs = nowMs;
  bucket.tokens = tokens < 1 ? tokens : tokens - 1;
  return tokens < 1 ? Math.ceil((1 - tokens) / perMs) : 0;
}

function pay(waitMs: number): void {
  if (waitMs === 0) return;
  throw new AppError("rate_limited", "Too many at once. Wait a moment.", { retryAfterSeconds: waitMs / 1_000 });
}
