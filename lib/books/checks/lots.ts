import { sql } from "drizzle-orm";
import { type Check, check } from "../check";

export const lotChecks: Check[] = [
  check(
    "lots-make-the-balance",
    "What remains in the lots of a pot is what lies in it.",
    sql`select coalesce(p.account_id, l.account_id) || ' ' || coalesce(p.kind, l.pot) || ': has ' || coalesce(p.balance, 0) || ', its lots have ' || coalesce(l.remaining, 0) as what
      from (select * from pots where kind in ('wallet', 'credits')) p
      full join (select account_id, pot, sum(remaining) as remaining from lots group by account_id, pot) l on l.account_id = p.account_id and l.pot = p.kind
      where coalesce(p.balance, 0) <> coalesce(l.remaining, 0) order by 1`,
  ),
  check(
    "lots-remember",
    "What remains of a lot is what came in, less all that was taken, and what was given back.",
    sql`select lots.id || ': ' || remaining || ' remain, ' || lots.amount + coalesce(sum(a.amount), 0) || ' were left' as what
      from lots left join allocations a on a.lot_id = lots.id group by lots.id
      having remaining <> lots.amount + coalesce(sum(a.amount), 0) order by lots.id`,
  ),
  check(
    "lots-are-held-or-gone",
    "What is neither in a lot nor gone for good is held, by holds that are open.",
    sql`select lots.id || ': ' || lots.amount - remaining - gone || ' are missing, ' || coalesce(held.amount, 0) || ' are held' as what
      from lots left join (
        select a.lot_id, -sum(a.amount) as amount from holds h join allocations a on a.transfer_id = h.transfer_id or a.returns_id = h.transfer_id
        where h.state = 'open' group by a.lot_id) held on held.lot_id = lots.id
      where lots.amount - remaining - gone <> coalesce(held.amount, 0) or remaining < 0 or gone < 0 or price < 0 order by lots.id`,
  ),
  check(
    "lots-explain-entries",
    "What a transfer moves in a pot of lots is what it moved in those lots.",
    sql`select coalesce(e.transfer_id, l.transfer_id) || ' ' || coalesce(e.pot, l.pot) || ': moves ' || coalesce(e.amount, 0) || ', its lots ' || coalesce(l.amount, 0) as what
      from (select transfer_id, account_id, pot, sum(amount) as amount from entries where pot in ('wallet', 'credits') group by transfer_id, account_id, pot) e
      full join (
        select transfer_id, account_id, pot, sum(amount) as amount from (
          select transfer_id, account_id, pot, amount from lots
          union all select a.transfer_id, l.account_id, l.pot, a.amount from allocations a join lots l on l.id = a.lot_id) moves
        group by transfer_id, account_id, pot) l
        on l.transfer_id = e.transfer_id and l.account_id = e.account_id and l.pot = e.pot
      where coalesce(e.amount, 0) <> coalesce(l.amount, 0) order by 1`,
  ),
];
