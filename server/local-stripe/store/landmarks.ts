import type { Sql } from "postgres";

/** An instant that people go to by name, and what happens then. */
export type Landmark = { at: Date; what: string };
export type Landmarks = { renewal: Landmark | null; invoice: Landmark | null; card_expiry: Landmark | null };

/** As long as a draft waits before it is finalised and charged. */
const DRAFT_SECONDS = 3_600;

type Renewal = { at: number; product: string | null; customer: string };
type Invoice = { at: number; kind: string; cents: number; customer: string };
type Card = { at: number; brand: string; last4: string; customer: string };

/** What comes next of each, after an instant, on the real clock. */
export async function landmarks(sql: Sql, after: number): Promise<Landmarks> {
  const [[renewal], [invoice], [card]] = await Promise.all([
    nextRenewal(sql, after),
    nextInvoice(sql, after),
    nextExpiry(sql, after),
  ]);
  return {
    renewal: renewal ? landmark(renewal.at, renewedThen(renewal)) : null,
    invoice: invoiceOf(invoice, renewal),
    card_expiry: card ? landmark(card.at, `${named(card.brand)} ending in ${card.last4}, of ${card.customer}`) : null,
  };
}

const landmark = (at: number, what: string): Landmark => ({ at: new Date(at * 1_000), what });
const renewedThen = ({ product, customer }: Renewal): string => `${product ?? "A subscription"} for ${customer}`;
const named = (brand: string): string => brand.charAt(0).toUpperCase() + brand.slice(1);

/** A renewal leaves a draft behind, so where none waits yet the next one to be charged is the renewal's. */
function invoiceOf(invoice: Invoice | undefined, renewal: Renewal | undefined): Landmark | null {
  const renewed = renewal && landmark(renewal.at + DRAFT_SECONDS, `The next invoice of ${renewedThen(renewal)}`);
  if (!invoice || (renewal && renewal.at + DRAFT_SECONDS < invoice.at)) return renewed ?? null;
  const how = invoice.kind === "invoice_retries" ? "tried again" : "charged";
  return landmark(invoice.at, `${inDollars(invoice.cents)} of ${invoice.customer}, ${how}`);
}

const inDollars = (cents: number): string => `$${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;

const customerName = (sql: Sql) => sql`coalesce(nullif(c.body ->> 'name', ''), nullif(c.body ->> 'email', ''), c.id)`;

/** One that is cancelled at its end, or paused, does not renew. */
const nextRenewal = (sql: Sql, after: number) => sql<Renewal[]>`
  select d.at::float8 as at, p.body ->> 'name' as product, ${customerName(sql)} as customer
  from stripe_local.due d
  join stripe_local.objects s on s.account = d.account and s.id = d.ref and not s.deleted
  join stripe_local.objects c on c.account = d.account and c.id = s.body ->> 'customer'
  left join stripe_local.objects p on p.account = d.account and p.id = s.body #>> '{items,data,0,price,product}'
  where d.kind = 'subscription_renews' and d.clock is null and d.problem is null and d.at > ${after}
    and coalesce((s.body ->> 'cancel_at')::bigint > d.at, true)
  order by d.at, d.seq limit 1`;

const nextInvoice = (sql: Sql, after: number) => sql<Invoice[]>`
  select d.at::float8 as at, d.kind, (i.body ->> 'amount_remaining')::float8 as cents, ${customerName(sql)} as customer
  from stripe_local.due d
  join stripe_local.objects i on i.account = d.account and i.id = d.ref and not i.deleted
  join stripe_local.objects c on c.account = d.account and c.id = i.body ->> 'customer'
  where d.kind in ('invoice_finalizes', 'invoice_retries') and d.clock is null and d.problem is null and d.at > ${after}
  order by d.at, d.seq limit 1`;

const nextExpiry = (sql: Sql, after: number) => sql<Card[]>`
  select extract(epoch from e.at)::float8 as at, m.body #>> '{card,brand}' as brand, m.body #>> '{card,last4}' as last4, ${customerName(sql)} as customer
  from stripe_local.objects m
  join stripe_local.objects c on c.account = m.account and c.id = m.body ->> 'customer' and c.body ->> 'test_clock' is null
  cross join lateral (select (make_date((m.body #>> '{card,exp_year}')::int, (m.body #>> '{card,exp_month}')::int, 1) + interval '1 month') at time zone 'UTC' as at) e
  where m.kind = 'payment_method' and not m.deleted and not c.deleted and m.body ? 'card'
    and extract(epoch from e.at) > ${after}
  order by e.at, m.seq limit 1`;
