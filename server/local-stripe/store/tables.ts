import type { Sql } from "postgres";

const LOCK = 727_301;

const TABLES = `
create schema if not exists stripe_local;

-- One row is one object of one account, as the API shows it (body), and what the server alone must know (inner).
create table if not exists stripe_local.objects (
  account text not null,
  id text not null,
  kind text not null,
  seq bigint generated always as identity,
  created bigint not null,
  deleted boolean not null default false,
  body jsonb not null,
  inner_facts jsonb not null default '{}',
  primary key (account, id)
);
create index if not exists objects_kind on stripe_local.objects (account, kind, seq desc);
create index if not exists objects_customer on stripe_local.objects (account, kind, (body ->> 'customer'), seq desc);
create index if not exists objects_intent on stripe_local.objects (account, (body ->> 'payment_intent')) where body ? 'payment_intent';
create index if not exists objects_id on stripe_local.objects (id);

-- One row is the first answer to a request with this idempotency key.
create table if not exists stripe_local.idempotency (
  account text not null,
  key text not null,
  fingerprint text not null,
  status int not null,
  body text not null,
  request text not null,
  created bigint not null,
  primary key (account, key)
);

-- One row is work that becomes due at an instant. A row with a clock waits for that test clock alone, and one with a problem for a person.
create table if not exists stripe_local.due (
  account text not null,
  kind text not null,
  ref text not null,
  at bigint not null,
  clock text,
  seq bigint generated always as identity,
  problem text,
  primary key (account, kind, ref)
);
create index if not exists due_at on stripe_local.due (at, seq);

-- One row is one event on its way to one endpoint. It stays until the endpoint has answered 2xx or the retries are used up.
create table if not exists stripe_local.deliveries (
  id text primary key,
  account text not null,
  event_account text not null,
  event text not null,
  endpoint text not null,
  seq bigint generated always as identity,
  at bigint not null,
  attempts int not null default 0,
  state text not null check (state in ('waiting', 'held', 'delivered', 'failed', 'dropped')),
  status int,
  problem text
);
create index if not exists deliveries_waiting on stripe_local.deliveries (at, seq) where state = 'waiting';
create index if not exists deliveries_event on stripe_local.deliveries (event);

-- One row is one reading of usage. The identifier is unique for a day, which the insert judges.
create table if not exists stripe_local.meter_events (
  account text not null,
  meter text not null,
  event_name text not null,
  identifier text not null,
  customer text not null,
  value text not null,
  at bigint not null,
  received bigint not null,
  cancelled boolean not null default false,
  seq bigint generated always as identity
);
create index if not exists meter_events_usage on stripe_local.meter_events (account, meter, customer, at);
create index if not exists meter_events_identifier on stripe_local.meter_events (account, identifier, received);

-- One row is one setting of the control API: how webhooks misbehave, what the next charge does.
create table if not exists stripe_local.switches (
  account text not null,
  name text not null,
  value jsonb not null,
  primary key (account, name)
);
`;

/** Makes the tables when they are missing. Two servers may start at once. */
export async function ensureTables(sql: Sql): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${LOCK})`;
    await tx.unsafe(TABLES);
  });
}
