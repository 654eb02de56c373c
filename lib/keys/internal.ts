import { and, count, eq, sql } from "drizzle-orm";
import type { Ctx, MemberActor, TxCtx } from "@/lib/ctx";
import { accounts, keys } from "@/lib/db/schema";
import { AppError, notFound } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { stateOf } from "./rules";
import { type ListedKey, MOST_KEYS, MOST_WORKING_KEYS } from "./schema";

/** Revocation goes by the database's clock: the time machine must not bring an ended key back. */
export const hasEnded = sql<boolean>`coalesce(${keys.revokedAt} <= clock_timestamp(), false)`;

export const listedColumns = {
  id: keys.id,
  name: keys.name,
  label: keys.label,
  prefix: keys.prefix,
  lastFour: keys.lastFour,
  scopes: keys.scopes,
  allowedOrigins: keys.allowedOrigins,
  allowQuery: keys.allowQuery,
  createdAt: keys.createdAt,
  expiresAt: keys.expiresAt,
  lastUsedAt: keys.lastUsedAt,
  revokedAt: keys.revokedAt,
  replacedBy: keys.replacedBy,
  hasEnded,
};

export const asListed = (row: Omit<ListedKey, "state"> & { hasEnded: boolean }, now: Date): ListedKey => {
  const { hasEnded: ended, ...key } = row;
  return { ...key, state: stateOf({ ...key, hasEnded: ended }, now) };
};

/** Locks the caller's key. The account is locked before, always in this order, or a closing account would wait in a circle. */
export async function lockKey(ctx: TxCtx<MemberActor>, id: Id<"key">): Promise<ListedKey> {
  const [row] = await ctx.db
    .select(listedColumns)
    .from(keys)
    .where(and(eq(keys.id, id), eq(keys.accountId, ctx.actor.accountId)))
    .for("update");
  if (!row) throw notFound("Key");
  return asListed(row, ctx.now);
}

export async function readKey(ctx: Ctx<MemberActor>, id: Id<"key">): Promise<ListedKey> {
  const [row] = await ctx.db
    .select(listedColumns)
    .from(keys)
    .where(and(eq(keys.id, id), eq(keys.accountId, ctx.actor.accountId)));
  if (!row) throw notFound("Key");
  return asListed(row, ctx.now);
}

/**
 * Holds the account's row while it counts, so that keys made at the same moment cannot pass the limit together.
 * A key that was replaced has given its place away, even while both still work.
 */
export async function requireRoomForKey(ctx: TxCtx, accountId: Id<"account">): Promise<void> {
  await ctx.db.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, accountId)).for("no key update");
  const [counted] = await ctx.db
    .select({ working: count(), kept: sql<number>`count(*) filter (where ${keys.revokedAt} is null)`.mapWith(Number) })
    .from(keys)
    .where(and(eq(keys.accountId, accountId), sql`not ${hasEnded}`));
  const { working = 0, kept = 0 } = counted ?? {};
  if (kept < MOST_KEYS && working < MOST_WORKING_KEYS) return;
  throw new AppError(
    "conflict",
    `This account has ${MOST_KEYS} API keys, which is the most. Revoke one that is not needed.`,
    {
      flat: { limit: MOST_KEYS, current: kept },
    },
  );
}
