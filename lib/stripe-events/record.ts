import type { Ctx } from "@/lib/ctx";
import { stripeEvents } from "@/lib/db/schema";
import { log } from "@/lib/log";
import { once } from "@/lib/once";
import { stripeMode } from "@/lib/stripe/target";
import { STRIPE_API_VERSION } from "@/lib/stripe/version";
import { subjectOf } from "./rules";
import { Envelope } from "./schema";

/** What wakes whoever works events off, in this process. The loop that does sets it. */
export const inbox = () => once<{ kick: () => void }>("stripe-inbox", () => ({ kick: () => undefined }));

/** Writes an event down once, however often it comes. Says whether it was new. */
export async function recordEvent({ db }: Ctx, event: unknown, via: "webhook" | "reconciliation"): Promise<boolean> {
  const envelope = Envelope.parse(event);
  const recorded = await db
    .insert(stripeEvents)
    .values({
      id: envelope.id,
      stripe: stripeMode(),
      type: envelope.type,
      account: envelope.account ?? null,
      subject: subjectOf(envelope),
      apiVersion: envelope.api_version,
      livemode: envelope.livemode,
      createdAt: new Date(envelope.created * 1_000),
      via,
    })
    .onConflictDoNothing()
    .returning({ id: stripeEvents.id });
  if (recorded.length === 0) return false;
  if (envelope.api_version !== STRIPE_API_VERSION)
    log().warn({ event: envelope.id, version: envelope.api_version }, "an event of another version of Stripe's API");
  return true;
}
