import { and, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { lockAccountAsPerson } from "@/lib/accounts/lock";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type MemberActor, requireScope, requireUser, type TxCtx, type UserActor } from "@/lib/ctx";
import { keys } from "@/lib/db/schema";
import { AppError, notFound } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { announceChange } from "@/lib/outbox/announce";
import { announceRevocation } from "@/lib/outbox/revoke";
import { lockKey, readKey } from "./internal";
import { mintKey } from "./mint";
import { overlapOf } from "./rules";
import { type CreatedKey, type ListedKey, type RegenerateKey, SHOWN_ONCE } from "./schema";
import { forgetKey } from "./verify";

/** Puts a new secret in a key's place, with the same rights. The old one ends now, or works on for the overlap that was asked for. */
export async function regenerateKey(ctx: Ctx<MemberActor>, input: RegenerateKey): Promise<CreatedKey> {
  requireUser(ctx);
  requireScope(ctx, "keys:write");
  const overlapMs = overlapOf(input);

  const { old, created } = await inTx(ctx, async (arrived) => {
    const { ctx } = await lockAccountAsPerson(arrived, "keys:write");
    const old = await lockKey(ctx, input.keyId ?? (await newestSecretKey(ctx)));
    requireReplaceable(old);
    await retire(ctx, old.id, overlapMs);

    const { id, key } = await mintKey(ctx, { ...rightsOf(old), ...ownerOf(ctx.actor) });
    await noteSuccessor(ctx, { old, id, input });
    return { old, created: { apiKey: { key, note: SHOWN_ONCE }, ...(await readKey(ctx, id)) } satisfies CreatedKey };
  });
  forgetKey(old.id);
  return created;
}

const ownerOf = ({ accountId, userId }: UserActor) => ({ accountId, createdBy: userId });

const rightsOf = ({ name, label, scopes, allowedOrigins, allowQuery, expiresAt }: ListedKey) => ({
  name,
  label,
  scopes,
  allowedOrigins,
  allowQuery,
  expiresAt,
});

type Succession = { old: ListedKey; id: Id<"key">; input: RegenerateKey };

/** Writes down which key took the old one's place, and tells everybody who holds the old one. */
async function noteSuccessor(ctx: TxCtx<UserActor>, { old, id, input }: Succession): Promise<void> {
  const { accountId } = ctx.actor;
  await ctx.db
    .update(keys)
    .set({ replacedBy: id })
    .where(and(eq(keys.id, old.id), eq(keys.accountId, accountId)));
  await announceRevocation(ctx, "key", [old.id]);
  await announceChange(ctx, accountId, "keys");
  const { name, prefix } = old;
  const { overlapHours, compromised } = input;
  await recordAudit(ctx, {
    action: "key.regenerated",
    target: old.id,
    detail: { name, prefix, replacedBy: id, overlapHours, compromised },
  });
}

function requireReplaceable({ state }: ListedKey): void {
  if (state === "revoked") throw new AppError("conflict", "This API key was revoked. Create another one.");
  if (state === "retiring") throw new AppError("conflict", "This API key was replaced already.");
  if (state === "expired")
    throw new AppError("conflict", "This API key has expired. Give it a later expiry first, or create another one.");
}

/** Before the new key is made, so that an account full of keys can still replace one. */
async function retire(ctx: TxCtx<UserActor>, id: Id<"key">, overlapMs: number): Promise<void> {
  await ctx.db
    .update(keys)
    .set({ revokedAt: sql`clock_timestamp() + make_interval(secs => ${overlapMs / 1_000})` })
    .where(and(eq(keys.id, id), eq(keys.accountId, ctx.actor.accountId)));
}

async function newestSecretKey(ctx: TxCtx<UserActor>): Promise<Id<"key">> {
  const { accountId, userId } = ctx.actor;
  const [newest] = await ctx.db
    .select({ id: keys.id })
    .from(keys)
    .where(
      and(
        eq(keys.accountId, accountId),
        eq(keys.createdBy, userId),
        inArray(keys.label, ["mk", "nk"]),
        isNull(keys.revokedAt),
      ),
    )
    .orderBy(desc(keys.id))
    .limit(1);
  if (!newest) throw notFound("Key");
  return newest.id;
}
