import { and, eq } from "drizzle-orm";
import { lockAccount } from "@/lib/accounts/lock";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type MemberActor, requireScope, requireUser } from "@/lib/ctx";
import { keys } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import { announceChange } from "@/lib/outbox/announce";
import { announceRevocation } from "@/lib/outbox/revoke";
import { lockKey, readKey } from "./internal";
import { queryFor, requireFuture, scopesFor } from "./rules";
import type { ListedKey, UpdateKey } from "./schema";
import { forgetKey } from "./verify";

/** Changes what a key is called or may do, in every process within a second. What is not named stays. */
export async function updateKey(ctx: Ctx<MemberActor>, { id, changes }: UpdateKey): Promise<ListedKey> {
  requireUser(ctx);
  requireScope(ctx, "keys:write");
  requireFuture(changes.expiresAt ?? null, ctx.now);

  const updated = await inTx(ctx, async (arrived) => {
    const { ctx } = await lockAccount(arrived, "keys:write");
    for (const scope of changes.scopes ?? []) requireScope(ctx, scope);
    const before = await lockKey(ctx, id);
    if (before.state === "revoked") throw new AppError("conflict", "This API key was revoked and cannot be changed.");
    const checked = {
      ...changes,
      ...(changes.scopes && { scopes: scopesFor(before.label, changes.scopes) }),
      ...(changes.allowQuery !== undefined && { allowQuery: queryFor(before.label, changes.allowQuery) }),
    };
    await ctx.db
      .update(keys)
      .set(checked)
      .where(and(eq(keys.id, id), eq(keys.accountId, ctx.actor.accountId)));
    await announceRevocation(ctx, "key", [id]);
    await announceChange(ctx, ctx.actor.accountId, "keys");
    await recordAudit(ctx, {
      action: "key.changed",
      target: id,
      detail: { before: fieldsOf(before, changes), after: checked },
    });
    return readKey(ctx, id);
  });
  forgetKey(id);
  return updated;
}

const fieldsOf = (key: ListedKey, changes: UpdateKey["changes"]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(key).filter(([field]) => field in changes));
