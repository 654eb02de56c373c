import { AsyncLocalStorage } from "node:async_hooks";
import Stripe from "stripe";
import { once } from "@/lib/once";

/** One call through the door and what became of its attempts on the wire. */
export type Attempts = {
  /** Set for a write: every request of it carries this key. */
  readonly idempotencyKey?: string;
  /** Some attempt may have taken effect without telling us. */
  lost: boolean;
  /** The latest attempt got at least the head of an answer. */
  answered: boolean;
  /** A request that the door does not let through. */
  stray?: Error | undefined;
};

/** How a connection fails before a single byte of the request left. */
const NEVER_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

const running = () => once("stripe-attempts", () => new AsyncLocalStorage<Attempts>());

export const withAttempts = <T>(attempts: Attempts, call: () => Promise<T>): Promise<T> =>
  running().run(attempts, call);

/** Stripe's own HTTP client, which also writes down how each attempt ended: the SDK tells only of the last. */
export function watchedHttp(): Stripe.HttpClient {
  const http = Stripe.createNodeHttpClient();
  return {
    getClientName: () => http.getClientName(),
    async makeRequest(host, port, path, method, headers, body, protocol, timeout) {
      const attempts = running().getStore();
      if (!attempts) throw new Error("Stripe is asked through stripeRead and stripeWrite alone.");
      attempts.stray = strayOf(attempts, method, headers["Idempotency-Key"]);
      if (attempts.stray) throw attempts.stray;

      attempts.answered = false;
      try {
        const response = await http.makeRequest(host, port, path, method, headers, body, protocol, timeout);
        attempts.answered = true;
        if (response.getStatusCode() >= 500) attempts.lost = true;
        return response;
      } catch (error) {
        if (!NEVER_SENT.has(codeOf(error))) attempts.lost = true;
        throw error;
      }
    },
  };
}

/** A read changes nothing, and a write carries the key of its cause, so that no retry can do it twice. */
function strayOf({ idempotencyKey }: Attempts, method: string, sentKey: unknown): Error | undefined {
  if (method === "GET") return undefined;
  if (idempotencyKey === undefined) return new Error(`A read sent a ${method} to Stripe.`);
  if (sentKey !== idempotencyKey) return new Error("A write to Stripe did not pass on the options it was given.");
  return undefined;
}

const codeOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "");
