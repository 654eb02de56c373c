import { eq } from "drizzle-orm";
import type { TxCtx } from "@/lib/ctx";
import { walletSettings } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import { announceChange } from "@/lib/outbox/announce";
import { lockSettings } from "./internal";
import type { AUTO_PAUSES } from "./schema";

export type Pause = {
  why: (typeof AUTO_PAUSES)[number];
  trouble: string | null;
  failedCard: Id<"card"> | null;
};

/** Stops the wallet from filling itself, and says whether it did so until now. */
export async function pauseAutoTopUp(ctx: TxCtx, accountId: Id<"account">, pause: Pause): Promise<boolean> {
  const kept = await lockSettings(ctx, accountId);
  await ctx.db
    .update(walletSettings)
    .set({ autoPaused: pause.why, autoTrouble: pause.trouble, autoFailedCard: pause.failedCard })
    .where(eq(walletSettings.accountId, accountId));
  await announceChange(ctx, accountId, "wallet");
  return kept.autoPaused !== pause.why || kept.autoFailedCard !== pause.failedCard;
}

/** The trouble is over: a payment went through. */
export async function resumeAutoTopUp(ctx: TxCtx, accountId: Id<"account">): Promise<void> {
  await ctx.db
    .update(walletSettings)
    .set({ autoPaused: null, autoTrouble: null, autoFailedCard: null })
    .where(eq(walletSettings.accountId, accountId));
}
