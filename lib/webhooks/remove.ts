import { eq } from "drizzle-orm";
import { lockAccount } from "@/lib/accounts/lock";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type MemberActor, requireScope, requireUser, type TxCtx } from "@/lib/ctx";
import { endpoints, events } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import { announceChange } from "@/lib/outbox/announce";
import { lockEndpoint, withoutSecrets } from "./internal";
import type { Endpoint, EndpointRef } from "./schema";

/** Removes an endpoint with its log and its secret. A request that is under way still arrives. */
export async function removeEndpoint(ctx: Ctx<MemberActor>, { id }: EndpointRef): Promise<Endpoint> {
  requireUser(ctx);
  requireScope(ctx, "webhooks:write");

  return inTx(ctx, async (arrived) => {
    const { ctx } = await lockAccount(arrived, "webhooks:write");
    const row = await lockEndpoint(ctx, id);
    await ctx.db.delete(endpoints).where(eq(endpoints.id, row.id));
    await recordAudit(ctx, { action: "endpoint.removed", target: id, detail: { url: row.url } });
    await announceChange(ctx, ctx.actor.accountId, "webhooks");
    return withoutSecrets(row);
  });
}

/** A closed account tells nobody anything any more. */
export async function removeEveryEndpoint(ctx: TxCtx, accountId: Id<"account">): Promise<void> {
  await ctx.db.delete(endpoints).where(eq(endpoints.accountId, accountId));
  await ctx.db.delete(events).where(eq(events.accountId, accountId));
}
