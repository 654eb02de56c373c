import { eq } from "drizzle-orm";
import { lockAccount } from "@/lib/accounts/lock";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type MemberActor, requireScope, requireUser, type TxCtx } from "@/lib/ctx";
import { elapsedNow } from "@/lib/db/client";
import { endpoints } from "@/lib/db/schema";
import { requireReachable } from "@/lib/egress/require-reachable";
import { announceChange } from "@/lib/outbox/announce";
import { disable, type EndpointRow, lockEndpoint, readEndpoint } from "./internal";
import type { Endpoint, UpdateEndpoint } from "./schema";

/** Changes where an endpoint is, what it listens to, or whether it gets anything. What is not named stays. */
export async function updateEndpoint(ctx: Ctx<MemberActor>, { id, changes }: UpdateEndpoint): Promise<Endpoint> {
  requireUser(ctx);
  requireScope(ctx, "webhooks:write");
  if (changes.url !== undefined) await requireReachable("url", changes.url);

  return inTx(ctx, async (arrived) => {
    const { ctx } = await lockAccount(arrived, "webhooks:write");
    const before = await lockEndpoint(ctx, id);
    const { enabled, ...fields } = changes;
    if (Object.values(fields).some((value) => value !== undefined)) {
      await ctx.db.update(endpoints).set(fields).where(eq(endpoints.id, before.id));
      await recordAudit(ctx, { action: "endpoint.changed", target: id, detail: { before: before.url, ...fields } });
    }
    if (enabled === true && before.state === "disabled") await enable(ctx, before);
    if (enabled === false && before.state === "enabled") await disable(ctx, before, "by_hand");
    await announceChange(ctx, ctx.actor.accountId, "webhooks");
    return readEndpoint(ctx, id);
  });
}

/** Begins anew: what failed before counts no more. */
async function enable(ctx: TxCtx<MemberActor>, { id, url }: EndpointRow): Promise<void> {
  await ctx.db
    .update(endpoints)
    .set({ state: "enabled", reason: null, stateSince: elapsedNow, failingSince: null })
    .where(eq(endpoints.id, id));
  await recordAudit(ctx, { action: "endpoint.enabled", target: id, detail: { url } });
}
