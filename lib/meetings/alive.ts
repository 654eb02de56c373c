import { and, inArray, ne } from "drizzle-orm";
import type { Ctx } from "@/lib/ctx";
import { elapsedNow } from "@/lib/db/client";
import { participants } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";

/** Signs of life, many at once. */
export async function noteAlive(ctx: Ctx, ids: readonly Id<"participant">[]): Promise<void> {
  if (ids.length === 0) return;
  await ctx.db
    .update(participants)
    .set({ seenAt: elapsedNow })
    .where(and(inArray(participants.id, [...ids]), ne(participants.state, "left")));
}
