import { asc, count, desc, eq, inArray, sql } from "drizzle-orm";
import { type Ctx, requireStaff } from "@/lib/ctx";
import { accounts, audit, booksRuns, keys, links, pots, transfers, users } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import { type Id, isId } from "@/lib/ids";
import {
  balancesAsOf,
  listBalances,
  listHistory,
  listHouseHistory,
  listLots,
  listOpenHolds,
  listTransfersOf,
} from "@/lib/ledger/queries";
import { getTransfer } from "@/lib/ledger/whole-transfer";
import type { AccountPot, HousePot } from "@/lib/pots";
import { PAGE } from "./rules";

/** The last check of the books, how long the chain is, and what its end says. */
export async function getBooks(ctx: Ctx) {
  requireStaff(ctx);
  const [[run], [head], [all]] = await Promise.all([
    ctx.db.select().from(booksRuns).orderBy(desc(booksRuns.startedAt)).limit(1),
    ctx.db.select().from(links).orderBy(desc(links.position)).limit(1),
    ctx.db.select({ transfers: count() }).from(transfers),
  ]);
  return { run: run ?? null, head: head ?? null, transfers: all?.transfers ?? 0 };
}

/** What lies in every kind of pot together, now or at an instant of business time. */
export async function trialBalance(ctx: Ctx, { at }: { at?: Date }) {
  requireStaff(ctx);
  const until =
    at && sql`join transfers t on t.id = e.transfer_id where t.effective_at <= ${at.toISOString()}::timestamptz`;
  const rows = await ctx.db.execute<{ pot: AccountPot | HousePot; amount: string }>(sql`
    select e.pot, sum(e.amount)::text as amount from entries e ${until ?? sql``} group by e.pot`);
  return rows.map(({ pot, amount }) => ({ pot, amount: Number(amount) }));
}

/** One transfer whole, with names where there are ids, and what else its request did. */
export async function readTransfer(ctx: Ctx, id: Id<"transfer">) {
  requireStaff(ctx);
  const whole = await getTransfer(ctx, id);
  const { requestId, actorId } = whole.transfer;
  const owners = whole.entries.flatMap(({ accountId }) => (accountId ? [accountId] : []));
  const [names, [user], [key], did] = await Promise.all([
    owners.length === 0
      ? []
      : ctx.db.select({ id: accounts.id, name: accounts.name }).from(accounts).where(inArray(accounts.id, owners)),
    ctx.db.select({ name: users.name }).from(users).where(sql`${users.id} = ${actorId}`),
    ctx.db.select({ name: keys.name }).from(keys).where(sql`${keys.id} = ${actorId}`),
    ctx.db.select().from(audit).where(eq(audit.requestId, requestId)).orderBy(asc(audit.id)).limit(PAGE),
  ]);
  return {
    ...whole,
    accountNames: Object.fromEntries(names.map(({ id, name }) => [id, name])) as Record<string, string>, // as selected
    actorName: user?.name ?? key?.name ?? actorId,
    audit: did,
  };
}

/** What an account has, now or at an instant, and what is held of it. */
export async function readAccount(ctx: Ctx, { account, at }: { account: Id<"account">; at?: Date }) {
  requireStaff(ctx);
  const [found] = await ctx.db.select({ name: accounts.name }).from(accounts).where(eq(accounts.id, account));
  if (!found) throw notFound("Account");
  const [balances, holds] = await Promise.all([
    at ? balancesAsOf(ctx, { account, at }) : listBalances(ctx, account),
    listOpenHolds(ctx, { account, limit: PAGE }),
  ]);
  return { name: found.name, balances: balances.map(({ pot, balance }) => ({ pot, balance })), holds };
}

export async function readAccountPot(ctx: Ctx, asked: { account: Id<"account">; pot: AccountPot; before?: number }) {
  requireStaff(ctx);
  const [[owner], [pot], history, lots] = await Promise.all([
    ctx.db.select({ name: accounts.name }).from(accounts).where(eq(accounts.id, asked.account)),
    ctx.db.select().from(pots).where(sql`${pots.accountId} = ${asked.account} and ${pots.kind} = ${asked.pot}`),
    listHistory(ctx, { ...asked, limit: PAGE + 1 }),
    listLots(ctx, { account: asked.account, pot: asked.pot, limit: PAGE }),
  ]);
  if (!owner || !pot) throw notFound("Pot");
  return { name: owner.name, pot, lots, history: history.slice(0, PAGE), hasMore: history.length > PAGE };
}

export async function readHousePot(ctx: Ctx, asked: { pot: HousePot; before?: Id<"transfer"> }) {
  requireStaff(ctx);
  const history = await listHouseHistory(ctx, { ...asked, limit: PAGE + 1 });
  return { history: history.slice(0, PAGE), hasMore: history.length > PAGE };
}

/** Whose pots of a kind hold the most. */
export async function listHolders(ctx: Ctx, pot: AccountPot) {
  requireStaff(ctx);
  return ctx.db
    .select({ account: pots.accountId, name: accounts.name, balance: pots.balance, frozenAt: pots.frozenAt })
    .from(pots)
    .innerJoin(accounts, eq(accounts.id, pots.accountId))
    .where(eq(pots.kind, pot))
    .orderBy(desc(pots.balance), asc(pots.accountId))
    .limit(PAGE);
}

/** What somebody means who types a cause, a request, a transfer, an account, or an address. */
export async function findInBooks(ctx: Ctx, words: string) {
  requireStaff(ctx);
  if (isId("transfer", words)) return { transfer: words };
  if (isId("account", words)) return { account: words };
  if (isId("req", words)) return { transfers: await listTransfersOf(ctx, { requestId: words }, PAGE) };
  return { transfers: words === "" ? [] : await listTransfersOf(ctx, { cause: words }, PAGE) };
}
