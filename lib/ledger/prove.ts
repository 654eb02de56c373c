import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/ctx";
import type { Id } from "@/lib/ids";

export type Proof = {
  /** Both sides of it come to nothing, and every balance it names is the one before with what it moved. */
  sumIsRight: boolean;
  /** Where it is in the chain; null in the second until it is put there. */
  link: { position: number; hash: string; before: string; isUnaltered: boolean } | null;
};

type Row = {
  sums: boolean;
  follows: boolean;
  position: number | null;
  hash: string;
  before: string;
  says_the_same: boolean;
  hash_fits: boolean;
  next_fits: boolean;
};

/** Recomputes what the books promise of one transfer, in the database and out of what stands there now. */
export async function proveTransfer({ db }: Pick<Ctx, "db">, id: Id<"transfer">): Promise<Proof> {
  const [row] = await db.execute<Row>(sql`
    with own as (
      select account_id, pot, pot_version, max(balance_after) as after,
        sum(case when right(pot, 5) = '_owed' then -amount else amount end) as moved
      from entries where transfer_id = ${id} and account_id is not null group by account_id, pot, pot_version)
    select
      not exists (select from entries where transfer_id = ${id} group by asset having sum(amount) <> 0) as sums,
      not exists (select from own where after <> moved + coalesce((
        select max(e.balance_after) from entries e
        where e.account_id = own.account_id and e.pot = own.pot and e.pot_version = own.pot_version - 1), 0)) as follows,
      l.position::float8 as position, l.hash, coalesce(before.hash, repeat('0', 64)) as before,
      l.digest = transfer_digest(t) as says_the_same,
      l.hash = encode(sha256(convert_to(coalesce(before.hash, repeat('0', 64)) || l.digest, 'UTF8')), 'hex') as hash_fits,
      coalesce(next.hash = encode(sha256(convert_to(l.hash || next.digest, 'UTF8')), 'hex'), true) as next_fits
    from transfers t left join links l on l.transfer_id = t.id
      left join links before on before.position = l.position - 1 left join links next on next.position = l.position + 1
    where t.id = ${id}`);
  if (!row) throw new Error(`${id} is not there to be proven`);
  const { sums, follows, position, hash, before } = row;
  const isUnaltered = row.says_the_same && row.hash_fits && row.next_fits;
  return { sumIsRight: sums && follows, link: position === null ? null : { position, hash, before, isUnaltered } };
}
