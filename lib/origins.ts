import { env } from "@/lib/env";

const LOOPBACK = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/;

/** Whether a browser page at `origin` is one of our own. */
export function isOwnOrigin(origin: string): boolean {
  const { publicUrl, isProduction } = env();
  if (origin === publicUrl) return true;
  return !isProduction && LOOPBACK.test(origin) && new URL(origin).port === new URL(publicUrl).port;
}

/** Whether the operator lets pages at `origin` call the API. */
export const isAllowedOrigin = (origin: string): boolean => isOwnOrigin(origin) || env().CORS_ORIGINS.includes(origin);

/** Whether a key may be used from a page at `origin`. Ours and the developer's own machine need no listing. */
export const keyAllowsOrigin = (allowedOrigins: readonly string[], origin: string): boolean =>
  isAllowedOrigin(origin) || LOOPBACK.test(origin) || allowedOrigins.includes(origin);

/** A page elsewhere may read the answer only when it says so. No credentials: cookies never cross. */
export const corsHeaders = (origin: string): Record<string, string> => ({
  "access-control-allow-origin": origin,
  "access-control-expose-headers":
    "X-Request-Id, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Idempotency-Replayed",
  vary: "Origin",
});
