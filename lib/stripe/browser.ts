import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { StripeInBrowser } from "./schema";
import { STRIPE_API_VERSION } from "./version";

/** The release of Stripe.js that speaks our version of the API. */
const TRAIN = STRIPE_API_VERSION.split(".")[1];

/** What a page hands to the payment components. */
export function stripeInBrowser(): StripeInBrowser {
  const { STRIPE_PUBLISHABLE_KEY: publishableKey, STRIPE_LOCAL_URL } = env();
  if (!publishableKey) throw new AppError("unavailable", "Payments are not set up on this deployment.");
  if (!STRIPE_LOCAL_URL) return { kind: "real", publishableKey, scriptUrl: null };
  return { kind: "local", publishableKey, scriptUrl: `${new URL(STRIPE_LOCAL_URL).origin}/${TRAIN}/stripe.js` };
}

export type StripeSources = { scripts: string[]; frames: string[]; calls: string[] };

const REAL: StripeSources = {
  scripts: ["https://js.stripe.com", "https://*.js.stripe.com"],
  frames: ["https://js.stripe.com", "https://*.js.stripe.com", "https://hooks.stripe.com"],
  calls: ["https://api.stripe.com"],
};
const NONE: StripeSources = { scripts: [], frames: [], calls: [] };

/** What our pages may load of the configured Stripe, and of no other. */
export function stripeSources(): StripeSources {
  const { STRIPE_SECRET_KEY, STRIPE_LOCAL_URL } = env();
  if (!STRIPE_LOCAL_URL) return STRIPE_SECRET_KEY ? REAL : NONE;
  const local = [new URL(STRIPE_LOCAL_URL).origin];
  return { scripts: local, frames: local, calls: local };
}
