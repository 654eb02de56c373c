import type { Ctx, GuestActor } from "@/lib/ctx";
import { env } from "@/lib/env";
import { readSigned } from "@/lib/stripe/signature";
import { inbox, recordEvent } from "./record";
import type { Received } from "./schema";

type Sent = { text: string; signature: string | null };

/** Takes an event that Stripe has signed. It is written down and answered; what follows from it follows at once, elsewhere. */
export async function receiveEvent(ctx: Ctx<GuestActor>, { text, signature }: Sent): Promise<Received> {
  const event = readSigned(text, signature, env().STRIPE_WEBHOOK_SECRET);
  if (await recordEvent(ctx, event, "webhook")) inbox().kick();
  return { received: true };
}
