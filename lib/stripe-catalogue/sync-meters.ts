import { AppError } from "@/lib/errors";
import { type Stripe, stripeRead } from "@/lib/stripe/client";
import { ALL, type Run } from "./internal";
import { differing, type WantedMeter } from "./rules";

/** What counts cannot be changed afterwards, so an event of that name that counts otherwise is somebody else's. */
const HOW_IT_COUNTS = {
  customer_mapping: { type: "by_id", event_payload_key: "stripe_customer_id" },
  default_aggregation: { formula: "sum" },
  value_settings: { event_payload_key: "value" },
} as const;

/** Brings the meters in step and says which id each event's has. One that is still missing has none. */
export async function syncMeters(run: Run, wanted: WantedMeter[]): Promise<Map<string, string>> {
  const meters = await stripeRead((stripe) => stripe.billing.meters.list({ limit: 100 }).autoPagingToArray(ALL));
  const ids = new Map<string, string>();
  for (const meter of wanted) {
    const id = await syncMeter(run, meter, newestOf(meters, meter.event_name));
    if (id !== undefined) ids.set(meter.event_name, id);
  }
  return ids;
}

/** An event may have had several, of which one at most is active. */
const newestOf = (meters: Stripe.Billing.Meter[], event: string): Stripe.Billing.Meter | undefined => {
  const named = meters.filter(({ event_name }) => event_name === event);
  return named.find(({ status }) => status === "active") ?? named[0];
};

async function syncMeter(
  run: Run,
  { event_name, display_name }: WantedMeter,
  found: Stripe.Billing.Meter | undefined,
): Promise<string | undefined> {
  const what = `meter ${event_name}`;
  if (!found) {
    run.note(what, "missing");
    const made = await run.write((stripe, options) =>
      stripe.billing.meters.create({ event_name, display_name, ...HOW_IT_COUNTS }, options),
    );
    return made?.id;
  }
  if (differing(HOW_IT_COUNTS, found).length > 0)
    throw new AppError(
      "conflict",
      `Stripe has a meter for "${event_name}" that counts otherwise. Deactivate it first.`,
    );
  if (found.status !== "active") {
    run.note(what, "inactive");
    await run.write((stripe, options) => stripe.billing.meters.reactivate(found.id, {}, options));
  }
  if (found.display_name !== display_name) {
    run.note(what, "another display_name");
    await run.write((stripe, options) => stripe.billing.meters.update(found.id, { display_name }, options));
  }
  return found.id;
}
