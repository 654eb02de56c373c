import { and, eq, inArray, sql } from "drizzle-orm";
import type { TxCtx } from "@/lib/ctx";
import { disputes, lots, pots } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import { freezePots, thawPots } from "@/lib/ledger/freeze";
import { postTransfer } from "@/lib/ledger/post";
import { announceChange } from "@/lib/outbox/announce";

const SPENT_FROM = ["credits", "wallet"] as const;
type Spent = (typeof SPENT_FROM)[number];

/**
 * Decides whether an account may spend. While a bank disputes anything it may not, and what it owes stands still, so
 * that a dispute which is won goes back exactly. After that it pays what it owes out of what it has, and may spend
 * again once it owes nothing. `because` is part of the cause: what it pays, it pays once for it.
 */
export async function updateSpending(ctx: TxCtx, accountId: Id<"account">, because: string): Promise<void> {
  if (await isDisputed(ctx, accountId)) return freezePots(ctx, { accountId, kinds: SPENT_FROM });
  let owed = 0;
  for (const pot of SPENT_FROM) owed += await collect(ctx, { accountId, pot, cause: `${because}:collected:${pot}` });
  if (owed === 0) await thawPots(ctx, { accountId, kinds: SPENT_FROM });
}

async function isDisputed({ db }: TxCtx, accountId: Id<"account">): Promise<boolean> {
  const [open] = await db
    .select({ id: disputes.id })
    .from(disputes)
    .where(and(eq(disputes.accountId, accountId), eq(disputes.state, "open")))
    .limit(1);
  return open !== undefined;
}

type Collection = { accountId: Id<"account">; pot: Spent; cause: string };

/** Pays what is owed out of what is there, and answers what is still owed. */
async function collect(ctx: TxCtx, { accountId, pot, cause }: Collection): Promise<number> {
  const { balance, owed } = await lockBalances(ctx, accountId, pot);
  const amount = Math.min(balance, owed);
  if (amount === 0) return owed;
  await postTransfer(ctx, {
    cause,
    kind: `${pot}.collected`,
    legs: [
      { account: accountId, pot, amount: -amount, lots: await everyLot(ctx, accountId, pot) },
      { account: accountId, pot: `${pot}_owed`, amount },
    ],
    recognises: "cost_disputes",
    detail: { title: "Paid what was owed after a dispute" },
  });
  await announceChange(ctx, accountId, pot);
  return owed - amount;
}

async function lockBalances(
  { db }: TxCtx,
  accountId: Id<"account">,
  pot: Spent,
): Promise<{ balance: number; owed: number }> {
  const rows = await db
    .select({ kind: pots.kind, balance: pots.balance })
    .from(pots)
    .where(and(eq(pots.accountId, accountId), inArray(pots.kind, [pot, `${pot}_owed`])))
    .orderBy(pots.kind)
    .for("update");
  const of = (kind: string) => rows.find((row) => row.kind === kind)?.balance ?? 0;
  return { balance: of(pot), owed: of(`${pot}_owed`) };
}

/** A debt is paid with whatever there is, even with what may only be spent on one thing. */
const everyLot = ({ db }: TxCtx, accountId: Id<"account">, pot: Spent) =>
  db
    .select({ id: lots.id, amount: lots.remaining })
    .from(lots)
    .where(and(eq(lots.accountId, accountId), eq(lots.pot, pot), sql`${lots.remaining} > 0`));
