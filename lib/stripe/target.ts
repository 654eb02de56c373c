import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

/** Which Stripe this process speaks to. The local one needs an address, the real one has its own. */
export type Target =
  | { kind: "local"; key: string; host: string; port: number; protocol: "http" | "https" }
  | { kind: "real"; key: string };

/** Configuration alone decides; `parseEnv` has refused every pair of key and address that does not belong together. */
export function stripeTarget(): Target {
  const { STRIPE_SECRET_KEY: key, STRIPE_LOCAL_URL } = env();
  if (!key) throw new AppError("unavailable", "Payments are not set up on this deployment.");
  if (!STRIPE_LOCAL_URL) return { kind: "real", key };
  const { hostname: host, port, protocol } = new URL(STRIPE_LOCAL_URL);
  const isSecure = protocol === "https:";
  const ownPort = isSecure ? 443 : 80;
  return {
    kind: "local",
    key,
    host,
    port: port === "" ? ownPort : Number(port),
    protocol: isSecure ? "https" : "http",
  };
}

/** Which Stripe it is. What one of them knows, another does not. */
export function stripeMode(): "local" | "test" | "live" {
  const { kind, key } = stripeTarget();
  if (kind === "local") return "local";
  return /^[a-z]+_live_/.test(key) ? "live" : "test";
}
