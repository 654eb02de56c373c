import { and, desc, eq, gte, ilike, inArray, like, lt, ne, or, type SQL, sql } from "drizzle-orm";
import { type Ctx, type MemberActor, requireScope } from "@/lib/ctx";
import { accounts, entries, holds, memberships, payments, pots, transfers } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import { type Id, isId } from "@/lib/ids";
import { type Micros, micros, toDecimal, toWire } from "@/lib/money";
import { isSpending, readSettings, type SettingsRow, spentBy } from "./internal";
import { type Limits, limitsAt, runwayDays, type Spent } from "./rules";
import type { FindBalance, ListMovements, Movement, MovementKind, MovementPage, Wallet, WalletBalance } from "./schema";

const MOST_HOLDS = 50;
const NOTHING = micros(0);

/** What is in a wallet. One's own, or anybody's where staff asks. */
export async function getBalance(ctx: Ctx<MemberActor>, { userId }: FindBalance): Promise<WalletBalance> {
  requireScope(ctx, "billing:read");
  return balanceOf(ctx, await accountMeant(ctx, userId));
}

/** Somebody else's and nobody's are the same answer. */
async function accountMeant(ctx: Ctx<MemberActor>, asked: FindBalance["userId"]): Promise<Id<"account">> {
  const { actor } = ctx;
  const own = asked === "me" || asked === actor.accountId || (actor.kind === "user" && asked === actor.userId);
  if (own) return actor.accountId;
  if (actor.kind !== "user" || !actor.isStaff) throw notFound("User");
  if (isId("account", asked)) return existing(ctx, asked);
  const [found] = await ctx.db
    .select({ accountId: memberships.accountId })
    .from(memberships)
    .where(and(sql`${memberships.userId} = ${asked}`, eq(memberships.role, "owner")))
    .orderBy(memberships.joinedAt)
    .limit(1);
  if (!found) throw notFound("User");
  return found.accountId;
}

async function existing({ db }: Pick<Ctx, "db">, accountId: Id<"account">): Promise<Id<"account">> {
  if ((await db.$count(accounts, eq(accounts.id, accountId))) === 0) throw notFound("User");
  return accountId;
}

async function balanceOf({ db }: Pick<Ctx, "db">, accountId: Id<"account">): Promise<WalletBalance> {
  const found = await db
    .select({ kind: pots.kind, balance: pots.balance, frozenAt: pots.frozenAt })
    .from(pots)
    .where(and(eq(pots.accountId, accountId), inArray(pots.kind, ["wallet", "wallet_held", "wallet_owed"])));
  const pot = (kind: string) => found.find((one) => one.kind === kind);
  const amountOf = (kind: string): Micros => micros(pot(kind)?.balance ?? 0);
  return {
    accountId,
    balance: Number(toDecimal(amountOf("wallet"))),
    currency: "usd",
    money: toWire(amountOf("wallet")),
    held: toWire(amountOf("wallet_held")),
    owed: toWire(amountOf("wallet_owed")),
    frozen: Boolean(pot("wallet")?.frozenAt),
  };
}

/** The caller's wallet with all that is said of it on its page. */
export async function getWallet(ctx: Ctx<MemberActor>): Promise<Wallet> {
  requireScope(ctx, "billing:read");
  const { accountId } = ctx.actor;
  const [balance, kept, spent, filled, open] = await Promise.all([
    balanceOf(ctx, accountId),
    readSettings(ctx, accountId),
    spentBy(ctx, accountId),
    filledThisMonth(ctx, accountId),
    openHolds(ctx, accountId),
  ]);
  return {
    ...balance,
    runwayDays: runwayDays(micros(balance.money.micros), spent.week),
    holds: open,
    autoTopUp: autoTopUpOf(kept, filled),
    limits: limitsOf(kept, spent, ctx.now),
    coolOffUntil: kept?.coolOffUntil && kept.coolOffUntil > ctx.now ? kept.coolOffUntil : null,
  };
}

function autoTopUpOf(kept: SettingsRow | undefined, filled: Micros): Wallet["autoTopUp"] {
  const { autoThreshold, autoAmount, autoMonthlyCap } = kept ?? {};
  if (!kept || !autoThreshold || !autoAmount || !autoMonthlyCap) return null;
  return {
    threshold: toWire(autoThreshold),
    amount: toWire(autoAmount),
    monthlyCap: toWire(autoMonthlyCap),
    usedThisMonth: toWire(filled),
    paused: kept.autoPaused,
    trouble: kept.autoTrouble,
  };
}

function limitsOf(kept: SettingsRow | undefined, spent: Spent, now: Date): Wallet["limits"] {
  const today: Limits = kept ? limitsAt(kept, now) : { daily: null, weekly: null };
  const wait = kept?.limitsChangeAt && kept.limitsChangeAt > now ? kept.limitsChangeAt : null;
  return {
    daily: orNone(today.daily),
    weekly: orNone(today.weekly),
    spentToday: toWire(spent.day),
    spentThisWeek: toWire(spent.week),
    next: wait && {
      daily: orNone(kept?.nextDailyLimit),
      weekly: orNone(kept?.nextWeeklyLimit),
      at: wait,
    },
  };
}

const orNone = (amount: Micros | null | undefined) => (amount === null || amount === undefined ? null : toWire(amount));

/** What automatic top-ups took, or are about to take, in the calendar month. */
export async function filledThisMonth({ db, now }: Pick<Ctx, "db" | "now">, accountId: Id<"account">): Promise<Micros> {
  const [row] = await db
    .select({ sum: sql<string>`coalesce(sum(${payments.price}), 0)` })
    .from(payments)
    .where(
      and(
        eq(payments.accountId, accountId),
        payments.isAutomatic,
        sql`${payments.state} not in ('canceled', 'refused')`,
        gte(payments.createdAt, new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1))),
      ),
    );
  return micros(Number(row?.sum ?? NOTHING));
}

async function openHolds({ db }: Pick<Ctx, "db">, accountId: Id<"account">): Promise<Wallet["holds"]> {
  const rows = await db
    .select()
    .from(holds)
    .where(and(eq(holds.accountId, accountId), eq(holds.pot, "wallet"), eq(holds.state, "open")))
    .orderBy(holds.id)
    .limit(MOST_HOLDS);
  return rows.map(({ id, purpose, purposeId, amount, expiresAt }) => ({
    ...{ id, purpose, purposeId, expiresAt },
    money: toWire(micros(amount)),
  }));
}

/** What came into the caller's wallet and what went out of it, newest first. */
export async function listMovements(ctx: Ctx<MemberActor>, input: ListMovements): Promise<MovementPage> {
  requireScope(ctx, "billing:read");
  const { limit } = input;
  const rows = await readMovements(ctx, input);
  const shown = rows.slice(0, limit);
  return {
    transactions: shown.map(asMovement),
    nextCursor: rows.length > limit ? String(shown.at(-1)?.version) : null,
  };
}

function readMovements({ db, actor }: Ctx<MemberActor>, { limit, cursor, kind, from, to, text }: ListMovements) {
  const words = text && `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  return db
    .select({
      id: transfers.id,
      at: transfers.effectiveAt,
      transferKind: transfers.kind,
      title: sql<string | null>`${transfers.detail} ->> 'title'`,
      paymentId: sql<Id<"payment"> | null>`${transfers.detail} ->> 'payment'`,
      amount: sql<string>`sum(${entries.amount})`,
      balanceAfter: sql<string>`max(${entries.balanceAfter})`,
      version: entries.potVersion,
    })
    .from(entries)
    .innerJoin(transfers, eq(transfers.id, entries.transferId))
    .where(
      and(
        eq(entries.accountId, actor.accountId),
        eq(entries.pot, "wallet"),
        cursor === undefined ? undefined : lt(entries.potVersion, Number(cursor)),
        kind && KINDS[kind],
        from && gte(transfers.effectiveAt, from),
        to && lt(transfers.effectiveAt, to),
        words ? or(ilike(sql`${transfers.detail} ->> 'title'`, words), ilike(transfers.id, words)) : undefined,
      ),
    )
    .groupBy(transfers.id, entries.potVersion)
    .orderBy(desc(entries.potVersion))
    .limit(limit + 1);
}

const KINDS: Record<MovementKind, SQL | undefined> = {
  top_up: eq(transfers.kind, "wallet.topped_up"),
  refund: like(transfers.kind, "wallet.refund%"),
  dispute: and(
    like(transfers.kind, "wallet.%"),
    ne(transfers.kind, "wallet.topped_up"),
    sql`${transfers.kind} not like 'wallet.refund%'`,
  ),
  spending: isSpending,
};

function kindOf(transferKind: string): MovementKind {
  if (!transferKind.startsWith("wallet.")) return "spending";
  if (transferKind === "wallet.topped_up") return "top_up";
  return transferKind.startsWith("wallet.refund") ? "refund" : "dispute";
}

type Row = Awaited<ReturnType<typeof readMovements>>[number];

const asMovement = ({ id, at, transferKind, title, paymentId, amount, balanceAfter }: Row): Movement => ({
  ...{ id, at, paymentId },
  kind: kindOf(transferKind),
  title: title ?? transferKind,
  amount: Number(toDecimal(micros(Number(amount)))),
  money: toWire(micros(Number(amount))),
  balanceAfter: toWire(micros(Number(balanceAfter))),
});
