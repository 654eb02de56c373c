import { lockAccountAsPerson } from "@/lib/accounts/lock";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type MemberActor, requireScope, requireUser } from "@/lib/ctx";
import { endpoints } from "@/lib/db/schema";
import { requireReachable } from "@/lib/egress/require-reachable";
import { newId } from "@/lib/ids";
import { announceChange } from "@/lib/outbox/announce";
import { readEndpoint, requireRoom } from "./internal";
import type { CreateEndpoint, SecretEndpoint } from "./schema";
import { mintSecret, seal } from "./secret";

/** Has events sent to an address. The secret that signs them is in this answer and in no other. */
export async function createEndpoint(
  ctx: Ctx<MemberActor>,
  { url, description, events }: CreateEndpoint,
): Promise<SecretEndpoint> {
  requireUser(ctx);
  requireScope(ctx, "webhooks:write");
  await requireReachable("url", url);

  return inTx(ctx, async (arrived) => {
    const { ctx } = await lockAccountAsPerson(arrived, "webhooks:write");
    await requireRoom(ctx);
    const { accountId, userId: createdBy } = ctx.actor;
    const [id, secret] = [newId("endpoint"), mintSecret()];
    await ctx.db.insert(endpoints).values({ id, accountId, createdBy, url, description, events, secret: seal(secret) });
    await recordAudit(ctx, { action: "endpoint.created", target: id, detail: { url, events } });
    await announceChange(ctx, accountId, "webhooks");
    return { ...(await readEndpoint(ctx, id)), secret };
  });
}
