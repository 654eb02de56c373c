import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";

/** With `known`, only what had arrived by then is seen. */
type Span = { customer: string; start: number; end: number; known?: number };

/** What a customer used from `start` up to but not including `end`, as a decimal. */
export async function usageOf(
  space: Space,
  meter: Kinds["billing.meter"],
  { customer, start, end, known }: Span,
): Promise<string> {
  const { sql, account } = space;
  const events = sql`
    from stripe_local.meter_events
    where account = ${account} and meter = ${meter.id} and customer = ${customer} and at >= ${start} and at < ${end} and not cancelled
      ${known === undefined ? sql`` : sql`and received <= ${known}`}`;
  const { formula } = meter.default_aggregation;
  if (formula === "count") return String((await sql`select count(*)::int as value ${events}`)[0]?.value ?? 0);
  if (formula === "last")
    return plain(String((await sql`select value ${events} order by at desc, seq desc limit 1`)[0]?.value ?? "0"));
  return plain(String((await sql`select coalesce(sum(value::numeric), 0)::text as value ${events}`)[0]?.value ?? "0"));
}

const plain = (value: string): string => (value.includes(".") ? value.replace(/\.?0+$/, "") : value);
