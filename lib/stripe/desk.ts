import { env } from "@/lib/env";

/** Where the local Stripe shows one of its objects and what can be done to it. The real one has a dashboard of its own. */
export function localDeskUrl(more: { kind: string }): string | null {
  const { STRIPE_LOCAL_URL, STRIPE_PUBLISHABLE_KEY } = env();
  if (!STRIPE_LOCAL_URL || !STRIPE_PUBLISHABLE_KEY) return null;
  return `${new URL(STRIPE_LOCAL_URL).origin}/_local?${new URLSearchParams({ key: STRIPE_PUBLISHABLE_KEY, ...more })}`;
}
