import { or, type SQLWrapper, sql } from "drizzle-orm";
import { pool } from "@/lib/db/client";

/** How far a reader has come: every transaction below `xmin` had ended, on the server that started at `startedAt`. */
type Horizon = { xmin: string; startedAt: string };

async function horizon(): Promise<Horizon> {
  const [row] = await pool().sql<Horizon[]>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as xmin, pg_postmaster_start_time()::text as "startedAt"`;
  if (!row) throw new Error("The database does not say where it stands");
  return row;
}

export type Committed = { id: number; transactionId: string };
/** Rows from this transaction on; where `orSince` is set, also those written since that instant. */
export type From = { xmin: string; orSince: string | undefined };

/** The condition of a reader: what it may not have seen yet. */
export const writtenSince = ({ xmin, orSince }: From, transactionId: SQLWrapper, at: SQLWrapper) =>
  or(
    sql`${transactionId} >= ${xmin}::text::xid8`,
    orSince === undefined ? undefined : sql`${at} >= ${orSince}::text::timestamptz`,
  );

/**
 * Hands on rows as they commit. It looks again at all that was written since the oldest transaction that was open
 * before, so a slow one neither slips behind nor holds up the others, and remembers what of that it has handed on.
 * A killed server forgets the numbers of transactions it had not written down and gives them out again, so after
 * its restart the numbers alone do not tell.
 */
export async function tail<Row extends Committed>(
  read: (from: From) => Promise<Row[]>,
  take: (row: Row) => void | Promise<void>,
): Promise<() => Promise<void>> {
  let reached = await horizon();
  let taken = new Set<number>();
  return async () => {
    const now = await horizon();
    const orSince = now.startedAt === reached.startedAt ? undefined : now.startedAt;
    const rows = await read({ xmin: reached.xmin, orSince });
    for (const row of rows) {
      if (taken.has(row.id)) continue;
      await take(row);
      taken.add(row.id);
    }
    taken = new Set(rows.filter((row) => BigInt(row.transactionId) >= BigInt(now.xmin)).map(({ id }) => id));
    reached = now;
  };
}
