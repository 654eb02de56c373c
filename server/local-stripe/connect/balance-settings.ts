import type Stripe from "stripe";
import { operation } from "../http/operation";
import { clearable, integer, list, oneOf, parts, type Read, text, yesNo } from "../http/params";
import type { Space } from "../store/space";
import type { Wire } from "../store/wire";

type Settings = Wire<Stripe.BalanceSettings>;

const payouts = {
  schedule: parts({
    interval: oneOf("daily", "manual", "monthly", "weekly"),
    monthly_payout_days: list(integer(), 31),
    weekly_payout_days: list(oneOf("friday", "monday", "thursday", "tuesday", "wednesday"), 5),
  }),
  statement_descriptor: text(22),
};
const payments = parts({
  debit_negative_balances: yesNo(),
  payouts: parts(payouts),
  settlement_timing: parts({ delay_days_override: clearable(integer()) }),
});

export const settingsOperations = [
  operation({ on: "GET /v1/balance_settings", run: ({ space }) => settingsOf(space) }),
  operation({
    on: "POST /v1/balance_settings",
    params: { payments },
    async run({ space, params }) {
      const settings = await settingsOf(space);
      change(settings, params.payments ?? {});
      await keep(space, settings);
      return settings;
    },
  }),
];

const DELAY_DAYS = 2;

async function settingsOf(space: Space): Promise<Settings> {
  const [row] = await space.sql<{ value: Settings }[]>`
    select value from stripe_local.switches where account = ${space.account} and name = 'balance_settings'`;
  if (row) return row.value;
  const account =
    space.account === space.root ? undefined : await space.beside(space.root).find("account", space.account);
  const kept = account?.settings?.payouts;
  return {
    object: "balance_settings",
    payments: {
      debit_negative_balances: kept?.debit_negative_balances ?? false,
      payouts: {
        ...{ automatic_transfer_rules_by_currency: null, minimum_balance_by_currency: null },
        schedule: { interval: intervalOf(kept?.schedule.interval) },
        ...{ statement_descriptor: kept?.statement_descriptor ?? null, status: "enabled" },
      },
      settlement_timing: { delay_days: DELAY_DAYS, start_of_day: null },
    },
  };
}

const intervalOf = (word: string | undefined) =>
  (["manual", "monthly", "weekly"] as const).find((one) => one === word) ?? "daily";

function change({ payments: kept }: Settings, asked: Read<{ payments: typeof payments }>["payments"] & object): void {
  if (asked.debit_negative_balances !== undefined) kept.debit_negative_balances = asked.debit_negative_balances;
  const { schedule, statement_descriptor } = asked.payouts ?? {};
  if (kept.payouts && schedule)
    kept.payouts.schedule = { ...kept.payouts.schedule, interval: schedule.interval ?? null, ...given(schedule) };
  if (kept.payouts && statement_descriptor !== undefined) kept.payouts.statement_descriptor = statement_descriptor;
  const delay = asked.settlement_timing?.delay_days_override;
  if (delay === undefined) return;
  const { delay_days_override: _, ...timing } = kept.settlement_timing;
  kept.settlement_timing =
    delay === null
      ? { ...timing, delay_days: DELAY_DAYS }
      : { ...timing, delay_days: delay, delay_days_override: delay };
}

const given = <T extends object>(facts: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>; // what was undefined is gone
  };

/** A connected account's own object says the same. */
async function keep(space: Space, settings: Settings): Promise<void> {
  await space.sql`
    insert into stripe_local.switches (account, name, value) values (${space.account}, 'balance_settings', ${JSON.stringify(settings)}::text::jsonb)
    on conflict (account, name) do update set value = excluded.value`;
  if (space.account === space.root) return;
  const account = await space.beside(space.root).find("account", space.account);
  const interval = settings.payments.payouts?.schedule?.interval;
  if (account?.settings?.payouts && interval) account.settings.payouts.schedule.interval = interval;
}
