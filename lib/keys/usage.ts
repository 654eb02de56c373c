import { sql } from "drizzle-orm";
import type { Db } from "@/lib/db/client";
import { keys } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import { once } from "@/lib/once";

const used = () => once("key-usage", () => ({ since: new Map<Id<"key">, number>() }));

/** Remembers that a key was used. Written down by the minute, because a row per call would be a hot one. */
export const noteUse = (id: Id<"key">): void => {
  used().since.set(id, Date.now());
};

/** Writes down when each key was last used. Never moves that instant back, whichever process writes last. */
export async function recordKeyUse(db: Db): Promise<void> {
  const held = used();
  const batch = held.since;
  if (batch.size === 0) return;
  held.since = new Map();
  try {
    await db.execute(sql`
      update ${keys} set last_used_at = seen.at
      from (select unnest(${list([...batch.keys()])}::text[]) as id, to_timestamp(unnest(${list([...batch.values()])}::float8[]) / 1000) as at) as seen
      where ${keys.id} = seen.id and (${keys.lastUsedAt} is null or ${keys.lastUsedAt} < seen.at)`);
  } catch (error) {
    for (const [id, at] of batch) held.since.set(id, Math.max(at, held.since.get(id) ?? 0));
    throw error;
  }
}

/** An array as one parameter; the driver would spread a list into many. */
const list = (values: readonly (string | number)[]) => sql`${`{${values.join(",")}}`}`;
