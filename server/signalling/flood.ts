import type { RoomActor } from "@/lib/ctx";
import { AppError, toRefusal } from "@/lib/errors";
import { once } from "@/lib/once";
import { minutes, seconds } from "@/lib/time";
import { type Buckets, takePacket } from "./buckets";
import type { Line } from "./channels";

const WINDOW_MS = seconds(1);
const STRIKE_WINDOW_MS = minutes(1);
const MOST_STRIKES = 3;
/** Beyond it there is nobody at the other end who waits for an answer. */
const MOST_REFUSED = 1_000;
const BLOCK_MS = minutes(1);
const MOST_BLOCKED = 20_000;

const blocked = () => once("socket-floods", () => new Map<string, number>());

/**
 * Drops what a socket says beyond its measure, before anything reads it. Each second of that is a strike; the third
 * within a minute ends the line, and so does a flood.
 */
export function guardAgainstFloods(line: Line, buckets: Buckets, block: () => string | undefined): void {
  let strikes: number[] = [];
  let refused = { sinceMs: 0, count: 0 };

  line.use((_packet, next) => {
    const nowMs = performance.now();
    try {
      takePacket(buckets, nowMs);
      next();
    } catch (error) {
      if (nowMs - refused.sinceMs > WINDOW_MS) {
        refused = { sinceMs: nowMs, count: 0 };
        strikes = [...strikes.filter((atMs) => nowMs - atMs < STRIKE_WINDOW_MS), nowMs];
        const { message, retryAfterSeconds = 0 } = toRefusal(error);
        line.emit("error", { code: "rate_limited", message, event: "*", retryAfterMs: retryAfterSeconds * 1_000 });
      }
      refused.count += 1;
      if (strikes.length >= MOST_STRIKES || refused.count >= MOST_REFUSED) end();
    }
  });

  function end(): void {
    if (!line.connected) return;
    const who = block();
    if (blocked().size > MOST_BLOCKED) blocked().clear();
    if (who !== undefined) blocked().set(who, performance.now() + BLOCK_MS);
    line.disconnect(true);
  }
}

/** Who flooded a line does not open another one for a minute. */
export function requireNoFlood(who: string): void {
  const untilMs = blocked().get(who) ?? 0;
  if (untilMs <= performance.now()) return;
  throw new AppError("rate_limited", "Too much was sent on this line. Wait a minute.", {
    retryAfterSeconds: Math.ceil((untilMs - performance.now()) / 1_000),
  });
}

/** Many people may share a key, so a key is told apart by where it is used from. */
export function nameOf(actor: RoomActor, network: string): string {
  if (actor.kind === "user") return `user:${actor.userId}`;
  return actor.kind === "guest" ? `pass:${actor.pass.id}` : `key:${actor.keyId}:${network}`;
}
