import { and, asc, eq, lte } from "drizzle-orm";
import type { Ctx } from "@/lib/ctx";
import { elapsedNow } from "@/lib/db/client";
import { holds } from "@/lib/db/schema";
import { expire } from "./close";

/** Gives back what nobody closed in time. Says how many holds it saw; whoever closes one first has closed it. */
export async function expireHolds(ctx: Ctx, { most }: { most: number }): Promise<number> {
  const due = await ctx.db
    .select({ id: holds.id, account: holds.accountId, purpose: holds.purpose })
    .from(holds)
    .where(and(eq(holds.state, "open"), lte(holds.expiresAt, elapsedNow)))
    .orderBy(asc(holds.expiresAt), asc(holds.id))
    .limit(most);
  for (const { id, account, purpose } of due) await expire(ctx, { account, holdId: id, kind: `${purpose}.expired` });
  return due.length;
}
