import type { Sql } from "postgres";
import type { Caller } from "../http/authenticate";
import { StripeRefusal } from "../http/errors";

export const STREAM_PATH = "/v2/billing/meter_event_stream";

/** A session's token stands for its account, for a quarter of an hour. */
export async function callerOfSession(sql: Sql, header: string | undefined, now: number): Promise<Caller | undefined> {
  const token = /^Bearer (meter_session_\w+)$/.exec(header ?? "")?.[1];
  if (token === undefined) return undefined;
  const [row] = await sql<
    { account: string; value: number }[]
  >`select account, value from stripe_local.switches where name = ${`meter_session ${token}`}`;
  if (row && row.value > now) return { account: row.account, kind: "secret" };
  throw new StripeRefusal(401, {
    type: "temporary_session_expired",
    code: "billing_meter_event_session_expired",
    message: "The session has expired. Make a new one.",
  });
}
