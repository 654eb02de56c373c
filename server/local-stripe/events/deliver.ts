import type { Sql } from "postgres";
import type { StoredEvent, ThinEvent } from "../store/kinds";
import { ordinary, type WebhookMode, webhookModes } from "./modes";
import { signatureOf } from "./signature";
import { notificationOf } from "./thin";

type Due = {
  id: string;
  account: string;
  endpoint: string;
  attempts: number;
  body: StoredEvent | ThinEvent;
  url: string | null;
  secrets: { secret: string; until: number | null }[] | null;
};

/** Seconds until each next try. As in a sandbox three times over a few hours, where live mode goes on for three days. */
const BACKOFF_SECONDS = [60, 3_600, 10_800];
const PATIENCE_MS = 10_000;
const BATCH = 200;

type Post = { elapsed(): number; now(): number };

/** Sends what is due, one at a time for each endpoint and in order, and says how many were tried. */
export async function deliverDue(sql: Sql, clock: Post): Promise<number> {
  const modes = await webhookModes(sql);
  const holding = [...modes].filter(([, mode]) => mode.hold).map(([account]) => account);
  const slow = [...modes].filter(([, mode]) => mode.delaySeconds > 0);
  if (holding.length > 0)
    await sql`update stripe_local.deliveries set state = 'held' where state = 'waiting' and account = any(${holding})`;
  for (const [account, mode] of slow) {
    await sql`update stripe_local.deliveries set at = ${clock.now() + mode.delaySeconds} where state = 'waiting' and at = 0 and account = ${account}`;
  }
  // Named again, because an event may have come in between.
  const delayed = slow.map(([account]) => account);
  const due = await sql<Due[]>`
    select d.id, d.account, d.endpoint, d.attempts, ev.body, coalesce(ep.body ->> 'url', ep.inner_facts ->> 'url') as url, ep.inner_facts -> 'secrets' as secrets
    from stripe_local.deliveries d
    join stripe_local.objects ev on ev.account = d.event_account and ev.id = d.event
    left join stripe_local.objects ep on ep.account = d.account and ep.id = d.endpoint and not ep.deleted
    where d.state = 'waiting' and d.at <= ${clock.now()}
      and d.account <> all(${holding}) and (d.at > 0 or d.account <> all(${delayed}))
    order by d.seq limit ${BATCH}`;
  const endpoints = [...new Set(due.map(({ endpoint }) => endpoint))];
  await Promise.all(
    endpoints.map((endpoint) =>
      sendInTurn(
        { sql, clock, modes },
        due.filter((delivery) => delivery.endpoint === endpoint),
      ),
    ),
  );
  return due.length;
}

type Sending = { sql: Sql; clock: Post; modes: Map<string, WebhookMode> };

async function sendInTurn(sending: Sending, queue: Due[]): Promise<void> {
  const mode = sending.modes.get(queue[0]?.account ?? "") ?? ordinary;
  for (const delivery of mode.shuffle ? shuffled(queue) : queue) {
    await send(sending, delivery, mode);
    if (mode.duplicate) await post(sending.clock, delivery);
  }
}

async function send({ sql, clock }: Sending, delivery: Due, mode: WebhookMode): Promise<void> {
  const lost = mode.drop === "all" || (mode.drop === "first" && delivery.attempts === 0);
  const outcome = lost ? { status: null, problem: "dropped on demand" } : await post(clock, delivery);
  const done = outcome.status !== null && outcome.status >= 200 && outcome.status < 300;
  const wait = BACKOFF_SECONDS[delivery.attempts];
  const state = done
    ? "delivered"
    : mode.drop === "all"
      ? "dropped"
      : wait === undefined || delivery.url === null
        ? "failed"
        : "waiting";
  const at = clock.now() + (mode.drop === "first" && lost ? 0 : (wait ?? 0));
  await sql.begin(async (tx) => {
    await tx`
      update stripe_local.deliveries set attempts = attempts + 1, state = ${state}, status = ${outcome.status}, problem = ${outcome.problem}, at = ${at}
      where id = ${delivery.id}`;
    if (!done) return;
    await tx`
      update stripe_local.objects set body = jsonb_set(body, '{pending_webhooks}', to_jsonb(greatest((body ->> 'pending_webhooks')::int - 1, 0)))
      where id = ${delivery.body.id} and kind = 'event'`;
  });
}

async function post(
  clock: Post,
  { url, secrets, body }: Due,
): Promise<{ status: number | null; problem: string | null }> {
  if (url === null || secrets === null) return { status: null, problem: "the endpoint is gone" };
  const text = JSON.stringify(body.object === "event" ? body : notificationOf(body), null, 2);
  // Receivers compare the signature's time with their own clock, which nothing moves.
  const at = clock.elapsed();
  const valid = secrets.filter(({ until }) => until === null || until > at).map(({ secret }) => secret);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json; charset=utf-8",
        "user-agent": "Stripe/1.0 (local)",
        "stripe-signature": signatureOf(text, valid, at),
      },
      body: text,
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await response.arrayBuffer();
    return { status: response.status, problem: response.ok ? null : `answered ${response.status}` };
  } catch (error) {
    return { status: null, problem: error instanceof Error ? error.message : "unreachable" };
  }
}

function shuffled<T>(all: T[]): T[] {
  const left = [...all];
  return all.flatMap(() => left.splice(Math.floor(Math.random() * left.length), 1));
}
