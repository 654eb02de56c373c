import { eq, sql } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type MemberActor, requireScope, requireUser } from "@/lib/ctx";
import { walletSettings } from "@/lib/db/schema";
import { announceChange } from "@/lib/outbox/announce";
import { days, later } from "@/lib/time";
import { lockSettings } from "./internal";
import { getWallet } from "./queries";
import type { CoolOff, Wallet } from "./schema";

/** Lets nothing be spent for some days. It can be made longer and never shorter; what is in the wallet stays. */
export async function coolOff(ctx: Ctx<MemberActor>, input: CoolOff): Promise<Wallet> {
  requireScope(ctx, "billing:write");
  requireUser(ctx);
  const { accountId } = ctx.actor;
  await inTx(ctx, async (ctx) => {
    const { version } = await lockSettings(ctx, accountId);
    const until = later(ctx.now, days(input.days));
    await ctx.db
      .update(walletSettings)
      .set({
        coolOffUntil: sql`greatest(${walletSettings.coolOffUntil}, ${until.toISOString()}::timestamptz)`,
        version: version + 1,
      })
      .where(eq(walletSettings.accountId, accountId));
    await recordAudit(ctx, { action: "wallet.cooling_off", target: accountId, detail: { days: input.days } });
    await announceChange(ctx, accountId, "wallet");
  });
  return getWallet(ctx);
}
