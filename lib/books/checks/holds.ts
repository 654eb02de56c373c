import { sql } from "drizzle-orm";
import { type Check, check } from "../check";

export const holdChecks: Check[] = [
  check(
    "held-is-what-is-open",
    "What is held in an account is what its open holds hold.",
    sql`select coalesce(p.account_id, h.account_id) || ' ' || coalesce(p.kind, h.pot || '_held') || ': has ' || coalesce(p.balance, 0) || ', its holds say ' || coalesce(h.amount, 0) as what
      from (select * from pots where kind in ('wallet_held', 'credits_held')) p
      full join (select account_id, pot, sum(amount) as amount from holds where state = 'open' group by account_id, pot) h
        on h.account_id = p.account_id and h.pot || '_held' = p.kind
      where coalesce(p.balance, 0) <> coalesce(h.amount, 0) order by 1`,
  ),
  check(
    "holds-settle-what-they-hold",
    "No hold is used beyond its amount, and what was not used went back when it was closed.",
    sql`select h.id || ': held ' || h.amount || ', used ' || h.settled || ', gave back ' || coalesce(back.amount, 0) as what
      from holds h left join (
        select transfer_id, returns_id, sum(amount) as amount from allocations where returns_id is not null group by transfer_id, returns_id) back
        on back.transfer_id = h.closed_by and back.returns_id = h.transfer_id
      where h.settled not between 0 and h.amount or (h.state = 'open') <> (h.closed_by is null)
        or h.state in ('released', 'expired') and h.settled <> 0
        or h.state <> 'open' and h.amount - h.settled <> coalesce(back.amount, 0)
      order by h.id`,
  ),
];
