import { sql } from "drizzle-orm";
import { type Check, check } from "../check";

/** What is owed counts up where an entry takes away. */
const inPot = sql`case when e.pot like '%\\_owed' then -e.amount else e.amount end`;

export const potChecks: Check[] = [
  check(
    "balances-are-sums",
    "The balance of every pot is the sum of its entries.",
    sql`select coalesce(p.account_id, s.account_id) || ' ' || coalesce(p.kind, s.pot) || ': has ' || coalesce(p.balance, 0) ||
        ', its entries say ' || coalesce(s.amount, 0) as what
      from pots p full join (select e.account_id, e.pot, sum(${inPot}) as amount from entries e where e.account_id is not null group by e.account_id, e.pot) s
        on s.account_id = p.account_id and s.pot = p.kind
      where coalesce(p.balance, 0) <> coalesce(s.amount, 0) order by 1`,
  ),
  check(
    "balances-follow",
    "Every balance that was written down follows from the one before, with none left out, up to the one there is.",
    sql`select s.account_id || ' ' || s.pot || ' version ' || s.version || ': says ' || s.after || ' where ' || coalesce(s.before, 0) + s.amount || ' follows' as what
      from (
        select moves.*, lag(after) over w as before, lag(version) over w as version_before, lead(version) over w is null as is_last from (
          select e.account_id, e.pot, e.pot_version as version, max(e.balance_after) as after, sum(${inPot}) as amount
          from entries e where e.account_id is not null group by e.account_id, e.pot, e.pot_version) moves
        window w as (partition by account_id, pot order by version)) s
      left join pots p on p.account_id = s.account_id and p.kind = s.pot
      where s.after <> coalesce(s.before, 0) + s.amount or s.version <> coalesce(s.version_before, 0) + 1
        or s.is_last and (p.balance <> s.after or p.version <> s.version)
      order by s.account_id, s.pot, s.version`,
  ),
  check(
    "no-pot-below-zero",
    "No pot holds less than nothing.",
    sql`select account_id || ' ' || kind || ': holds ' || balance as what from pots where balance < 0 order by 1`,
  ),
  check(
    "unearned-is-deferred",
    "What was paid for credits is deferred as long as they are there, and earned by what is gone of them.",
    sql`select coalesce(l.account_id, d.account_id) || ': ' || coalesce(d.amount, 0) || ' is deferred, ' || coalesce(l.unearned, 0) || ' is unearned' as what
      from (select account_id, sum(price - price_of_gone(lots, gone)) as unearned from lots where pot = 'credits' group by account_id) l
      full join (
        select owner.account_id, sum(e.amount) as amount from entries e
        join (select distinct transfer_id, account_id from entries where pot in ('credits', 'credits_held', 'credits_owed')) owner using (transfer_id)
        where e.pot = 'deferred' group by owner.account_id) d on d.account_id = l.account_id
      where coalesce(l.unearned, 0) <> coalesce(d.amount, 0) order by 1`,
  ),
];
