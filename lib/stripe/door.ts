import { setTimeout as wait } from "node:timers/promises";
import Stripe from "stripe";
import { log } from "@/lib/log";
import { seconds } from "@/lib/time";
import { type Attempts, watchedHttp, withAttempts } from "./attempts";
import { type Breaker, createBreaker, type Verdict } from "./breaker";
import { outcomeOf } from "./refusals";
import type { Target } from "./target";
import { STRIPE_API_VERSION } from "./version";

export type WriteOptions = { idempotencyKey: string };
export type Door = {
  read<T>(call: (stripe: Stripe) => Promise<T>): Promise<T>;
  write<T>(cause: string, call: (stripe: Stripe, options: WriteOptions) => Promise<T>): Promise<T>;
  breaker: Breaker;
};

const TIMEOUT_MS = seconds(10);
const MOST_RETRIES = 2;
/** How long to hold back when Stripe says that we ask too often; the SDK does not try again by itself. */
const CROWDED_MS = [300, 900];
const CAUSE = /^[\w:.-]{1,200}$/;

/** The one way to a Stripe: with a time limit, with bounded retries, and with a key on every write. */
export function openDoor(
  target: Target,
  given: { timeoutMs?: number; retries?: number; breaker?: Breaker } = {},
): Door {
  const { timeoutMs = TIMEOUT_MS, retries = MOST_RETRIES, breaker = createBreaker() } = given;
  const stripe = new Stripe(target.key, {
    apiVersion: STRIPE_API_VERSION,
    timeout: timeoutMs,
    maxNetworkRetries: retries,
    telemetry: false,
    httpClient: watchedHttp(),
    ...(target.kind === "local" && { host: target.host, port: target.port, protocol: target.protocol }),
  });

  async function ask<T>(attempts: Attempts, call: () => Promise<T>): Promise<T> {
    const judge = breaker.admit(performance.now());
    let verdict: Verdict = "unasked";
    try {
      const answer = await withAttempts(attempts, () => whenNotCrowded(call));
      verdict = "answered";
      return answer;
    } catch (error) {
      if (attempts.stray) throw attempts.stray;
      verdict = verdictOn(error);
      if (error instanceof Stripe.errors.StripeAuthenticationError) log().error("stripe does not take our key");
      throw outcomeOf(error, attempts);
    } finally {
      judge(verdict, performance.now());
    }
  }

  return {
    breaker,
    read: (call) => ask({ lost: false, answered: false }, () => call(stripe)),
    write: (cause, call) => {
      const idempotencyKey = keyOf(cause);
      return ask({ idempotencyKey, lost: false, answered: false }, () => call(stripe, { idempotencyKey }));
    },
  };
}

/** Readable, so that an event which names its key leads back to our row. */
function keyOf(cause: string): string {
  if (!CAUSE.test(cause)) throw new RangeError(`"${cause}" does not name a cause`);
  return `parley:${cause}`;
}

async function whenNotCrowded<T>(call: () => Promise<T>): Promise<T> {
  for (const longestMs of CROWDED_MS) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeRateLimitError)) throw error;
      await wait(longestMs * (0.5 + Math.random() / 2));
    }
  }
  return call();
}

function verdictOn(error: unknown): Verdict {
  if (!(error instanceof Stripe.errors.StripeError)) return "unasked";
  const isDown = error instanceof Stripe.errors.StripeConnectionError || (error.statusCode ?? 0) >= 500;
  return isDown ? "failed" : "answered";
}
