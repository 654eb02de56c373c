import { and, eq, gt, inArray, lt, sql } from "drizzle-orm";
import type { Ctx, TxCtx } from "@/lib/ctx";
import { allocations, entries, lots, transfers, walletSettings } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import { micros } from "@/lib/money";
import { later } from "@/lib/time";
import { DAY_MS, type Spent, WEEK_MS } from "./rules";

export type SettingsRow = typeof walletSettings.$inferSelect;

/** Locks how the account's wallet is kept; the row is made where there is none. */
export async function lockSettings(ctx: TxCtx, accountId: Id<"account">): Promise<SettingsRow> {
  await ctx.db.insert(walletSettings).values({ accountId }).onConflictDoNothing();
  const row = await lockKept(ctx, accountId);
  if (!row) throw new Error("The wallet's settings were not written");
  return row;
}

/** The same for whoever only keeps to what is written there. Without a row nothing is. Locked before any pot. */
export async function lockKept({ db }: TxCtx, accountId: Id<"account">): Promise<SettingsRow | undefined> {
  const [row] = await db
    .select()
    .from(walletSettings)
    .where(eq(walletSettings.accountId, accountId))
    .for("no key update");
  return row;
}

export async function readSettings(
  { db }: Pick<Ctx, "db">,
  accountId: Id<"account">,
): Promise<SettingsRow | undefined> {
  const [row] = await db.select().from(walletSettings).where(eq(walletSettings.accountId, accountId));
  return row;
}

/**
 * What of an account's wallet went into what it bought. Holds count from when they are made. What came back is taken
 * off where what it came back from counts: otherwise yesterday's hold would make room in today's limit.
 */
export async function spentBy({ db, now }: Pick<Ctx, "db" | "now">, accountId: Id<"account">): Promise<Spent> {
  const week = later(now, -WEEK_MS);
  const within = and(ofWallet(accountId), lt(entries.amount, 0), gt(transfers.effectiveAt, week), isSpending);
  const spendings = db
    .select({ id: entries.transferId })
    .from(entries)
    .innerJoin(transfers, eq(transfers.id, entries.transferId))
    .where(within);
  const taken = db
    .select({ at: transfers.effectiveAt, amount: sql<string>`-${entries.amount}`.as("amount") })
    .from(entries)
    .innerJoin(transfers, eq(transfers.id, entries.transferId))
    .where(within);
  const returned = db
    .select({ at: transfers.effectiveAt, amount: sql<string>`-${allocations.amount}`.as("amount") })
    .from(allocations)
    .innerJoin(transfers, eq(transfers.id, allocations.returnsId))
    .innerJoin(lots, eq(lots.id, allocations.lotId))
    .where(and(inArray(allocations.returnsId, spendings), eq(lots.accountId, accountId), eq(lots.pot, "wallet")));
  const moves = taken.unionAll(returned).as("moves");
  const since = (at: Date) => sql<string>`coalesce(sum(${moves.amount}) filter (where ${gt(moves.at, at)}), 0)`;
  const [row] = await db.select({ day: since(later(now, -DAY_MS)), week: since(week) }).from(moves);
  return { day: micros(Number(row?.day ?? 0)), week: micros(Number(row?.week ?? 0)) };
}

const ofWallet = (accountId: Id<"account">) => and(eq(entries.accountId, accountId), eq(entries.pot, "wallet"));

/** The wallet's own affairs are called `wallet.…`: top-ups, refunds, disputes. Whatever else moves it is spending. */
export const isSpending = sql`${transfers.kind} not like 'wallet.%'`;
