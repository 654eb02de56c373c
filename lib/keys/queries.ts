import { and, desc, eq, gt, isNull, lt, or, sql } from "drizzle-orm";
import { type Ctx, type KeyActor, type MemberActor, requireScope, type TxCtx } from "@/lib/ctx";
import { keys } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { asListed, hasEnded, listedColumns } from "./internal";
import { type CurrentKey, type KeyPage, ListKeys, MOST_KEYS } from "./schema";
import { heldKey } from "./verify";

/** The account's keys, newest first, without their secrets; of the revoked ones the latest revocation first. */
export async function listKeys(ctx: Ctx<MemberActor>, input: ListKeys = ListKeys.parse({})): Promise<KeyPage> {
  requireScope(ctx, "keys:read");
  const { state, limit, cursor } = input;
  const rows = await ctx.db
    .select(listedColumns)
    .from(keys)
    .where(
      and(
        eq(keys.accountId, ctx.actor.accountId),
        state === "revoked" ? hasEnded : sql`not ${hasEnded}`,
        cursor && (state === "revoked" ? endedBefore(ctx, cursor) : lt(keys.id, cursor)),
      ),
    )
    .orderBy(...(state === "revoked" ? [desc(keys.revokedAt), desc(keys.id)] : [desc(keys.id)]))
    .limit(limit + 1);

  const apiKeys = rows.slice(0, limit).map((row) => asListed(row, ctx.now));
  return { apiKeys, nextCursor: rows.length > limit ? (apiKeys.at(-1)?.id ?? null) : null };
}

/** Compared in the database, where instants are finer than here. */
const endedBefore = ({ actor }: Ctx<MemberActor>, cursor: Id<"key">) =>
  sql`(${keys.revokedAt}, ${keys.id}) < (select last.revoked_at, last.id from ${keys} as last where last.id = ${cursor} and last.account_id = ${actor.accountId})`;

/** By what an account's good keys can be told apart, for the answer to a sign-in. */
export async function listKeyPrefixes(ctx: TxCtx, accountId: Id<"account">): Promise<string[]> {
  const rows = await ctx.db
    .select({ prefix: keys.prefix })
    .from(keys)
    .where(
      and(eq(keys.accountId, accountId), sql`not ${hasEnded}`, or(isNull(keys.expiresAt), gt(keys.expiresAt, ctx.now))),
    )
    .orderBy(desc(keys.id))
    .limit(MOST_KEYS);
  return rows.map(({ prefix }) => prefix);
}

/** The key that is asking. It was verified a moment ago, so it is in memory; the scopes are those left on this connection. */
export async function currentKey(ctx: Ctx<KeyActor>): Promise<CurrentKey> {
  const { keyId, accountId, scopes } = ctx.actor;
  const key = heldKey(keyId) ?? (await findKey(ctx, keyId, accountId));
  return { id: keyId, name: key.name, label: key.label, scopes: [...scopes], expiresAt: key.expiresAt };
}

async function findKey(ctx: Ctx<KeyActor>, id: Id<"key">, accountId: Id<"account">) {
  const [key] = await ctx.db
    .select({ name: keys.name, label: keys.label, expiresAt: keys.expiresAt })
    .from(keys)
    .where(and(eq(keys.id, id), eq(keys.accountId, accountId)));
  if (!key) throw notFound("Key");
  return key;
}
