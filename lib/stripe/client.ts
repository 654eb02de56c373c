import type Stripe from "stripe";
import { once } from "@/lib/once";
import { type Door, openDoor, type WriteOptions } from "./door";
import { stripeTarget, type Target } from "./target";

export type { Stripe };

/** Asks the configured Stripe for something. Changes nothing there. */
export const stripeRead = <T>(call: (stripe: Stripe) => Promise<T>): Promise<T> => door().read(call);

/**
 * Has the configured Stripe do something, once for one cause however often it is called within a day.
 * The options belong to every request that `call` makes. Throws `StripeUnknown` where nobody can say whether it happened.
 */
export const stripeWrite = <T>(
  cause: string,
  call: (stripe: Stripe, options: WriteOptions) => Promise<T>,
): Promise<T> => door().write(cause, call);

/** For whoever shows how this process is doing. */
export const stripeState = (): "closed" | "open" | "half-open" => door().breaker.state(performance.now());

const slot = () => once<{ open: { target: Target; door: Door } | undefined }>("stripe", () => ({ open: undefined }));

/** Opened at first use, and anew when the boot has said where the local Stripe is. */
function door(): Door {
  const held = slot();
  const target = stripeTarget();
  if (!held.open || !same(held.open.target, target)) held.open = { target, door: openDoor(target) };
  return held.open.door;
}

const same = (a: Target, b: Target): boolean => JSON.stringify(a) === JSON.stringify(b);
