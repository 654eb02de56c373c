import { usageOf } from "../meters/usage";
import type { Kinds } from "../store/kinds";
import type { Work } from "../store/run-due";
import type { Space } from "../store/space";

type Alert = Kinds["billing.alert"];

/** Usage is looked at every few minutes, not at every call. */
const EVERY_SECONDS = 300;

export function checkSoon(space: Space, meter: string): void {
  const at = (Math.floor(space.now / EVERY_SECONDS) + 1) * EVERY_SECONDS;
  space.schedule("alerts_check", `${meter} ${at}`, at);
}

export const alertWork: Work = {
  async alerts_check(space, ref) {
    const [meter = ""] = ref.split(" ");
    const where = [
      { at: "usage_threshold.meter", is: meter },
      { at: "status", is: "active" },
    ];
    for (const alert of await space.select("billing.alert", { where, order: "oldest" })) await check(space, alert);
  },
};

/** Tells once of each customer whose usage since the alert was made has reached it. */
async function check(space: Space, alert: Alert): Promise<void> {
  const { usage_threshold: threshold } = alert;
  const inner = space.inner(alert);
  if (!threshold) return;
  const meter = await space.own("billing.meter", String(threshold.meter));
  for (const customer of await customersOf(space, threshold, meter.id)) {
    if (inner.told?.includes(customer)) continue;
    // What was used at this very second counts too.
    const usage = await usageOf(space, meter, { customer, start: inner.since ?? 0, end: space.now + 1 });
    const value = Math.floor(Number(usage));
    if (value < threshold.gte) continue;
    inner.told = [...(inner.told ?? []), customer];
    space.announce("billing.alert.triggered", {
      ...{ object: "billing.alert_triggered", alert: structuredClone(alert), created: space.now, customer },
      ...{ livemode: false, value },
    });
  }
}

type Threshold = NonNullable<Alert["usage_threshold"]>;

async function customersOf(space: Space, { filters }: Threshold, meter: string): Promise<string[]> {
  const named = (filters ?? []).map(({ customer }) => String(customer));
  if (named.length > 0) return named;
  const rows = await space.sql<{ customer: string }[]>`
    select distinct customer from stripe_local.meter_events where account = ${space.account} and meter = ${meter} order by 1`;
  return rows.map(({ customer }) => customer);
}
