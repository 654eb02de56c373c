import { setTimeout as wait } from "node:timers/promises";
import { StripeRefusal } from "./errors";

/** What may go wrong on demand. `reset` and `error_after` come after the effect is committed. */
export const FAULTS = ["error", "unavailable", "rate_limit", "lock_timeout", "slow", "error_after", "reset"] as const;
type FaultKind = (typeof FAULTS)[number];
export type Fault = { match: string; times: number; effect: FaultKind; delayMs: number };

export type Faults = {
  add(account: string, fault: Fault): void;
  clear(account: string): void;
  list(account: string): Fault[];
  take(account: string, operation: string): Fault | undefined;
};

/** Faults wait for requests whose name matches: `POST /v1/refunds`, `POST *`, `*`. */
export function createFaults(): Faults {
  const waiting = new Map<string, Fault[]>();
  const of = (account: string) => waiting.get(account) ?? [];
  return {
    add: (account, fault) => void waiting.set(account, [...of(account), { ...fault }]),
    clear: (account) => void waiting.delete(account),
    list: (account) => of(account),
    take(account, operation) {
      const found = of(account).find((fault) => fault.times > 0 && matches(fault.match, operation));
      if (!found) return undefined;
      found.times -= 1;
      waiting.set(
        account,
        of(account).filter((fault) => fault.times > 0),
      );
      return found;
    },
  };
}

function matches(pattern: string, operation: string): boolean {
  if (pattern === "*") return true;
  return pattern.endsWith("*") ? operation.startsWith(pattern.slice(0, -1)) : pattern === operation;
}

export async function beforeEffect(fault: Fault | undefined): Promise<void> {
  if (!fault) return;
  if (fault.delayMs > 0) await wait(fault.delayMs);
  const refusal = BEFORE[fault.effect];
  if (refusal) throw refusal();
}

const apiError = (status: number): StripeRefusal =>
  new StripeRefusal(status, {
    type: "api_error",
    message: "An unknown error occurred. (Asked for through /_local/faults.)",
  });

export const afterEffect = (): StripeRefusal => apiError(500);

const BEFORE: Partial<Record<FaultKind, () => StripeRefusal>> = {
  error: () => apiError(500),
  unavailable: () => apiError(503),
  rate_limit: () =>
    new StripeRefusal(
      429,
      {
        type: "invalid_request_error",
        code: "rate_limit",
        message: "Request rate limit exceeded. Learn more about rate limits here https://docs.stripe.com/rate-limits.",
      },
      { headers: { "stripe-rate-limited-reason": "endpoint-rate" } },
    ),
  lock_timeout: () =>
    new StripeRefusal(429, {
      type: "invalid_request_error",
      code: "lock_timeout",
      message:
        "This object cannot be accessed right now because another API request or Stripe process is currently accessing it.",
    }),
};
