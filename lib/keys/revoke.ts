import { and, eq, sql } from "drizzle-orm";
import { lockAccount } from "@/lib/accounts/lock";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type MemberActor, requireScope, requireUser } from "@/lib/ctx";
import { keys } from "@/lib/db/schema";
import { announceChange } from "@/lib/outbox/announce";
import { announceRevocation } from "@/lib/outbox/revoke";
import { lockKey, readKey } from "./internal";
import type { KeyRef, ListedKey } from "./schema";
import { forgetKey } from "./verify";

/** Ends a key, in every process within a second. Ending it again changes nothing. */
export async function revokeKey(ctx: Ctx<MemberActor>, { id }: KeyRef): Promise<ListedKey> {
  requireUser(ctx);
  requireScope(ctx, "keys:write");

  const revoked = await inTx(ctx, async (arrived) => {
    const { ctx } = await lockAccount(arrived, "keys:write");
    const key = await lockKey(ctx, id);
    if (key.state === "revoked") return key;
    await ctx.db
      .update(keys)
      .set({ revokedAt: sql`clock_timestamp()` })
      .where(and(eq(keys.id, id), eq(keys.accountId, ctx.actor.accountId)));
    await announceRevocation(ctx, "key", [id]);
    await announceChange(ctx, ctx.actor.accountId, "keys");
    await recordAudit(ctx, { action: "key.revoked", target: id, detail: { name: key.name, prefix: key.prefix } });
    return readKey(ctx, id);
  });
  forgetKey(id);
  return revoked;
}
