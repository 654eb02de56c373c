import { type Ctx, inTx, type SystemActor } from "@/lib/ctx";
import type { Id } from "@/lib/ids";
import { postTransfer } from "@/lib/ledger/post";
import type { Leg, Posted } from "@/lib/ledger/schema";
import type { Micros } from "@/lib/money";
import { announceChange } from "@/lib/outbox/announce";
import { allowSpending } from "./allow";

type Charge = {
  /** Unique for what is charged, so that it is charged once. */
  cause: string;
  accountId: Id<"account">;
  amount: Micros;
  /** What sort of thing it pays for, such as `gift.sent`. */
  kind: string;
  purpose: string;
  title: string;
  /** Where the amount goes. */
  to: readonly Leg[];
  detail?: Record<string, unknown>;
};

/** Takes the price of something from an account's wallet, within its limits, or nothing at all. For the server's own engines. */
export async function chargeWallet(ctx: Ctx<SystemActor>, charge: Charge): Promise<Posted> {
  const { cause, accountId, amount, kind, purpose, title, to, detail } = charge;
  return inTx(ctx, async (ctx) => {
    await allowSpending(ctx, accountId, amount);
    const posted = await postTransfer(ctx, {
      ...{ cause, kind, purpose, spends: true },
      legs: [{ account: accountId, pot: "wallet", amount: -amount }, ...to],
      detail: { title, ...detail },
    });
    if (posted.outcome === "posted") await announceChange(ctx, accountId, "wallet");
    return posted;
  });
}
