import { checkSoon } from "../alerts/check";
import { refused, StripeRefusal } from "../http/errors";
import { newStripeId } from "../store/ids";
import type { Space } from "../store/space";
import { REFUSED, reportSoon } from "./errors";

type Reading = {
  event_name: string;
  identifier?: string | undefined;
  payload: Record<string, string>;
  timestamp?: number | undefined;
};
type Recorded = { event_name: string; identifier: string; payload: Record<string, string>; at: number };

const SECONDS_PER_DAY = 86_400;
const OLDEST_SECONDS = 35 * SECONDS_PER_DAY;
const NEWEST_SECONDS = 5 * 60;
/** An identifier is unique in this window only: the same one later counts again. */
const WINDOW_SECONDS = SECONDS_PER_DAY;
const VALUE = /^-?\d{1,15}(\.\d{1,12})?$/;

/** Writes a reading down. One that cannot be counted is taken all the same, as Stripe takes it, and reported later. */
export async function recordEvent(
  space: Space,
  { event_name, identifier = newStripeId("mevt"), payload, timestamp }: Reading,
): Promise<Recorded> {
  const [meter] = await space.select("billing.meter", { where: [{ at: "event_name", is: event_name }], limit: 1 });
  const customer = meter && payload[meter.customer_mapping.event_payload_key];
  const known = customer === undefined ? undefined : await space.find("customer", customer);
  await space.follow(known?.test_clock);
  const at = timestamp ?? space.now;
  judgeTime(space, at);
  await judgeIdentifier(space, identifier);
  if (meter?.status === "inactive") throw refused("The meter for this event is inactive.", { code: "archived_meter" });
  const value =
    meter?.default_aggregation.formula === "count" ? "1" : meter && payload[meter.value_settings.event_payload_key];
  const problem = !meter ? "no_meter" : problemOf({ customer, known, value });
  const counted =
    problem === undefined
      ? { meter: meter?.id ?? "", value: value ?? "0" }
      : { meter: `${REFUSED}${problem}`, value: "0" };
  await space.sql`
    insert into stripe_local.meter_events (account, meter, event_name, identifier, customer, value, at, received)
    values (${space.account}, ${counted.meter}, ${event_name}, ${identifier}, ${customer ?? ""}, ${counted.value}, ${at}, ${space.now})`;
  if (problem !== undefined) reportSoon(space);
  else if (meter && (await hasAlert(space, meter.id))) checkSoon(space, meter.id);
  return { event_name, identifier, payload, at };
}

type Judged = { customer: string | undefined; known: object | undefined; value: string | undefined };

function problemOf({ customer, known, value }: Judged): string | undefined {
  if (customer === undefined) return "meter_event_no_customer_defined";
  if (value === undefined || !VALUE.test(value)) return valueProblem(value);
  return known ? undefined : "meter_event_customer_not_found";
}

async function hasAlert(space: Space, meter: string): Promise<boolean> {
  const where = [
    { at: "usage_threshold.meter", is: meter },
    { at: "status", is: "active" },
  ];
  return (await space.select("billing.alert", { where, limit: 1 })).length > 0;
}

const valueProblem = (value: string | undefined): string =>
  value !== undefined && /^-?\d+\.\d{13,}$/.test(value)
    ? "meter_event_value_too_many_digits"
    : "meter_event_invalid_value";

function judgeTime(space: Space, at: number): void {
  if (at < space.now - OLDEST_SECONDS)
    throw refused("The timestamp is too far in the past: it must be within the past 35 calendar days.", {
      code: "timestamp_too_far_in_past",
      param: "timestamp",
    });
  if (at > space.now + NEWEST_SECONDS)
    throw refused("The timestamp is in the future: it must be at most 5 minutes ahead.", {
      code: "timestamp_in_future",
      param: "timestamp",
    });
}

async function judgeIdentifier(space: Space, identifier: string): Promise<void> {
  const [taken] = await space.sql`
    select 1 from stripe_local.meter_events
    where account = ${space.account} and identifier = ${identifier} and received > ${space.now - WINDOW_SECONDS} limit 1`;
  if (!taken) return;
  throw new StripeRefusal(
    400,
    {
      type: "invalid_request_error",
      message: `An event already exists with identifier ${identifier}.`,
      param: "identifier",
    },
    { headers: { "stripe-should-retry": "false" } },
  );
}

/** Takes a reading back, within a day of its arrival. */
export async function adjustEvent(space: Space, identifier: string): Promise<void> {
  const found = await space.sql`
    update stripe_local.meter_events set cancelled = true
    where account = ${space.account} and identifier = ${identifier} and received > ${space.now - WINDOW_SECONDS} returning 1`;
  if (found.length === 0)
    throw refused(`No event with identifier ${identifier} can be cancelled.`, { param: "cancel[identifier]" });
}
