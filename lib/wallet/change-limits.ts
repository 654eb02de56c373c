import { eq } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type MemberActor, requireScope, requireUser } from "@/lib/ctx";
import { walletSettings } from "@/lib/db/schema";
import { dollars, type Micros } from "@/lib/money";
import { announceChange } from "@/lib/outbox/announce";
import { later } from "@/lib/time";
import { lockSettings } from "./internal";
import { getWallet } from "./queries";
import { changeLimits, LOOSENING_MS, limitsAt } from "./rules";
import type { ChangeLimits, Wallet } from "./schema";

/** Sets how much may be spent in a day and a week. What is tighter holds at once, what is looser from tomorrow. */
export async function setLimits(ctx: Ctx<MemberActor>, input: ChangeLimits): Promise<Wallet> {
  requireScope(ctx, "billing:write");
  requireUser(ctx);
  const { accountId } = ctx.actor;
  await inTx(ctx, async (ctx) => {
    const kept = await lockSettings(ctx, accountId);
    const changed = changeLimits(limitsAt(kept, ctx.now), { daily: read(input.daily), weekly: read(input.weekly) });
    const facts = {
      dailyLimit: changed.now.daily,
      weeklyLimit: changed.now.weekly,
      nextDailyLimit: changed.later?.daily ?? null,
      nextWeeklyLimit: changed.later?.weekly ?? null,
      limitsChangeAt: changed.later && later(ctx.now, LOOSENING_MS),
    };
    await ctx.db
      .update(walletSettings)
      .set({ ...facts, version: kept.version + 1 })
      .where(eq(walletSettings.accountId, accountId));
    await recordAudit(ctx, { action: "wallet.limits_set", target: accountId, detail: { ...input } });
    await announceChange(ctx, accountId, "wallet");
  });
  return getWallet(ctx);
}

const read = (text: string | null): Micros | null => (text === null ? null : dollars(text));
