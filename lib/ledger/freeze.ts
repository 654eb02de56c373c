import { and, eq, inArray, sql } from "drizzle-orm";
import type { TxCtx } from "@/lib/ctx";
import { pots } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import type { AccountPot } from "@/lib/pots";

type Which = { accountId: Id<"account">; kinds: readonly AccountPot[] };

/** Lets nothing more be spent from these pots. What comes in comes in, and what was taken back is taken back. */
export async function freezePots({ db, now }: TxCtx, { accountId, kinds }: Which): Promise<void> {
  await db
    .insert(pots)
    .values(kinds.map((kind) => ({ accountId, kind, balance: 0, version: 0, frozenAt: now })))
    .onConflictDoUpdate({
      target: [pots.accountId, pots.kind],
      set: { frozenAt: sql`coalesce(${pots.frozenAt}, excluded.frozen_at)` },
    });
}

export async function thawPots({ db }: TxCtx, { accountId, kinds }: Which): Promise<void> {
  await db
    .update(pots)
    .set({ frozenAt: null })
    .where(and(eq(pots.accountId, accountId), inArray(pots.kind, kinds)));
}
