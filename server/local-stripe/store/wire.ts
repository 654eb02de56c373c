import type Stripe from "stripe";

/**
 * An SDK type as it is stored and sent: decimals are strings, and a reference
 * that can be expanded is an id.
 */
export type Wire<T> = T extends Stripe.Decimal
  ? string
  : T extends readonly (infer E)[]
    ? WireField<E>[]
    : T extends object
      ? { [K in keyof T]: WireField<T[K]> }
      : T;

type WireField<V> = unknown extends V ? V : string extends V ? Extract<V, string | null | undefined> : Wire<V>;
