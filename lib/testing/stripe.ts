import { env, provide } from "@/lib/env";
import { newId } from "@/lib/ids";
import type { Stripe } from "@/lib/stripe/client";
import { type LocalStripe, startLocalStripe } from "@/server/local-stripe/start";
import { plainClient } from "@/server/local-stripe/testing/plain";

/** A local Stripe that this process speaks to, with an account to itself. */
export type TestStripe = LocalStripe & {
  /** The same account, past our own door. */
  readonly stripe: Stripe;
  /** Another account, empty, without faults, and with a breaker that never broke. */
  renew(): void;
  control<T = unknown>(method: string, path: string, body?: object): Promise<T>;
  /** The next matching requests go wrong. */
  fault(effect: string, more?: { match?: string; times?: number; delayMs?: number }): Promise<void>;
  /** Pays an intent, as Stripe.js would. */
  pay(intentId: string, method?: string): Promise<void>;
  /** Every event of the account, oldest first. */
  events(): Promise<Stripe.Event[]>;
};

const BACK = { return_url: "http://localhost/back" };

export async function aStripe({ now }: { now?: () => Date } = {}): Promise<TestStripe> {
  const server = await startLocalStripe({
    ...{ databaseUrl: env().DATABASE_URL ?? "", port: 0, host: "127.0.0.1" as const },
    ...(now && { now }),
  });
  const held = { key: "", stripe: plainClient(server.url, "sk_test_local_none") };
  const house: TestStripe = {
    ...server,
    get stripe() {
      return held.stripe;
    },
    renew() {
      held.key = `sk_test_local_${newId("req")}`;
      held.stripe = plainClient(server.url, held.key);
      provide({
        STRIPE_LOCAL_URL: server.url,
        STRIPE_SECRET_KEY: held.key,
        STRIPE_PUBLISHABLE_KEY: held.key.replace("sk", "pk"),
      });
    },
    async control<T>(method: string, path: string, body?: object) {
      const answer = await fetch(`${server.url}/_local/${path}`, {
        method,
        headers: { authorization: `Bearer ${held.key}` },
        ...(body && { body: JSON.stringify(body) }),
      });
      const said: unknown = await answer.json();
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status} ${JSON.stringify(said)}`);
      return said as T; // the caller knows the control it asked
    },
    async fault(effect, more = {}) {
      await house.control("POST", "faults", { effect, ...more });
    },
    async pay(intentId, method = "pm_card_visa") {
      await held.stripe.paymentIntents.confirm(intentId, { payment_method: method, ...BACK });
    },
    async events() {
      const all = await held.stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: 1_000 });
      return all.reverse();
    },
  };
  house.renew();
  return house;
}
