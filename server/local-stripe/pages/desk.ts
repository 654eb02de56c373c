import { failPayout } from "../connect/payout";
import { accountOf } from "../http/authenticate";
import { StripeRefusal } from "../http/errors";
import { closeDispute } from "../payments/disputes";
import { openDispute } from "../payments/open-dispute";
import { inSpace } from "../store/in-space";
import { type Html, html } from "./html";
import { complaint, page } from "./layout";
import type { Page, PageHouse, Visit } from "./page";

type ObjectRow = { id: string; kind: string; created: string; state: string | null };
type DeliveryRow = {
  event: string;
  type: string;
  endpoint: string;
  state: string;
  attempts: number;
  status: number | null;
  problem: string | null;
};

const SHOWN = 100;
const VERDICTS = ["won", "lost"] as const;

/** Everything in one account: its objects, its events and where they went, and what can be done to them. */
export const deskPage: Page = {
  path: /^\/_local\/?$/,
  async show(house, visit) {
    const key = visit.query.get("key") ?? "";
    if (!/^[sp]k_test_local_\w+$/.test(key)) return { page: page("Local Stripe", ask()) };
    const account = accountOf(key.replace(/^[sp]k_test_local_/, ""));
    const problem = visit.posted ? await act(house, account, visit.form) : undefined;
    const id = visit.query.get("id");
    return {
      page: page(
        "Local Stripe",
        id ? await one(house, account, id) : await everything(house, account, visit, problem),
        {
          shape: "wide",
        },
      ),
    };
  },
};

const ask = (): Html => html`<h1>Local Stripe</h1><p class="soft">Each key is an account of its own.</p>
<form method="get"><label for="key">Secret key</label><input id="key" name="key" placeholder="sk_test_local_…" required><button>Open</button></form>`;

async function act(house: PageHouse, account: string, form: URLSearchParams): Promise<string | undefined> {
  const id = form.get("id") ?? "";
  try {
    if (form.get("do") === "replay") {
      await house.sql`update stripe_local.deliveries set state = 'waiting', at = 0, attempts = 0 where event = ${id} and account = ${account}`;
      await house.sql`select pg_notify('stripe_local_deliveries', '')`;
    }
    if (form.get("do") === "dispute")
      await inSpace(house, account, async (space) => openDispute(space, await space.get("charge", id), "fraudulent"));
    const verdict = VERDICTS.find((one) => one === form.get("do"));
    if (verdict)
      await inSpace(house, account, async (space) =>
        closeDispute(space, await space.get("dispute", id), { how: verdict }),
      );
    if (form.get("do") === "fail")
      await inSpace(house, account, async (space) => failPayout(space, await space.get("payout", id)));
    return undefined;
  } catch (error) {
    if (error instanceof StripeRefusal) return error.message;
    throw error;
  }
}

async function everything(
  { sql }: PageHouse,
  account: string,
  { query }: Visit,
  problem: string | undefined,
): Promise<Html> {
  const key = query.get("key") ?? "";
  const kind = query.get("kind");
  const [objects, deliveries, kinds] = await Promise.all([
    sql<ObjectRow[]>`
      select id, kind, created, coalesce(body ->> 'status', body ->> 'type') as state from stripe_local.objects
      where account = ${account} and not deleted ${kind ? sql`and kind = ${kind}` : sql``} order by seq desc limit ${SHOWN}`,
    sql<DeliveryRow[]>`
      select d.event, o.body ->> 'type' as type, d.endpoint, d.state, d.attempts, d.status, d.problem
      from stripe_local.deliveries d join stripe_local.objects o on o.account = d.event_account and o.id = d.event
      where d.account = ${account} order by d.seq desc limit ${SHOWN}`,
    sql<{ kind: string; count: string }[]>`
      select kind, count(*) from stripe_local.objects where account = ${account} and not deleted group by 1 order by 1`,
  ]);
  const to = (more: Record<string, string>) => `?${new URLSearchParams({ key, ...more }).toString()}`;
  return html`<h1>Local Stripe</h1>${complaint(problem)}
<p>${kinds.map((one) => html`<a href="${to({ kind: one.kind })}">${one.kind}</a> ${one.count} · `)}<a href="${to({})}">all</a></p>
<h2>Objects</h2><table>${objects.map((one) => html`<tr><td><a href="${to({ id: one.id })}">${one.id}</a><br><span class="soft">${one.kind} · ${one.state}</span></td><td>${doable(one)}</td></tr>`)}</table>
<h2>Deliveries</h2><table>${deliveries.map((one) => html`<tr><td>${one.type}<br><span class="soft">${one.state}, ${one.attempts} tries, ${one.status ?? one.problem}</span></td><td>${button("replay", one.event, "Send again")}</td></tr>`)}</table>`;
}

const button = (what: string, id: string, label: string): Html =>
  html`<form method="post"><input type="hidden" name="id" value="${id}"><button class="small quiet" name="do" value="${what}">${label}</button></form>`;

function doable({ kind, id, state }: ObjectRow): Html {
  if (kind === "event") return button("replay", id, "Send again");
  if (kind === "charge" && state === "succeeded") return button("dispute", id, "Dispute");
  if (kind === "dispute" && state !== "won" && state !== "lost" && state !== "warning_closed")
    return html`${button("won", id, "Won")}${button("lost", id, "Lost")}`;
  if (kind === "payout" && state !== "failed" && state !== "canceled") return button("fail", id, "Fail");
  return html``;
}

async function one({ sql }: PageHouse, account: string, id: string): Promise<Html> {
  const [row] = await sql<
    { body: unknown }[]
  >`select body from stripe_local.objects where account = ${account} and id = ${id}`;
  return html`<h1>${id}</h1><pre tabindex="0">${row ? JSON.stringify(row.body, null, 2) : "Not found."}</pre>`;
}
