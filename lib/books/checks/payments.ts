import { sql } from "drizzle-orm";
import { type Check, check } from "../check";

export const paymentChecks: Check[] = [
  check(
    "payments-are-granted-once",
    "Every payment that was made has just one transfer that granted it, and no other payment has one.",
    sql`select p.id || ': ' || p.state || ', granted by ' || coalesce(string_agg(t.id, ' and ' order by t.id), 'nothing') as what
      from payments p left join transfers t on t.kind in ('credits.bought', 'wallet.topped_up') and t.detail ->> 'payment' = p.id
      group by p.id
      having (p.state = 'succeeded') <> (p.transfer_id is not null)
        or coalesce(array_agg(t.id order by t.id) filter (where t.id is not null), '{}') <> array_remove(array[p.transfer_id], null)
      order by p.id`,
  ),
  check(
    "nothing-is-granted-unpaid",
    "What a payment granted is what was bought with it, and nothing was granted for one that was not made.",
    sql`select t.id || ': brought ' || coalesce(l.paid, 0) || ' and ' || coalesce(l.bonus, 0) || ', ' ||
        coalesce(p.id || ' paid for ' || case p.purpose when 'credits' then p.credits else p.price end || ' and ' || p.bonus_credits, 'and no payment paid for it') as what
      from transfers t left join payments p on p.transfer_id = t.id and p.state = 'succeeded'
      left join (
        select transfer_id, account_id, pot, sum(amount) filter (where kind = 'paid') as paid, sum(amount) filter (where kind = 'bonus') as bonus, sum(price) as price
        from lots group by transfer_id, account_id, pot) l on l.transfer_id = t.id
      where t.cause like 'payment:%:settled' and (p.id is null or l.account_id is distinct from p.account_id or l.pot is distinct from p.purpose
        or l.paid is distinct from case p.purpose when 'credits' then p.credits else p.price end
        or coalesce(l.bonus, 0) <> p.bonus_credits or l.price is distinct from p.price)
      order by t.id`,
  ),
  check(
    "bought-totals-are-the-sum",
    "How many credits an account has bought in all is what every purchase brought it, bonus included.",
    sql`select coalesce(t.account_id, b.account_id) || ': says ' || coalesce(t.bought, 0) || ', its purchases brought ' || coalesce(b.bought, 0) as what
      from credit_totals t full join (
        select l.account_id, sum(l.amount) as bought from transfers made join lots l on l.transfer_id = made.id
        where made.kind = 'credits.bought' group by l.account_id) b on b.account_id = t.account_id
      where coalesce(t.bought, 0) <> coalesce(b.bought, 0) and (t.account_id is not null
        or exists (select from payments p where p.account_id = b.account_id and p.purpose = 'credits' and p.state = 'succeeded'))
      order by 1`,
  ),
  check(
    "no-more-is-given-back-than-paid",
    "What was given back of a payment is the sum of its refunds, and never more than was paid.",
    sql`select p.id || ': paid ' || p.price || ', gave back ' || p.refunded || ', its refunds say ' || coalesce(r.amount, 0) as what
      from payments p left join (
        select payment_id, sum(amount) as amount from refunds where undone_by is null group by payment_id) r on r.payment_id = p.id
      where p.refunded <> coalesce(r.amount, 0) or p.refunded > p.price order by p.id`,
  ),
  check(
    "refunds-are-booked",
    "Every refund has one transfer of its amount, and one that came to nothing has that transfer undone.",
    sql`select coalesce(r.id, t.id) || ': booked ' || coalesce(e.amount, 0) || ' of ' || coalesce(r.amount, 0) ||
        coalesce(', ' || r.state || case when u.id is null then ' and not undone' else ' and undone' end, '') as what
      from refunds r full join (select * from transfers where cause like 'refund:%:made') t on t.id = r.transfer_id
      left join entries e on e.transfer_id = t.id and e.pot = 'stripe'
      left join transfers u on u.id = r.undone_by and u.reverses_id = t.id
      where t.cause is distinct from 'refund:' || r.id || ':made' or e.amount is distinct from r.amount
        or (r.state in ('failed', 'refused')) <> (u.id is not null)
      order by 1`,
  ),
];
