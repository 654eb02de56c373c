import { and, asc, desc, eq, gte, ilike, inArray, lt, notInArray, or, type SQL, sql } from "drizzle-orm";
import { type Ctx, hasScope, type MemberActor, requireScope } from "@/lib/ctx";
import { creditTotals, entries, lots, pots, transfers } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import { toDecimal, toWire } from "@/lib/money";
import { creditPackages } from "@/lib/plans/catalogue";
import { LOT_KINDS } from "@/lib/pots";
import {
  calculateCost,
  csvLine,
  kindOf,
  lowBalance,
  pricePerCredit,
  TRANSFER_KINDS,
  type TransactionKind,
} from "./rules";
import type {
  Balance,
  CalculateCost,
  Cost,
  ExportTransactions,
  ListTransactions,
  Packages,
  Transaction,
  TransactionPage,
} from "./schema";

const MOST_LOTS = 100;
const MOST_EXPORTED = 10_000;

/** What is for sale. */
export const listPackages = (): Packages => ({
  packages: creditPackages.map((one) => ({
    id: one.id,
    name: one.name,
    credits: one.credits,
    bonusCredits: one.bonusCredits,
    totalCredits: one.credits + one.bonusCredits,
    price: Number(toDecimal(one.price)),
    money: toWire(one.price),
    pricePerCredit: toWire(pricePerCredit(one)),
    bestValue: one.isBestValue,
  })),
});

/** How many credits an account may spend. */
export async function creditsOf({ db }: Pick<Ctx, "db">, accountId: Id<"account">): Promise<number> {
  const [pot] = await db
    .select({ balance: pots.balance })
    .from(pots)
    .where(and(eq(pots.accountId, accountId), eq(pots.kind, "credits")));
  return pot?.balance ?? 0;
}

/** What the caller's account has, what of it waits, and where it came from. */
export async function getBalance(ctx: Ctx<MemberActor>): Promise<Balance> {
  requireScope(ctx, "billing:read");
  const { accountId } = ctx.actor;
  const [inPots, [total], live] = await Promise.all([
    ctx.db
      .select({ kind: pots.kind, balance: pots.balance, frozenAt: pots.frozenAt })
      .from(pots)
      .where(and(eq(pots.accountId, accountId), inArray(pots.kind, ["credits", "credits_held", "credits_owed"]))),
    ctx.db.select({ bought: creditTotals.bought }).from(creditTotals).where(eq(creditTotals.accountId, accountId)),
    liveLots(ctx),
  ]);
  const of = (kind: string) => inPots.find((pot) => pot.kind === kind);
  const balance = of("credits")?.balance ?? 0;
  return {
    balance,
    held: of("credits_held")?.balance ?? 0,
    owed: of("credits_owed")?.balance ?? 0,
    frozen: Boolean(of("credits")?.frozenAt),
    low: balance < lowBalance,
    lifetimePurchased: total?.bought ?? 0,
    lots: live,
  };
}

/** In the order in which the ledger uses them up. */
const liveLots = ({ db, actor }: Ctx<MemberActor>): Promise<Balance["lots"]> =>
  db
    .select({
      id: lots.id,
      kind: lots.kind,
      amount: lots.amount,
      remaining: lots.remaining,
      since: lots.effectiveAt,
      expiresAt: lots.expiresAt,
      uses: lots.uses,
    })
    .from(lots)
    .where(and(eq(lots.accountId, actor.accountId), eq(lots.pot, "credits"), sql`${lots.remaining} > 0`))
    .orderBy(
      asc(lots.priority),
      sql`array_position(${sql.raw(`array['${LOT_KINDS.join("','")}']`)}, ${lots.kind})`,
      sql`${lots.expiresAt} nulls last`,
      asc(lots.effectiveAt),
      asc(lots.id),
    )
    .limit(MOST_LOTS);

/** What a video would cost, which anybody may know, and whether it can be paid, which only those who read billing may. */
export async function estimateCost(ctx: Ctx<MemberActor>, input: CalculateCost): Promise<Cost> {
  const cost = calculateCost(input);
  if (!hasScope(ctx, "billing:read")) return { ...cost, balance: null, affordable: null };
  const balance = await creditsOf(ctx, ctx.actor.accountId);
  return { ...cost, balance, affordable: cost.credits <= balance };
}

/** What came and went, newest first. */
export async function listTransactions(ctx: Ctx<MemberActor>, input: ListTransactions): Promise<TransactionPage> {
  requireScope(ctx, "billing:read");
  const { limit, cursor, ...filters } = input;
  const rows = await readTransactions(ctx, { filters, before: cursor, most: limit + 1 });
  const shown = rows.slice(0, limit);
  return {
    transactions: shown.map(asTransaction),
    nextCursor: rows.length > limit ? String(shown.at(-1)?.version) : null,
  };
}

/** The same as a file for spreadsheets, up to ten thousand lines. */
export async function exportTransactions(ctx: Ctx<MemberActor>, filters: ExportTransactions): Promise<string> {
  requireScope(ctx, "billing:read");
  const rows = await readTransactions(ctx, { filters, before: undefined, most: MOST_EXPORTED });
  const lines = rows
    .map(asTransaction)
    .map((one) => [one.at.toISOString(), one.kind, one.title, one.amount, one.balanceAfter, one.id]);
  return [["Date", "Kind", "Description", "Credits", "Balance", "Reference"], ...lines].map(csvLine).join("");
}

type Asked = { filters: ExportTransactions; before: string | undefined; most: number };

/** One line for each transfer, whatever number of lots it filled. */
function readTransactions({ db, actor }: Ctx<MemberActor>, { filters, before, most }: Asked) {
  const { kind, from, to, minAmount, maxAmount, text } = filters;
  const amount = sql<number>`sum(${entries.amount})::float8`;
  const words = text && `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  return db
    .select({
      id: transfers.id,
      at: transfers.effectiveAt,
      transferKind: transfers.kind,
      title: sql<string | null>`${transfers.detail} ->> 'title'`,
      amount,
      balanceAfter: sql<number>`max(${entries.balanceAfter})::float8`,
      version: sql<number>`max(${entries.potVersion})`,
    })
    .from(entries)
    .innerJoin(transfers, eq(transfers.id, entries.transferId))
    .where(
      and(
        eq(entries.accountId, actor.accountId),
        eq(entries.pot, "credits"),
        before === undefined ? undefined : lt(entries.potVersion, Number(before)),
        kind && ofKind(kind),
        from && gte(transfers.effectiveAt, from),
        to && lt(transfers.effectiveAt, to),
        words ? or(ilike(sql`${transfers.detail} ->> 'title'`, words), ilike(transfers.id, words)) : undefined,
      ),
    )
    .groupBy(transfers.id, entries.potVersion)
    .having(
      and(
        minAmount === undefined ? undefined : sql`abs(sum(${entries.amount})) >= ${minAmount}`,
        maxAmount === undefined ? undefined : sql`abs(sum(${entries.amount})) <= ${maxAmount}`,
      ),
    )
    .orderBy(desc(entries.potVersion))
    .limit(most);
}

const ofKind = (kind: TransactionKind): SQL =>
  kind === "usage"
    ? notInArray(transfers.kind, Object.values(TRANSFER_KINDS).flat())
    : inArray(transfers.kind, [...TRANSFER_KINDS[kind]]);

type Row = Awaited<ReturnType<typeof readTransactions>>[number];

const asTransaction = ({ transferKind, title, version: _, ...row }: Row): Transaction => ({
  ...row,
  kind: kindOf(transferKind),
  title: title ?? transferKind,
});
