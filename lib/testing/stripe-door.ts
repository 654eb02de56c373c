import { newId } from "@/lib/ids";
import { type Door, openDoor } from "@/lib/stripe/door";
import type { Target } from "@/lib/stripe/target";
import type { LocalStripe } from "@/server/local-stripe/start";

export type StripeHouse = {
  door: Door;
  target: Target;
  /** Has requests go wrong from now on: the next, or as many as `times` says. */
  fault(effect: string, more?: object): Promise<void>;
  /** Has everything go right again. */
  calm(): Promise<void>;
  customers(): Promise<number>;
};

/** A door to an account of its own at a local Stripe, and that account's faults. */
export function aStripeDoor(server: LocalStripe, given: Parameters<typeof openDoor>[1] = {}): StripeHouse {
  const key = `sk_test_local_${newId("req")}`;
  const target: Target = { kind: "local", key, host: "127.0.0.1", port: server.port, protocol: "http" };
  const aside = openDoor(target);
  const control = async (method: string, body?: object) => {
    const answer = await fetch(`${server.url}/_local/faults`, {
      method,
      headers: { authorization: `Bearer ${key}` },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(await answer.text());
    await answer.arrayBuffer();
  };
  return {
    target,
    door: openDoor(target, { timeoutMs: 2_000, ...given }),
    fault: (effect, more = {}) => control("POST", { effect, ...more }),
    calm: () => control("DELETE"),
    customers: async () => (await aside.read((stripe) => stripe.customers.list({ limit: 100 }))).data.length,
  };
}

export const makeCustomer = ({ door }: Pick<StripeHouse, "door">, cause: string) =>
  door.write(cause, (stripe, options) => stripe.customers.create({ name: "Noor" }, options));
