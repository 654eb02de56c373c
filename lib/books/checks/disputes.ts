import { sql } from "drizzle-orm";
import { type Check, check } from "../check";

export const disputeChecks: Check[] = [
  check(
    "disputes-are-booked",
    "Every dispute that took money has the transfer that booked it, with what it left owed, and one more once it has ended.",
    sql`select d.id || ': ' || d.state || ' over ' || d.amount || ', owed ' || d.owed || ', booked ' || coalesce(-money.amount, 0) || ', owed ' || coalesce(-debt.amount, 0) as what
      from disputes d join payments p on p.id = d.payment_id
      left join transfers o on o.id = d.opened_by and o.cause = 'dispute:' || d.id || ':opened'
      left join transfers c on c.id = d.closed_by and c.cause = 'dispute:' || d.id || ':' || d.state
      left join entries money on money.transfer_id = o.id and money.pot = 'disputed'
      left join entries debt on debt.transfer_id = o.id and debt.pot = p.purpose || '_owed'
      left join (
        select t.detail ->> 'dispute' as id, sum(e.amount) as amount from transfers t join entries e on e.transfer_id = t.id
        where t.kind in ('credits.reinstated', 'wallet.reinstated') and e.pot in ('credits_owed', 'wallet_owed') group by 1) struck on struck.id = d.id
      where (d.state in ('open', 'won', 'lost')) <> (o.id is not null) or (d.state in ('won', 'lost')) <> (c.id is not null)
        or o.id is not null and money.amount is distinct from -d.amount
        or d.owed <> case when d.state in ('open', 'lost') then coalesce(-debt.amount, 0) - coalesce(struck.amount, 0) else 0 end
      order by d.id`,
  ),
  check(
    "disputed-is-what-banks-hold",
    "The money that banks hold is that of the disputes which are open.",
    sql`select 'disputed: banks hold ' || held.amount || ', open disputes say ' || open.amount as what
      from (select coalesce(-sum(amount), 0) as amount from entries where pot = 'disputed') held,
        (select coalesce(sum(amount), 0) as amount from disputes where state = 'open') open
      where held.amount <> open.amount`,
  ),
  check(
    "debts-come-from-disputes",
    "What an account owes is what its disputes left owed, less what was collected since and not given back.",
    sql`select d.account_id || ' ' || d.pot || ': owes ' || coalesce(p.balance, 0) || ', its disputes say ' || d.amount as what
      from (
        select account_id, pot, sum(amount) as amount from (
          select d.account_id, p.purpose || '_owed' as pot, d.owed as amount from disputes d join payments p on p.id = d.payment_id
          union all
          select e.account_id, e.pot, -e.amount from entries e join transfers t on t.id = e.transfer_id
          where t.kind in ('credits.collected', 'wallet.collected', 'credits.uncollected', 'wallet.uncollected') and e.pot in ('credits_owed', 'wallet_owed')) said
        group by account_id, pot) d
      left join pots p on p.account_id = d.account_id and p.kind = d.pot
      where coalesce(p.balance, 0) <> d.amount order by 1`,
  ),
  check(
    "disputes-stop-spending",
    "An account with a dispute that is open, or with a debt, may not spend.",
    sql`select p.account_id || ' ' || p.kind || ': is not frozen' as what from pots p
      where p.kind in ('credits', 'wallet') and p.frozen_at is null and (
        exists (select from disputes d where d.account_id = p.account_id and d.state = 'open')
        or exists (select from pots owed where owed.account_id = p.account_id and owed.kind in ('credits_owed', 'wallet_owed') and owed.balance > 0
          and exists (select from disputes d where d.account_id = p.account_id)))
      order by 1`,
  ),
];
