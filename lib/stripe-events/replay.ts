import { eq } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, requireStaff } from "@/lib/ctx";
import { elapsedNow } from "@/lib/db/client";
import { stripeEvents } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import { asEvent } from "./queries";
import { inbox } from "./record";
import type { ReplayEvent, StripeEvent } from "./schema";

/** Has an event worked off once more. What it brought about before is there already and does not happen again. */
export async function replayEvent(ctx: Ctx, { id }: ReplayEvent): Promise<StripeEvent> {
  requireStaff(ctx);
  const event = await inTx(ctx, async (ctx) => {
    const [row] = await ctx.db
      .update(stripeEvents)
      .set({ state: "new", attempts: 0, dueAt: elapsedNow, leasedUntil: null, doneAt: null, note: null })
      .where(eq(stripeEvents.id, id))
      .returning();
    if (!row) throw notFound("Event");
    await recordAudit(ctx, { action: "stripe_event.replayed", target: id });
    return row;
  });
  inbox().kick();
  return asEvent(event);
}
