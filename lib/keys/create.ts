import { lockAccountAsPerson } from "@/lib/accounts/lock";
import { type Ctx, inTx, type MemberActor, requireScope, requireUser } from "@/lib/ctx";
import { announceChange } from "@/lib/outbox/announce";
import { readKey } from "./internal";
import { mintKey } from "./mint";
import { requireFuture, scopesFor } from "./rules";
import { type CreatedKey, type CreateKey, SHOWN_ONCE } from "./schema";

/** Makes a key for the caller's account. Only a person may, and never with more rights than their own. */
export async function createKey(ctx: Ctx<MemberActor>, input: CreateKey): Promise<CreatedKey> {
  requireUser(ctx);
  requireScope(ctx, "keys:write");
  const { label = "mk", name, allowedOrigins, allowQuery, expiresAt } = input;
  const scopes = scopesFor(label, input.scopes);
  requireFuture(expiresAt, ctx.now);

  return inTx(ctx, async (arrived) => {
    const { ctx } = await lockAccountAsPerson(arrived, "keys:write");
    for (const scope of scopes) requireScope(ctx, scope);
    const { accountId, userId: createdBy } = ctx.actor;
    const { id, key } = await mintKey(ctx, {
      accountId,
      createdBy,
      name,
      label,
      scopes,
      allowedOrigins,
      allowQuery,
      expiresAt,
    });
    await announceChange(ctx, accountId, "keys");
    return { apiKey: { key, note: SHOWN_ONCE }, ...(await readKey(ctx, id)) };
  });
}
