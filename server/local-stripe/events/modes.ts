import type { Sql } from "postgres";

/** How webhooks misbehave on demand. */
export type WebhookMode = {
  duplicate: boolean;
  shuffle: boolean;
  delaySeconds: number;
  /** `first`: the first attempt of each is lost. `all`: nothing arrives. */
  drop: "none" | "first" | "all";
  hold: boolean;
};

export const ordinary: WebhookMode = { duplicate: false, shuffle: false, delaySeconds: 0, drop: "none", hold: false };

export async function webhookModes(sql: Sql): Promise<Map<string, WebhookMode>> {
  const rows = await sql<
    { account: string; value: Partial<WebhookMode> }[]
  >`select account, value from stripe_local.switches where name = 'webhooks'`;
  return new Map(rows.map(({ account, value }) => [account, { ...ordinary, ...value }]));
}
