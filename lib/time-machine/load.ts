import { sql } from "drizzle-orm";
import { setClockOffset } from "@/lib/clock";
import type { Db, Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import { once } from "@/lib/once";

/** Where the clock stands in the database. Without a row it was never moved. All in milliseconds. */
export type Hands = { elapsedMs: number; offsetMs: number; movedAtMs: number };

export async function readHands(db: Db | Tx): Promise<Hands> {
  const [row] = await db.execute<{ elapsed: number; offset: number; moved: number }>(sql`
    select extract(epoch from clock_timestamp())::float8 * 1000 as elapsed, coalesce(offset_ms, 0)::float8 as offset,
      coalesce(extract(epoch from moved_at)::float8 * 1000, 0) as moved
    from (select) as always left join clock on true`);
  if (!row) throw new Error("The database does not say what time it is");
  return { elapsedMs: row.elapsed, offsetMs: row.offset, movedAtMs: row.moved };
}

/** `ms`: how far the database's clock is ahead of this machine's, as far as anybody can tell. */
const held = () => once("clock-skew", () => ({ ms: 0, loading: Promise.resolve() }));

/** Makes this process go by the clock in the database. */
export const loadClock = (db: Db | Tx): Promise<void> => follow(() => readHands(db));

/** What was read first is never put over what was read later. */
export function follow(read: () => Promise<Hands>): Promise<void> {
  const loaded = held().loading.then(() => load(read));
  held().loading = loaded.catch(() => undefined);
  return loaded;
}

async function load(read: () => Promise<Hands>): Promise<void> {
  const askedAt = Date.now();
  const { elapsedMs, offsetMs, movedAtMs } = await read();
  // The answer was made somewhere between asking and hearing it, so a skew inside these bounds need not change.
  const [least, most] = [elapsedMs - Date.now() - 1, elapsedMs - askedAt + 1];
  const ms = Math.round(Math.min(Math.max(held().ms, least), most));
  held().ms = ms;
  // In production nothing moves it, whatever a database that was brought along says.
  if (env().isProduction) return setClockOffset(ms);
  setClockOffset(offsetMs + ms, movedAtMs - ms);
}
