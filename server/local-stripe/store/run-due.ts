import type { Sql, TransactionSql } from "postgres";
import { log } from "@/lib/log";
import { Space, type Surroundings } from "./space";

type DueRow = { account: string; root: string; kind: string; ref: string; at: string; clock: string | null };
export type Work = Record<string, (space: Space, ref: string) => Promise<unknown>>;
export type Conductor = Surroundings & { sql: Sql; work: Work };

/** The earliest instant at which something is due on the real clock, or null. */
export async function nextDue(sql: Sql): Promise<number | null> {
  const [row] = await sql`
    select least(
      (select min(at) from stripe_local.due where clock is null and problem is null),
      (select min(at) from stripe_local.deliveries where state = 'waiting')) as at`;
  return row?.at === null || row?.at === undefined ? null : Number(row.at);
}

/** Does everything due until an instant, in order of time, each at its own instant. Says how much it did. */
export async function runDue(conductor: Conductor, until: number, clock: string | null = null): Promise<number> {
  let done = 0;
  while (await runNext(conductor, until, clock)) done += 1;
  return done;
}

/** Work that fails is put aside with its reason, so that what comes after it is still done. */
async function runNext(conductor: Conductor, until: number, clock: string | null): Promise<boolean> {
  try {
    return await conductor.sql.begin((tx) => runOne(conductor, tx, until, clock));
  } catch (error) {
    if (!(error instanceof Stuck)) throw error;
    const { account, kind, ref } = error.row;
    log().error({ error: error.cause, kind, ref }, "due work of the local Stripe failed and was put aside");
    await conductor.sql`
      update stripe_local.due set problem = ${error.message} where account = ${account} and kind = ${kind} and ref = ${ref}`;
    return true;
  }
}

class Stuck extends Error {
  constructor(
    readonly row: DueRow,
    override readonly cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : "unknown");
  }
}

/**
 * At one instant a schedule goes first, because a renewal bills what the schedule has made of the subscription.
 * The row goes in the transaction that does its work, so a crash between the two is not possible.
 */
async function runOne(
  conductor: Conductor,
  sql: TransactionSql,
  until: number,
  clock: string | null,
): Promise<boolean> {
  const [first] = await sql<{ account: string }[]>`
    select account from stripe_local.due where at <= ${until} and clock is not distinct from ${clock} and problem is null order by at, (kind <> 'schedule_advances'), seq limit 1`;
  if (!first) return false;
  const root = await rootOf(sql, first.account);
  await sql`select pg_advisory_xact_lock(hashtextextended(${root}, 1))`;
  const [row] = await sql<DueRow[]>`
    delete from stripe_local.due where (account, kind, ref) = (
      select account, kind, ref from stripe_local.due
      where account = ${first.account} and at <= ${until} and clock is not distinct from ${clock} and problem is null order by at, (kind <> 'schedule_advances'), seq limit 1)
    returning account, kind, ref, at, clock`;
  if (!row) return true;
  const surroundings = { reactions: conductor.reactions, origin: conductor.origin };
  const space = new Space({
    ...surroundings,
    sql,
    account: row.account,
    root,
    now: Number(row.at),
    cause: { request: null, idempotencyKey: null },
  });
  space.clock = row.clock;
  const work = conductor.work[row.kind];
  if (!work) throw new Stuck(row, new Error(`Nothing knows how to do ${row.kind}`));
  try {
    await work(space, row.ref);
    await space.flush();
  } catch (error) {
    throw new Stuck(row, error);
  }
  return true;
}

/** The platform of a connected account, which holds the account object; any other account is its own. */
async function rootOf(sql: TransactionSql, account: string): Promise<string> {
  const [row] = await sql<
    { account: string }[]
  >`select account from stripe_local.objects where id = ${account} and kind = 'account' limit 1`;
  return row?.account ?? account;
}
