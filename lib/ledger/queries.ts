import { and, asc, desc, eq, lt, lte, or, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/ctx";
import { entries, holds, lots, pots, transfers } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import { type AccountPot, accountPots, type HousePot } from "@/lib/pots";

type Reads = Pick<Ctx, "db">;
type OwnPot = { account: Id<"account">; pot: AccountPot };

/** What lies in the pots of an account, in the order in which the pots are named. */
export async function listBalances({ db }: Reads, account: Id<"account">) {
  const rows = await db
    .select({ pot: pots.kind, balance: pots.balance, version: pots.version, frozenAt: pots.frozenAt })
    .from(pots)
    .where(eq(pots.accountId, account));
  return rows.sort((a, b) => accountPots.indexOf(a.pot) - accountPots.indexOf(b.pot));
}

/** What is set aside and what for, the next to end first. */
export const listOpenHolds = ({ db }: Reads, { account, limit }: { account: Id<"account">; limit: number }) =>
  db
    .select()
    .from(holds)
    .where(and(eq(holds.accountId, account), eq(holds.state, "open")))
    .orderBy(asc(holds.expiresAt))
    .limit(limit);

/** The lots that are left in a pot, in the order in which they are used up. */
export const listLots = ({ db }: Reads, { account, pot, limit }: OwnPot & { limit: number }) =>
  db
    .select()
    .from(lots)
    .where(and(eq(lots.accountId, account), eq(lots.pot, pot), lots.live))
    .orderBy(
      asc(lots.priority),
      sql`array_position(ARRAY['promotional', 'bonus', 'paid'], ${lots.kind})`,
      asc(lots.expiresAt),
      asc(lots.effectiveAt),
      asc(lots.id),
    )
    .limit(limit);

const whole = (value: unknown): number => {
  const read = Number(value);
  if (!Number.isSafeInteger(read)) throw new RangeError(`${value} cannot be shown exactly`);
  return read;
};

const moved = sql`sum(${entries.amount})::bigint`.mapWith(whole);
const told = {
  transferId: transfers.id,
  kind: transfers.kind,
  cause: transfers.cause,
  detail: transfers.detail,
  reversesId: transfers.reversesId,
  effectiveAt: transfers.effectiveAt,
};

/** What moved in and out of a pot, the newest first. The version of the last row is where the next page begins. */
export const listHistory = (
  { db }: Reads,
  { account, pot, before, limit }: OwnPot & { before?: number; limit: number },
) =>
  db
    .select({ ...told, amount: moved, balanceAfter: entries.balanceAfter, version: entries.potVersion })
    .from(entries)
    .innerJoin(transfers, eq(transfers.id, entries.transferId))
    .where(
      and(
        eq(entries.accountId, account),
        eq(entries.pot, pot),
        before === undefined ? undefined : lt(entries.potVersion, before),
      ),
    )
    .groupBy(transfers.id, entries.balanceAfter, entries.potVersion)
    .orderBy(desc(entries.potVersion))
    .limit(limit);

/** The same for a pot of the house, which has no balance to go by: by the transfer. */
export const listHouseHistory = (
  { db }: Reads,
  { pot, before, limit }: { pot: HousePot; before?: Id<"transfer">; limit: number },
) =>
  db
    .select({ ...told, amount: moved })
    .from(entries)
    .innerJoin(transfers, eq(transfers.id, entries.transferId))
    .where(and(eq(entries.pot, pot), before === undefined ? undefined : lt(entries.transferId, before)))
    .groupBy(entries.transferId, transfers.id)
    .orderBy(desc(entries.transferId))
    .limit(limit);

/** What lay in the pots of an account at an instant of business time. What is owed counts up, as it does today. */
export async function balancesAsOf({ db }: Reads, { account, at }: { account: Id<"account">; at: Date }) {
  const rows = await db
    .select({ pot: entries.pot, amount: moved })
    .from(entries)
    .innerJoin(transfers, eq(transfers.id, entries.transferId))
    .where(and(eq(entries.accountId, account), lte(transfers.effectiveAt, at)))
    .groupBy(entries.pot)
    .orderBy(entries.pot);
  return rows.map(({ pot, amount }) => ({ pot, balance: pot.endsWith("_owed") ? 0 - amount : amount }));
}

type Asked = { cause: string } | { requestId: string };

/** Everything that one cause brought about, such as a payment with its refunds, or that one request did. */
export const listTransfersOf = ({ db }: Reads, asked: Asked, limit: number) =>
  db
    .select({ ...told, bookedAt: transfers.bookedAt, requestId: transfers.requestId })
    .from(transfers)
    .where(
      "cause" in asked
        ? or(eq(transfers.cause, asked.cause), sql`starts_with(${transfers.cause}, ${`${asked.cause}:`})`)
        : eq(transfers.requestId, asked.requestId),
    )
    .orderBy(asc(transfers.bookedAt), asc(transfers.id))
    .limit(limit);
