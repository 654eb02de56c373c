import type { Space } from "../store/space";
import { DECLINES, type Decline, isDeclineCode } from "./declines";

type Next = { decline?: Decline; dispute?: "fraudulent" | "product_not_received" | "inquiry" };

/** What the control API asked the next charge to do. It is used once. */
export async function takeNext({ sql, root }: Space): Promise<Next> {
  const [row] = await sql<{ value: { decline_code?: string; dispute?: Next["dispute"] } }[]>`
    delete from stripe_local.switches where account = ${root} and name = 'next_charge' returning value`;
  if (!row) return {};
  const { decline_code = "", dispute } = row.value;
  return { ...(isDeclineCode(decline_code) && { decline: DECLINES[decline_code] }), ...(dispute && { dispute }) };
}
