import Stripe from "stripe";

/** A client that only asks: no retries, and nothing is held against the contract on the way. */
export function plainClient(url: string, key: string): Stripe {
  const { hostname: host, port } = new URL(url);
  return new Stripe(key, { host, port: Number(port), protocol: "http", telemetry: false, maxNetworkRetries: 0 });
}
