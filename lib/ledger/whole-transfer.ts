import { asc, eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Ctx } from "@/lib/ctx";
import { allocations, entries, holds, links, lots, transfers } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import type { Id } from "@/lib/ids";

const undoing = alias(transfers, "undoing");

/** All that the books say of one transfer: its legs, the lots it touched, what undid it, its place in the chain. */
export async function getTransfer({ db }: Pick<Ctx, "db">, id: Id<"transfer">) {
  const [[head], legs, fromLots, brought, [hold]] = await Promise.all([
    db
      .select({ transfer: transfers, link: links, reversedBy: undoing.id })
      .from(transfers)
      .leftJoin(links, eq(links.transferId, transfers.id))
      .leftJoin(undoing, eq(undoing.reversesId, transfers.id))
      .where(eq(transfers.id, id)),
    db.select().from(entries).where(eq(entries.transferId, id)).orderBy(asc(entries.leg)),
    db
      .select({ turn: allocations.turn, amount: allocations.amount, returnsId: allocations.returnsId, lot: lots })
      .from(allocations)
      .innerJoin(lots, eq(lots.id, allocations.lotId))
      .where(eq(allocations.transferId, id))
      .orderBy(asc(allocations.turn)),
    db.select().from(lots).where(eq(lots.transferId, id)).orderBy(asc(lots.id)),
    db.select().from(holds).where(eq(holds.transferId, id)),
  ]);
  if (!head) throw notFound("Transfer");
  return { ...head, entries: legs, allocations: fromLots, lots: brought, hold: hold ?? null };
}

export type WholeTransfer = Awaited<ReturnType<typeof getTransfer>>;
