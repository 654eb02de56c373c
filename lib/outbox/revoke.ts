import { sql } from "drizzle-orm";
import type { TxCtx } from "@/lib/ctx";
import { revocations } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";

/** Tells every process, within a second, that a key or a login ended or may do something else than before. */
export async function announceRevocation(
  ctx: TxCtx,
  kind: "key" | "login",
  ids: readonly (Id<"key"> | Id<"login">)[],
): Promise<void> {
  if (ids.length === 0) return;
  await ctx.db.insert(revocations).values(ids.map((subjectId) => ({ kind, subjectId })));
  await ctx.db.execute(sql`select pg_notify('parley_revocations', '')`);
}
