import type { Space } from "./space";

export type Lag = { search_seconds: number; meter_seconds: number };

/** How far searches and meter summaries are behind, when the control API asked for it. */
export async function lagOf({ sql, root }: Space): Promise<Lag> {
  const [row] = await sql<{ value: Lag }[]>`
    select value from stripe_local.switches where account = ${root} and name = 'lag'`;
  return row?.value ?? { search_seconds: 0, meter_seconds: 0 };
}
