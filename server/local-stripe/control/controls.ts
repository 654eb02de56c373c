import type { Sql } from "postgres";
import { z } from "zod";
import { tell } from "../connect/account-operations";
import { completeAccount } from "../connect/build-account";
import { failPayout } from "../connect/payout";
import { newSecret } from "../events/endpoint-rules";
import { ordinary } from "../events/modes";
import { refused } from "../http/errors";
import { FAULTS, type Faults } from "../http/faults";
import type { RequestLog } from "../http/request-log";
import { DECLINES } from "../payments/declines";
import { closeDispute } from "../payments/disputes";
import { openDispute } from "../payments/open-dispute";
import { failRefund } from "../payments/refund";
import { inSpace } from "../store/in-space";
import type { Surroundings } from "../store/space";

export type Controlled = Surroundings & {
  sql: Sql;
  faults: Faults;
  requests: RequestLog;
  now(): Date;
  /** Works off everything due by now and waits until its webhooks are delivered. */
  settle(): Promise<void>;
  runDue(until: number): Promise<number>;
  nextDue(): Promise<number | null>;
  coverage: object;
};

type Asked = { account: string; id: string; body: unknown; query: URLSearchParams };
type Control = {
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: RegExp;
  run(house: Controlled, asked: Asked): Promise<unknown>;
};

const Fault = z.strictObject({
  match: z.string().max(200).default("*"),
  times: z.int().min(1).max(10_000).default(1),
  effect: z.enum(FAULTS),
  delayMs: z.int().min(0).max(120_000).default(0),
});
const Webhooks = z.strictObject({
  duplicate: z.boolean().default(false),
  shuffle: z.boolean().default(false),
  delaySeconds: z.int().min(0).default(0),
  drop: z.enum(["none", "first", "all"]).default("none"),
  hold: z.boolean().default(false),
});
const declineCodes = Object.keys(DECLINES);
const NextCharge = z.strictObject({
  decline_code: z
    .string()
    .refine((code) => declineCodes.includes(code), `One of ${declineCodes.join(", ")}`)
    .optional(),
  dispute: z.enum(["fraudulent", "product_not_received", "inquiry"]).optional(),
});
const NextFinalization = z.strictObject({ finalization_error: z.string().max(100) });
const Lagging = z.strictObject({
  search_seconds: z.int().min(0).default(0),
  meter_seconds: z.int().min(0).default(0),
});
const Dunning = z.strictObject({ finally: z.enum(["cancel", "unpaid", "past_due"]) });
const Until = z.strictObject({ until: z.int().positive() });
const Rotation = z.strictObject({ overlap_seconds: z.int().min(0).max(86_400).default(86_400) });
const Dispute = z.strictObject({
  charge: z.string(),
  kind: z.enum(["fraudulent", "product_not_received", "inquiry"]).default("fraudulent"),
});
const Verdict = z.strictObject({ verdict: z.enum(["won", "lost"]), back: z.int().positive().optional() });

const Onboarding = z.strictObject({ bank: z.string().default("000123456789") });

/** Whose payout: a connected account's, or the platform's own. */
const Whose = z.strictObject({ account: z.string().optional() });

/** Deliveries before objects: whoever delivers holds its delivery when it writes to the event. */
const TABLES = ["deliveries", "objects", "idempotency", "due", "meter_events", "switches"];

export const CONTROLS: Control[] = [
  { method: "GET", path: /^\/_local\/coverage$/, run: async ({ coverage }) => coverage },
  { method: "GET", path: /^\/_local\/requests$/, run: async ({ requests }, { account }) => requests.list(account) },
  {
    method: "POST",
    path: /^\/_local\/reset$/,
    async run({ sql, faults }, { account }) {
      faults.clear(account);
      await sql.begin(async (tx) => {
        await tx`select pg_advisory_xact_lock(hashtextextended(${account}, 1))`;
        const connected = await tx<
          { id: string }[]
        >`select id from stripe_local.objects where account = ${account} and kind = 'account'`;
        const accounts = [account, ...connected.map(({ id }) => id)];
        for (const table of TABLES)
          await tx`delete from ${tx(`stripe_local.${table}`)} where account = any(${accounts})`;
      });
      return { reset: true };
    },
  },
  { method: "GET", path: /^\/_local\/faults$/, run: async ({ faults }, { account }) => faults.list(account) },
  {
    method: "POST",
    path: /^\/_local\/faults$/,
    async run({ faults }, { account, body }) {
      faults.add(account, Fault.parse(body));
      return faults.list(account);
    },
  },
  {
    method: "DELETE",
    path: /^\/_local\/faults$/,
    async run({ faults }, { account }) {
      faults.clear(account);
      return [];
    },
  },
  {
    method: "POST",
    path: /^\/_local\/next$/,
    run: async ({ sql }, { account, body }) => {
      const finalization = NextFinalization.safeParse(body);
      if (finalization.success) return flip(sql, account, "next_finalization", finalization.data);
      return flip(sql, account, "next_charge", NextCharge.parse(body));
    },
  },
  {
    method: "POST",
    path: /^\/_local\/lag$/,
    run: async ({ sql }, { account, body }) => flip(sql, account, "lag", Lagging.parse(body)),
  },
  {
    method: "POST",
    path: /^\/_local\/dunning$/,
    run: async ({ sql }, { account, body }) => flip(sql, account, "dunning", Dunning.parse(body)),
  },
  {
    method: "POST",
    path: /^\/_local\/webhooks$/,
    async run({ sql }, { account, body }) {
      const mode = Webhooks.parse(body);
      await flip(sql, account, "webhooks", { ...ordinary, ...mode });
      if (!mode.hold)
        await sql`update stripe_local.deliveries set state = 'waiting', at = 0 where state = 'held' and account = ${account}`;
      return mode;
    },
  },
  {
    method: "GET",
    path: /^\/_local\/deliveries$/,
    run: ({ sql }, { account }) => sql`
      select id, event, endpoint, attempts, state, status, problem, at::int from stripe_local.deliveries where account = ${account} order by seq desc limit 500`,
  },
  {
    method: "POST",
    path: /^\/_local\/events\/(\w+)\/resend$/,
    async run({ sql }, { account, id }) {
      const sent = await sql`
        update stripe_local.deliveries set state = 'waiting', at = 0, attempts = 0 where event = ${id} and account = ${account} returning id`;
      if (sent.length === 0) throw refused(`No delivery of event ${id} is known.`, { status: 404 });
      return { resent: sent.length };
    },
  },
  {
    method: "GET",
    path: /^\/_local\/webhook_endpoints$/,
    run: (house, { account }) =>
      inSpace(house, account, async (space) => {
        const now = Math.floor(Date.now() / 1_000);
        const valid = ({ until }: { until: number | null }) => until === null || until > now;
        return (await space.select("webhook_endpoint", { order: "oldest" })).map((endpoint) => ({
          ...endpoint,
          secrets: space
            .inner(endpoint)
            .secrets.filter(valid)
            .map(({ secret }) => secret),
        }));
      }),
  },
  {
    method: "POST",
    path: /^\/_local\/webhook_endpoints\/(\w+)\/rotate$/,
    run: (house, { account, id, body }) =>
      inSpace(house, account, async (space) => {
        const inner = space.inner(await space.get("webhook_endpoint", id));
        const until = Math.floor(Date.now() / 1_000) + Rotation.parse(body).overlap_seconds;
        const secret = newSecret();
        inner.secrets = [
          ...inner.secrets.map((old) => ({ secret: old.secret, until: old.until ?? until })),
          { secret, until: null },
        ];
        return { id, secret };
      }),
  },
  {
    method: "POST",
    path: /^\/_local\/disputes$/,
    run: (house, { account, body }) =>
      inSpace(house, account, async (space) => {
        const { charge, kind } = Dispute.parse(body);
        return openDispute(space, await space.get("charge", charge), kind);
      }),
  },
  {
    method: "POST",
    path: /^\/_local\/disputes\/(\w+)$/,
    run: (house, { account, id, body }) =>
      inSpace(house, account, async (space) => {
        const dispute = await space.get("dispute", id);
        const { verdict: how, back } = Verdict.parse(body);
        await closeDispute(space, dispute, { how, back });
        return dispute;
      }),
  },
  {
    method: "POST",
    path: /^\/_local\/accounts\/(\w+)\/onboard$/,
    run: (house, { account, id, body }) =>
      inSpace(house, account, async (space) => {
        const connected = await space.get("account", id);
        completeAccount(connected, Onboarding.parse(body).bank);
        tell(space, connected);
        return connected;
      }),
  },
  {
    method: "POST",
    path: /^\/_local\/accounts\/(\w+)\/restrict$/,
    run: (house, { account, id }) =>
      inSpace(house, account, async (space) => {
        const connected = await space.get("account", id);
        connected.payouts_enabled = false;
        connected.capabilities = Object.fromEntries(
          Object.keys(connected.capabilities ?? {}).map((name) => [name, "inactive" as const]),
        );
        tell(space, connected);
        return connected;
      }),
  },
  {
    method: "POST",
    path: /^\/_local\/payouts\/(\w+)\/fail$/,
    run: (house, { account, id, body }) =>
      inSpace(
        house,
        account,
        async (space) => {
          const payout = await space.get("payout", id);
          failPayout(space, payout);
          return payout;
        },
        Whose.parse(body).account ?? account,
      ),
  },
  {
    method: "POST",
    path: /^\/_local\/refunds\/(\w+)\/fail$/,
    run: (house, { account, id }) =>
      inSpace(house, account, async (space) => {
        const refund = await space.get("refund", id);
        await failRefund(space, refund, "unknown");
        return refund;
      }),
  },
  { method: "GET", path: /^\/_local\/due$/, run: async ({ nextDue }) => ({ next: await nextDue() }) },
  {
    method: "POST",
    path: /^\/_local\/due$/,
    run: async ({ runDue }, { body }) => ({ done: await runDue(Until.parse(body).until) }),
  },
  {
    method: "POST",
    path: /^\/_local\/flush$/,
    async run({ settle }) {
      await settle();
      return { flushed: true };
    },
  },
];

async function flip(sql: Sql, account: string, name: string, value: object): Promise<object> {
  await sql`
    insert into stripe_local.switches (account, name, value) values (${account}, ${name}, ${JSON.stringify(value)}::text::jsonb)
    on conflict (account, name) do update set value = excluded.value`;
  return value;
}
