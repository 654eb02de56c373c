import { eq } from "drizzle-orm";
import type { Ctx } from "@/lib/ctx";
import { subscriptions } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import { change } from "./internal";
import { billsPastUse } from "./rules";
import { voidUnpaid } from "./void-unpaid";

/**
 * What an ended plan left unpaid is not asked for any more, unless it is for use that was had. Whoever dies before this
 * is followed by the janitor. Doing it again changes nothing.
 */
export async function finishEnd(ctx: Ctx, id: Id<"subscription">): Promise<void> {
  const [row] = await ctx.db.select().from(subscriptions).where(eq(subscriptions.id, id));
  if (row?.state !== "canceled" || row.stripeId === null) return;
  if (!billsPastUse(row)) await voidUnpaid(row.stripeId);
  await change(ctx, id, { lookAt: null });
}
