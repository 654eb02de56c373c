import { sql } from "drizzle-orm";
import { type Check, check } from "../check";

export const eventChecks: Check[] = [
  check(
    "events-are-recorded-once",
    "Each event of Stripe stands here once.",
    sql`select id || ': stands here ' || count(*) || ' times' as what from stripe_events group by id having count(*) > 1 order by id`,
  ),
  check(
    "events-say-when-they-were-done",
    "An event that was worked off says when, after at least one try, and one that waits or was given up does not.",
    sql`select id || ': ' || state || ' after ' || attempts || ' tries, done ' || coalesce(done_at::text, 'at no time') as what from stripe_events
      where (state in ('done', 'ignored', 'parked')) <> (done_at is not null) or done_at is not null and attempts = 0 order by id`,
  ),
];
