import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type SystemActor } from "@/lib/ctx";
import { pool } from "@/lib/db/client";
import { env } from "@/lib/env";
import { gatewayPlan } from "@/lib/plans/catalogue";
import { aRun } from "./internal";
import { wantedOf } from "./rules";
import type { SetUpStripe, StripeSetUp } from "./schema";
import { syncEndpoints } from "./sync-endpoints";
import { syncMeters } from "./sync-meters";
import { syncPortal } from "./sync-portal";
import { syncPrices } from "./sync-prices";
import { syncProducts } from "./sync-products";

const SET_UP_LOCK = 727_281;

/** Brings the configured Stripe in step with the catalogue. Where it is so already, nothing is written. */
export const setUpStripe = (ctx: Ctx<SystemActor>, input: SetUpStripe): Promise<StripeSetUp> =>
  inTurn(async () => {
    const run = aRun(input);
    const { COST_PER_CALL, FREE_TIER_CALLS } = env();
    const { products, meters, prices } = wantedOf({
      pricePerCall: COST_PER_CALL ?? gatewayPlan.pricePerCall,
      freeCallsPerMonth: FREE_TIER_CALLS ?? gatewayPlan.freeCallsPerMonth,
    });
    await syncProducts(run, products);
    await syncPrices(run, prices, await syncMeters(run, meters));
    await syncPortal(run, input.returnUrl);
    const { webhookUrl: url } = input;
    const secrets = url === null ? [] : await syncEndpoints(run, { url, secrets: input.secrets });

    const findings = [...run.findings];
    if (input.mode === "apply" && findings.length > 0)
      await inTx(ctx, (ctx) =>
        recordAudit(ctx, {
          action: "stripe.set_up",
          target: "stripe",
          detail: { changed: findings.map(({ what }) => what) },
        }),
      );
    return { findings, secrets };
  });

/** Two at once would each make what the other makes. No transaction stays open while Stripe is asked. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const connection = await pool().sql.reserve();
  try {
    await connection`select pg_advisory_lock(${SET_UP_LOCK})`;
    return await work();
  } finally {
    await connection`select pg_advisory_unlock(${SET_UP_LOCK})`.catch(() => undefined);
    connection.release();
  }
}
