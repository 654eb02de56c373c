import { eq } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type MemberActor, requireScope, requireUser } from "@/lib/ctx";
import { walletSettings } from "@/lib/db/schema";
import { invalid } from "@/lib/errors";
import { dollars, formatMoney } from "@/lib/money";
import { announceChange } from "@/lib/outbox/announce";
import { lockSettings } from "./internal";
import { getWallet } from "./queries";
import { leastTopUp, mostTopUp } from "./rules";
import type { ChangeAutoTopUp, Wallet } from "./schema";

/** Has the wallet filled by itself below a balance, or no longer. Turning it on again also ends a pause. */
export async function changeAutoTopUp(ctx: Ctx<MemberActor>, { autoTopUp }: ChangeAutoTopUp): Promise<Wallet> {
  requireScope(ctx, "billing:write");
  requireUser(ctx);
  const facts = autoTopUp ? judged(autoTopUp) : { autoThreshold: null, autoAmount: null, autoMonthlyCap: null };
  const { accountId } = ctx.actor;
  await inTx(ctx, async (ctx) => {
    const { version } = await lockSettings(ctx, accountId);
    await ctx.db
      .update(walletSettings)
      .set({ ...facts, autoPaused: null, autoTrouble: null, autoFailedCard: null, version: version + 1 })
      .where(eq(walletSettings.accountId, accountId));
    await recordAudit(ctx, {
      action: autoTopUp ? "auto_top_up.set" : "auto_top_up.ended",
      target: accountId,
      detail: facts,
    });
    await announceChange(ctx, accountId, "wallet");
  });
  return getWallet(ctx);
}

function judged({ threshold, amount, monthlyCap }: NonNullable<ChangeAutoTopUp["autoTopUp"]>) {
  const [autoThreshold, autoAmount, autoMonthlyCap] = [dollars(threshold), dollars(amount), dollars(monthlyCap)];
  const range = `${formatMoney(leastTopUp)} to ${formatMoney(mostTopUp)}`;
  if (autoAmount < leastTopUp || autoAmount > mostTopUp) throw invalid({ amount: `Fill it by ${range} at a time.` });
  if (autoThreshold < dollars("1") || autoThreshold > mostTopUp)
    throw invalid({ threshold: `Choose a balance of ${formatMoney(dollars("1"))} to ${formatMoney(mostTopUp)}.` });
  if (autoMonthlyCap < autoAmount) throw invalid({ monthlyCap: "A month must allow at least one top-up." });
  return { autoThreshold, autoAmount, autoMonthlyCap };
}
