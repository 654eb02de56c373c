import Stripe from "stripe";
import { AppError } from "@/lib/errors";
import { minutes } from "@/lib/time";

const TOLERANCE_MS = minutes(5);

/** Reads an event that one of our secrets signed within the last five minutes, letter for letter as it came. */
export function readSigned(text: string, signature: string | null, secrets: readonly string[]): unknown {
  if (secrets.length === 0)
    throw new AppError("unavailable", "Webhooks are not set up on this deployment.", { retryAfterSeconds: 60 });
  if (signature === null || isAhead(signature)) throw unsigned();
  for (const secret of secrets) {
    try {
      return Stripe.webhooks.constructEvent(text, signature, secret, TOLERANCE_MS / 1_000);
    } catch {
      // The next secret may be the one: during a change of secrets there are two.
    }
  }
  throw unsigned();
}

/** The SDK refuses what is old, and takes what is signed for a time to come. */
function isAhead(signature: string): boolean {
  const at = Number(/(?:^|,)t=(\d+)/.exec(signature)?.[1] ?? 0);
  return at * 1_000 > Date.now() + TOLERANCE_MS;
}

const unsigned = () =>
  new AppError(
    "invalid",
    "This is not signed by our Stripe, was changed on its way, or is more than five minutes off.",
  );
