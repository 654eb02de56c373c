import { and, eq, isNull, sql } from "drizzle-orm";
import { businessNow } from "@/lib/clock";
import { db } from "@/lib/db/client";
import { accounts, keys } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import { once } from "@/lib/once";
import type { KeyScope } from "@/lib/scopes";
import { seconds } from "@/lib/time";
import type { KeyLabel } from "./schema";
import { digestFrom, readSecret, sameDigest } from "./secret";
import { noteUse } from "./usage";

export type VerifiedKey = {
  id: Id<"key">;
  accountId: Id<"account">;
  name: string;
  label: KeyLabel;
  scopes: readonly KeyScope[];
  allowedOrigins: readonly string[];
  allowQuery: boolean;
  expiresAt: Date | null;
};

/** A key in memory. Both deadlines are instants of `performance.now()`, which no clock change moves. */
type Held = { key: VerifiedKey; digest: Buffer; endsAtMs: number; freshUntilMs: number };

const FRESH_MS = seconds(10);
const UNKNOWN_MS = seconds(5);
const MOST_HELD = 100_000;
const MOST_UNKNOWN = 20_000;

const cache = () =>
  once("keys", () => ({
    held: new Map<string, Held>(),
    prefixes: new Map<Id<"key">, string>(),
    unknown: new Map<string, number>(),
    loading: new Map<string, Promise<Held | undefined>>(),
  }));

/**
 * Whose key this is, while it is good. Costs microseconds when the key was seen
 * in the last ten seconds, and no database call when it cannot be one of ours.
 */
export async function verifyKey(presented: string): Promise<VerifiedKey | undefined> {
  const shown = readSecret(presented);
  if (!shown) return undefined;
  const nowMs = performance.now();
  const held = find(shown.prefix, nowMs) ?? (await loadOnce(shown.prefix, nowMs));
  if (!held || !sameDigest(held.digest, shown.digest) || isOver(held)) return undefined;
  noteUse(held.key.id);
  return held.key;
}

/** The key behind an id while it is in memory. */
export function heldKey(id: Id<"key">): VerifiedKey | undefined {
  const { held, prefixes } = cache();
  return held.get(prefixes.get(id) ?? "")?.key;
}

/** Called when a key ended or may do something else than before: the next use reads it anew. */
export function forgetKey(id: Id<"key">): void {
  const { held, prefixes, loading } = cache();
  held.delete(prefixes.get(id) ?? "");
  prefixes.delete(id);
  // A load that is under way may have read the row as it was.
  loading.clear();
}

function find(prefix: string, nowMs: number): Held | undefined {
  const found = cache().held.get(prefix);
  return found && found.freshUntilMs > nowMs ? found : undefined;
}

/** Asks the database once, however many requests want to know. */
async function loadOnce(prefix: string, nowMs: number): Promise<Held | undefined> {
  const { unknown, loading } = cache();
  if ((unknown.get(prefix) ?? 0) > nowMs) return undefined;

  const underWay = loading.get(prefix);
  if (underWay !== undefined) return underWay;
  const load = readHeld(prefix);
  loading.set(prefix, load);
  try {
    const held = await load;
    if (loading.get(prefix) === load) keep(prefix, held);
    return held;
  } finally {
    if (loading.get(prefix) === load) loading.delete(prefix);
  }
}

/** A key in use is read again every ten seconds and moves to the end, so the first in the map is the longest unused. */
function keep(prefix: string, found: Held | undefined): void {
  const { held, prefixes, unknown } = cache();
  const before = held.get(prefix);
  held.delete(prefix);
  if (!found) {
    if (before) prefixes.delete(before.key.id);
    if (unknown.size >= MOST_UNKNOWN) unknown.clear();
    unknown.set(prefix, performance.now() + UNKNOWN_MS);
    return;
  }
  held.set(prefix, found);
  prefixes.set(found.key.id, prefix);
  if (held.size <= MOST_HELD) return;
  const [longestUnused] = held.entries();
  if (!longestUnused) return;
  held.delete(longestUnused[0]);
  prefixes.delete(longestUnused[1].key.id);
}

/** Held keys end on time too: expiry is business time, revocation is elapsed time. */
function isOver({ key, endsAtMs }: Held): boolean {
  return endsAtMs <= performance.now() || (key.expiresAt !== null && key.expiresAt <= businessNow());
}

async function readHeld(prefix: string): Promise<Held | undefined> {
  const [row] = await db()
    .select({
      id: keys.id,
      accountId: keys.accountId,
      name: keys.name,
      label: keys.label,
      scopes: keys.scopes,
      allowedOrigins: keys.allowedOrigins,
      allowQuery: keys.allowQuery,
      expiresAt: keys.expiresAt,
      secretHash: keys.secretHash,
      endsInMs: sql<number | null>`(extract(epoch from ${keys.revokedAt} - clock_timestamp()) * 1000)::float8`,
    })
    .from(keys)
    .innerJoin(accounts, eq(accounts.id, keys.accountId))
    .where(and(eq(keys.prefix, prefix), isNull(accounts.closedAt)));
  if (!row || (row.endsInMs !== null && row.endsInMs <= 0)) return undefined;

  const { secretHash, endsInMs, ...key } = row;
  const nowMs = performance.now();
  return {
    key,
    digest: digestFrom(secretHash),
    endsAtMs: nowMs + (endsInMs ?? Number.POSITIVE_INFINITY),
    freshUntilMs: nowMs + FRESH_MS,
  };
}
