import { relatedOf, thinEvent } from "../events/thin";
import { newStripeId } from "./ids";
import type { StoredEvent, ThinEvent } from "./kinds";
import type { Space } from "./space";

type Endpoint = { id: string; account: string; enabled_events: string[]; own: boolean; others: boolean; thin: boolean };
type Told = { events: StoredEvent[]; thin: { event: ThinEvent; to: string | undefined }[] };
type Delivery = { id: string; account: string; event: string; endpoint: string };

/** Writes events down and queues each for every endpoint that asked for it, in the transaction that caused them. */
export async function dispatch(space: Space, { events, thin: named }: Told): Promise<void> {
  if (events.length === 0 && named.length === 0) return;
  const endpoints = (await endpointsOf(space)).filter(({ own, others }) =>
    space.account === space.root ? own : others,
  );
  const deliveries: Delivery[] = [];
  const queue = (endpoint: Endpoint, event: { id: string }) =>
    deliveries.push({ id: newStripeId("dlv"), account: endpoint.account, event: event.id, endpoint: endpoint.id });

  const thin: ThinEvent[] = [];
  for (const event of events) {
    const interested = endpoints.filter((endpoint) => !endpoint.thin && hears(endpoint, event.type));
    event.pending_webhooks = interested.length;
    for (const endpoint of interested) queue(endpoint, event);
    // The thin twin of an event is made for whoever wants it.
    const twins = endpoints.filter((endpoint) => endpoint.thin && hears(endpoint, `v1.${event.type}`));
    if (twins.length === 0) continue;
    const twin = twinOf(space, event);
    thin.push(twin);
    for (const endpoint of twins) queue(endpoint, twin);
  }
  for (const { event, to } of named) {
    thin.push(event);
    for (const endpoint of endpoints)
      if (to === undefined ? endpoint.thin && hears(endpoint, event.type) : endpoint.id === to) queue(endpoint, event);
  }

  await write(space, events, thin);
  if (deliveries.length > 0) await enqueue(space, deliveries);
}

const endpointsOf = ({ sql, account, root }: Space): Promise<Endpoint[]> => sql<Endpoint[]>`
  select id, account, body -> 'enabled_events' as enabled_events,
    case kind when 'webhook_endpoint' then not coalesce((inner_facts ->> 'connect')::boolean, false)
      else body -> 'events_from' ? 'self' end as own,
    case kind when 'webhook_endpoint' then coalesce((inner_facts ->> 'connect')::boolean, false) or account = ${account}
      else body -> 'events_from' ? 'other_accounts' or account = ${account} end as others,
    kind <> 'webhook_endpoint' and body ->> 'event_payload' = 'thin' as thin
  from stripe_local.objects
  where account = any(${[account, root]}) and kind in ('webhook_endpoint', 'v2.core.event_destination')
    and not deleted and body ->> 'status' = 'enabled'
  order by seq`;

const hears = ({ enabled_events }: Endpoint, type: string): boolean =>
  enabled_events.some((wanted) => wanted === "*" || wanted === type);

function twinOf(space: Space, event: StoredEvent): ThinEvent {
  const context = event.account === undefined ? {} : { context: event.account };
  const facts = { related: relatedOf(event), snapshot: event.id };
  return thinEvent(`v1.${event.type}`, facts, { now: space.now, cause: space.cause, ...context });
}

async function write({ sql, account, now }: Space, events: StoredEvent[], thin: ThinEvent[]): Promise<void> {
  await sql`
    insert into stripe_local.objects (account, id, kind, created, body)
    select ${account}, r.body ->> 'id', r.body ->> 'object', ${now}, r.body
    from jsonb_array_elements(${JSON.stringify([...events, ...thin])}::text::jsonb) with ordinality as r(body, n) order by r.n`;
}

async function enqueue({ sql, account }: Space, deliveries: Delivery[]): Promise<void> {
  await sql`
    insert into stripe_local.deliveries (id, account, event_account, event, endpoint, at, state)
    select r.body ->> 'id', r.body ->> 'account', ${account}, r.body ->> 'event', r.body ->> 'endpoint', 0, 'waiting'
    from jsonb_array_elements(${JSON.stringify(deliveries)}::text::jsonb) with ordinality as r(body, n) order by r.n`;
  await sql`select pg_notify('stripe_local_deliveries', '')`;
}
