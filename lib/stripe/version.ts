/** The version of Stripe's API that this code is written for. Everything that names one names this. */
export const STRIPE_API_VERSION = "2026-10-28.endive";
