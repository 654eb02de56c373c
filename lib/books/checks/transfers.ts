import { sql } from "drizzle-orm";
import { type Check, check } from "../check";

export const transferChecks: Check[] = [
  check(
    "transfers-balance",
    "The legs of every transfer sum to zero, for each asset.",
    sql`select transfer_id || ': its ' || asset || ' legs sum to ' || sum(amount) as what from entries
      group by transfer_id, asset having sum(amount) <> 0 order by transfer_id`,
  ),
  check(
    "transfers-have-legs",
    "Every transfer has legs, and every leg a transfer.",
    sql`select coalesce(t.id || ': has no legs', e.transfer_id || ' leg ' || e.leg || ': has no transfer') as what
      from transfers t full join entries e on e.transfer_id = t.id where t.id is null or e.transfer_id is null order by 1`,
  ),
  check(
    "entries-fit-their-pot",
    "Every leg lies in a pot of its own asset and owner, and cash moves in whole cents.",
    sql`select transfer_id || ' leg ' || leg || ': does not fit ' || pot as what from entries
      where not entry_fits(account_id, pot, asset, amount, balance_after, pot_version) or amount = 0 order by transfer_id, leg`,
  ),
  check(
    "transfers-say-who",
    "Every transfer says who made it, why, and in which request.",
    sql`select t.id || ': by ' || t.actor_kind || ' "' || t.actor_id || '" in "' || t.request_id || '"' as what from transfers t
      where t.actor_id = '' or t.request_id = '' or t.kind = '' or t.cause = ''
        or t.actor_kind = 'user' and not exists (select from users where users.id = t.actor_id)
        or t.actor_kind = 'key' and not exists (select from keys where keys.id = t.actor_id)
      order by t.id`,
  ),
  check(
    "nothing-is-returned-twice",
    "No transfer gives back more than was taken, and none is undone twice.",
    sql`select coalesce(taken.transfer_id, given.returns_id) || ': of ' || coalesce(taken.lot_id, given.lot_id) || ' it took ' ||
        coalesce(taken.amount, 0) || ' and got back ' || given.amount as what
      from (select returns_id, lot_id, sum(amount) as amount from allocations where returns_id is not null group by returns_id, lot_id) given
      left join (select transfer_id, lot_id, -sum(amount) as amount from allocations where returns_id is null group by transfer_id, lot_id) taken
        on taken.transfer_id = given.returns_id and taken.lot_id = given.lot_id
      where given.amount > coalesce(taken.amount, 0)
      union all
      select reverses_id || ': undone ' || count(*) || ' times' from transfers where reverses_id is not null group by reverses_id having count(*) > 1
      order by 1`,
  ),
];
