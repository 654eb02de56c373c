import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/ctx";
import { type Check, check, type Found } from "../check";

/** So many links are looked at in one statement. */
const BATCH = 5_000;

export const chainChecks: Check[] = [
  check(
    "chain-is-whole",
    "The chain has every position once, and holds every transfer that was booked.",
    sql`select what from (
        select position, 'link ' || position || ': follows ' || coalesce(lag(position) over (order by position), 0) as what,
          position - coalesce(lag(position) over (order by position), 0) as step from links) steps
      where step <> 1
      union all
      select what from (
        select t.id || ': is in no chain' as what from transfers t left join links l on l.transfer_id = t.id
        where l.transfer_id is null and t.booked_at < clock_timestamp() - interval '10 minutes' order by t.id) loose
      union all
      select 'link ' || position || ': its transfer ' || l.transfer_id || ' is gone' from links l left join transfers t on t.id = l.transfer_id where t.id is null`,
  ),
  {
    name: "chain-is-unaltered",
    says: "Every transfer still says what it said when it was put into the chain, and every hash covers all that came before.",
    find: findAltered,
  },
];

/** From the first link to the last, some at a time, so that no statement runs for minutes. */
async function findAltered(ctx: Pick<Ctx, "db">): Promise<Found> {
  const found: Found = { violations: 0, first: null };
  for (let from = 0, seen = BATCH; seen > 0; from += BATCH) {
    const batch = await lookFrom(ctx, from);
    seen = batch.seen;
    found.violations += batch.violations;
    found.first ??= batch.first;
  }
  return found;
}

async function lookFrom({ db }: Pick<Ctx, "db">, from: number): Promise<Found & { seen: number }> {
  const [row] = await db.execute<Found & { seen: number }>(sql`
    with batch as (
      select l.position, l.transfer_id, l.digest, l.hash, coalesce(before.hash, repeat('0', 64)) as hash_before, transfer_digest(t) as digest_now
      from links l join transfers t on t.id = l.transfer_id left join links before on before.position = l.position - 1
      where l.position > ${from} and l.position <= ${from + BATCH}),
    altered as (
      select position, case when digest <> digest_now then transfer_id || ': says something else than when link ' || position || ' was made'
        else 'link ' || position || ': its hash does not follow' end as what
      from batch where digest <> digest_now or hash <> encode(sha256(convert_to(hash_before || digest, 'UTF8')), 'hex'))
    select (select count(*) from links where position > ${from})::integer as seen,
      (select count(*) from altered)::integer as violations, (select what from altered order by position limit 1) as first`);
  if (!row) throw new Error("The chain says nothing");
  return row;
}
