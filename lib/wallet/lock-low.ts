import type { TxCtx } from "@/lib/ctx";
import type { Id } from "@/lib/ids";
import type { Micros } from "@/lib/money";
import { findLowWallets } from "./find-low";
import { lockSettings } from "./internal";
import { filledThisMonth } from "./queries";

/** How a wallet that is low is to be filled, with its settings locked until the transaction ends. */
export async function lowWallet(
  ctx: TxCtx,
  accountId: Id<"account">,
): Promise<{ amount: Micros; monthlyCap: Micros; filled: Micros } | undefined> {
  const { autoThreshold, autoAmount, autoMonthlyCap } = await lockSettings(ctx, accountId);
  if (autoThreshold === null || autoAmount === null || autoMonthlyCap === null) return undefined;
  const stillLow = await findLowWallets({ ...ctx, accountId });
  if (stillLow.length === 0) return undefined;
  return { amount: autoAmount, monthlyCap: autoMonthlyCap, filled: await filledThisMonth(ctx, accountId) };
}
