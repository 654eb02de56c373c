import { sql } from "drizzle-orm";
import { type Check, check } from "../check";

export const invoiceChecks: Check[] = [
  check(
    "invoices-add-up",
    "The lines of every invoice sum to its subtotal, and less discounts and with tax that is its total.",
    sql`select i.id || ': lines ' || coalesce(l.amount, 0) || ', subtotal ' || i.subtotal || ', discount ' || i.discount ||
        ', tax ' || i.tax || ', total ' || i.total as what
      from invoices i left join (select invoice_id, sum(amount) as amount from invoice_lines group by invoice_id) l on l.invoice_id = i.id
      where i.state <> 'draft' and (coalesce(l.amount, 0) <> i.subtotal or i.subtotal - i.discount + i.tax <> i.total)
      order by i.id`,
  ),
  check(
    "invoices-are-booked-once",
    "What was paid on an invoice is booked in one transfer of just that amount, and nothing is booked for one that is not paid.",
    sql`select coalesce(i.id, t.id) || ': ' || coalesce(i.state, 'no invoice') || ', paid ' || coalesce(i.amount_paid, 0) ||
        ', booked ' || coalesce(e.amount, 0) as what
      from invoices i full join (select * from transfers where kind = 'invoice.paid') t on t.id = i.transfer_id
      left join entries e on e.transfer_id = t.id and e.pot = 'income_plans'
      where coalesce(case when i.state = 'paid' then i.amount_paid else 0 end, -1) <> coalesce(e.amount, 0)
        or t.cause is distinct from case when i.transfer_id is null then null else 'invoice:' || i.id || ':paid' end
      order by 1`,
  ),
  check(
    "invoice-refunds-are-booked",
    "What was paid back of an invoice is booked, just that amount.",
    sql`select i.id || ': paid back ' || i.refunded || ', booked ' || coalesce(r.amount, 0) as what
      from invoices i left join (
        select split_part(t.cause, ':', 2) as invoice_id, -sum(e.amount) as amount
        from transfers t join entries e on e.transfer_id = t.id and e.pot = 'income_plans'
        where t.kind = 'invoice.refunded' group by 1) r on r.invoice_id = i.id
      where i.refunded <> coalesce(r.amount, 0) order by i.id`,
  ),
  check(
    "one-plan-of-a-family",
    "No account has two live subscriptions to one family of plans.",
    sql`select s.account_id || ': ' || s.family || ', ' || count(*) as what from subscriptions s
      where s.state not in ('canceled', 'expired', 'refused') group by s.account_id, s.family having count(*) > 1 order by 1`,
  ),
];
