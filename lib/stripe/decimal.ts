import Stripe from "stripe";

/** An exact fraction of a cent, as the SDK takes it. It hands such a number back as an object that no string equals. */
export const decimalCents = (text: string): Stripe.Decimal => Stripe.Decimal.from(text);
