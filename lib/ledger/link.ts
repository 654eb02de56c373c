import { desc, eq, sql } from "drizzle-orm";
import { type Ctx, inTx, type TxCtx } from "@/lib/ctx";
import { links, transfers } from "@/lib/db/schema";

export type Linked = {
  /** How many transfers were put into the chain, by their kind. */
  kinds: Record<string, number>;
  linked: number;
  /** No transfer that was booked before this is still to come. Where to look from the next time. */
  since: Date;
};

/** How far apart two machines' reading of one transaction's start may lie. */
const MARGIN = "1 minute";

/** Puts transfers at the end of the chain, the oldest first. Of those who do it at once one does it; the others find nothing to do. */
export async function linkTransfers(ctx: Ctx, { since, most }: { since: Date; most: number }): Promise<Linked> {
  const reached = await horizon(ctx);
  return inTx(ctx, async (ctx) => {
    const [row] = await ctx.db.execute<{ linked: number }>(
      sql`select link_transfers(${most}, ${since.toISOString()}::timestamptz) as linked`,
    );
    const linked = row?.linked ?? 0;
    const isAllDone = linked >= 0 && linked < most;
    return { linked: Math.max(linked, 0), kinds: await kindsOf(ctx, linked), since: isAllDone ? reached : since };
  });
}

/** A transfer is booked in its transaction, so none that is still to be seen can be older than the oldest of these. */
async function horizon({ db }: Ctx): Promise<Date> {
  const [row] = await db.execute<{ at: string }>(sql`
    select least(clock_timestamp(), min(xact_start)) - ${MARGIN}::interval as at from pg_stat_activity
    where xact_start is not null and pid <> pg_backend_pid()`);
  if (!row) throw new Error("The database does not say what it is doing");
  return new Date(row.at);
}

async function kindsOf({ db }: TxCtx, linked: number): Promise<Record<string, number>> {
  if (linked <= 0) return {};
  const newest = db
    .select({ id: links.transferId })
    .from(links)
    .orderBy(desc(links.position))
    .limit(linked)
    .as("newest");
  const rows = await db
    .select({ kind: transfers.kind, count: sql`count(*)`.mapWith(Number) })
    .from(newest)
    .innerJoin(transfers, eq(transfers.id, newest.id))
    .groupBy(transfers.kind);
  return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]));
}
