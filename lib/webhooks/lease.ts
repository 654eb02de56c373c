import { and, eq, sql } from "drizzle-orm";
import { db } from "@/lib/db/client";
import { deliveries, endpoints, events } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import { open, sign } from "./secret";

/** Longer than a request may take, so that nobody else begins while one is under way. */
const LEASE_SECONDS = 60;
/** So many requests to one endpoint at the same time: a slow one does not hold up the others. */
const MOST_AT_ONCE = 4;

export type LeasedDelivery = {
  endpointId: Id<"endpoint">;
  eventId: Id<"event">;
  attempts: number;
  type: string;
  url: string;
  headers: Record<string, string>;
  body: string;
};

/** Takes deliveries that are due, signed and ready to go. Whoever dies with one in hand loses it when the lease runs out, and it is sent again. */
export async function leaseDeliveries(most: number): Promise<LeasedDelivery[]> {
  if (most <= 0) return [];
  const taken = await db()
    .update(deliveries)
    .set({
      leasedUntil: sql`clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})`,
      attempts: sql`${deliveries.attempts} + 1`,
      triedAt: sql`clock_timestamp()`,
    })
    .where(sql`(${deliveries.endpointId}, ${deliveries.eventId}) in ${due(most)}`)
    .returning({
      endpointId: deliveries.endpointId,
      eventId: deliveries.eventId,
      attempts: deliveries.attempts,
      triedAt: deliveries.triedAt,
    });
  return Promise.all(taken.map(ready)).then((list) => list.flat());
}

/** What is judged inside is judged again outside, where the row is locked: another worker may have taken it in between. */
const due = (most: number) => sql`(
  select held.endpoint_id, held.event_id from ${deliveries} as held
  where held.state = 'waiting' and (held.leased_until is null or held.leased_until < clock_timestamp())
    and (held.endpoint_id, held.event_id) in (
      select endpoint_id, event_id from (
        select waits.*, row_number() over (
          partition by waits.endpoint_id
          order by coalesce(waits.leased_until > clock_timestamp(), false) desc, waits.due_at, waits.event_id
        ) as turn
        from ${deliveries} as waits
        join ${endpoints} as target on target.id = waits.endpoint_id and target.state = 'enabled'
        where waits.state = 'waiting' and waits.due_at <= clock_timestamp()
      ) as queue
      where turn <= ${MOST_AT_ONCE} and (leased_until is null or leased_until < clock_timestamp())
      order by due_at, event_id limit ${most}
    )
  for update skip locked)`;

type Taken = Pick<LeasedDelivery, "endpointId" | "eventId" | "attempts"> & { triedAt: Date | null };

/** Nothing when the endpoint was removed a moment ago. */
async function ready({ triedAt, ...taken }: Taken): Promise<LeasedDelivery[]> {
  const [row] = await db()
    .select({
      type: events.type,
      body: events.body,
      url: endpoints.url,
      secret: endpoints.secret,
      previousSecret: endpoints.previousSecret,
      bothSign: sql<boolean>`coalesce(${endpoints.previousUntil} > clock_timestamp(), false)`,
    })
    .from(deliveries)
    .innerJoin(events, eq(events.id, deliveries.eventId))
    .innerJoin(endpoints, eq(endpoints.id, deliveries.endpointId))
    .where(and(eq(deliveries.endpointId, taken.endpointId), eq(deliveries.eventId, taken.eventId)));
  if (!row) return [];
  const { type, body, url, secret, previousSecret, bothSign } = row;
  const timestamp = Math.floor((triedAt ?? new Date()).getTime() / 1_000);
  const secrets = [secret, ...(bothSign && previousSecret ? [previousSecret] : [])].map(open);
  const headers = {
    "content-type": "application/json",
    "user-agent": "Parley-Webhooks/1",
    "webhook-id": taken.eventId,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": secrets.map((one) => sign(one, { id: taken.eventId, timestamp, body })).join(" "),
  };
  return [{ ...taken, type, url, headers, body }];
}
