import { and, asc, eq, lte, min, sql } from "drizzle-orm";
import { type Ctx, inTx, type TxCtx } from "@/lib/ctx";
import { lots, pots } from "@/lib/db/schema";
import { postTransfer } from "./post";
import type { Posting } from "./schema";

type Lot = typeof lots.$inferSelect;

/** Of a lot that is partly held nothing runs out, until the hold is closed. */
const mayRunOut = and(lots.live, sql`${lots.remaining} + ${lots.gone} = ${lots.amount}`);

/** When the next lot runs out, or ran out and waits for its turn. */
export async function nextExpiry({ db }: Pick<Ctx, "db">): Promise<Date | null> {
  const [row] = await db
    .select({ at: min(lots.expiresAt) })
    .from(lots)
    .where(mayRunOut);
  return row?.at ?? null;
}

/** Takes out what ran out by an instant, each lot as of its own. Says how many lots it saw; doing it again changes nothing. */
export async function expireLots(ctx: Ctx, { until, most }: { until: Date; most: number }): Promise<number> {
  const due = await ctx.db
    .select()
    .from(lots)
    .where(and(mayRunOut, lte(lots.expiresAt, until)))
    .orderBy(asc(lots.expiresAt), asc(lots.id))
    .limit(most);
  for (const lot of due) await inTx(ctx, (ctx) => expireLot(ctx, lot, until));
  return due.length;
}

async function expireLot(ctx: TxCtx, seen: Lot, until: Date): Promise<void> {
  // The lock of the pot is the lock of its lots, so what is read next stays so.
  await ctx.db
    .select({ version: pots.version })
    .from(pots)
    .where(and(eq(pots.accountId, seen.accountId), eq(pots.kind, seen.pot)))
    .for("no key update");
  const [lot] = await ctx.db
    .select()
    .from(lots)
    .where(and(mayRunOut, eq(lots.id, seen.id), lte(lots.expiresAt, until)));
  if (!lot?.expiresAt) return;
  await postTransfer({ ...ctx, now: lot.expiresAt }, expiryOf(lot, lot.expiresAt));
}

/** What was given back to a lot that had run out runs out once more, which is another cause. */
function expiryOf({ id, accountId: account, pot, kind, remaining }: Lot, expiresAt: Date): Posting {
  const cause = `lot:${id}:expired:${expiresAt.toISOString()}`;
  const taken = { account, pot, amount: -remaining, lots: [{ id, amount: remaining }] };
  if (pot === "credits")
    return {
      cause,
      kind: "credits.expired",
      recognises: "income_breakage",
      legs: [taken, { pot: "expired", amount: remaining }],
    };
  const to = kind === "paid" ? "income_breakage" : "cost_promotions";
  return { cause, kind: "wallet.expired", legs: [taken, { pot: to, amount: remaining }] };
}
