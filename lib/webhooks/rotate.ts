import { eq, sql } from "drizzle-orm";
import { lockAccount } from "@/lib/accounts/lock";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type MemberActor, requireScope, requireUser, type TxCtx } from "@/lib/ctx";
import { endpoints } from "@/lib/db/schema";
import { announceChange } from "@/lib/outbox/announce";
import { hours } from "@/lib/time";
import { lockEndpoint, readEndpoint } from "./internal";
import type { RotateSecret, SecretEndpoint } from "./schema";
import { currentSeal, mintSecret, open, seal } from "./secret";

const MOST_SEALED_AT_ONCE = 100;

/** Gives an endpoint another secret. For a while both sign, so that no request is refused while the receiver changes over. */
export async function rotateSecret(ctx: Ctx<MemberActor>, { id, overlapHours }: RotateSecret): Promise<SecretEndpoint> {
  requireUser(ctx);
  requireScope(ctx, "webhooks:write");

  return inTx(ctx, async (arrived) => {
    const { ctx } = await lockAccount(arrived, "webhooks:write");
    const before = await lockEndpoint(ctx, id);
    const secret = mintSecret();
    const overlapSeconds = hours(overlapHours) / 1_000;
    await ctx.db
      .update(endpoints)
      .set({
        secret: seal(secret),
        previousSecret: overlapHours > 0 ? before.secret : null,
        previousUntil: overlapHours > 0 ? sql`clock_timestamp() + make_interval(secs => ${overlapSeconds})` : null,
      })
      .where(eq(endpoints.id, before.id));
    await recordAudit(ctx, { action: "endpoint.secret_rotated", target: id, detail: { overlapHours } });
    await announceChange(ctx, ctx.actor.accountId, "webhooks");
    return { ...(await readEndpoint(ctx, id)), secret };
  });
}

/** Seals anew what a JWT_SECRET of before had sealed, so that it can be taken away. Says how many there were. */
export async function sealAgain(ctx: TxCtx): Promise<number> {
  const rows = await ctx.db
    .select({ id: endpoints.id, secret: endpoints.secret, previousSecret: endpoints.previousSecret })
    .from(endpoints)
    .where(sql`not starts_with(${endpoints.secret}, ${currentSeal()})`)
    .limit(MOST_SEALED_AT_ONCE)
    .for("update", { skipLocked: true });
  for (const { id, secret, previousSecret } of rows) {
    await ctx.db
      .update(endpoints)
      .set({ secret: seal(open(secret)), ...(previousSecret && { previousSecret: seal(open(previousSecret)) }) })
      .where(eq(endpoints.id, id));
  }
  return rows.length;
}
