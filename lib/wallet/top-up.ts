import type { TxCtx } from "@/lib/ctx";
import type { Id } from "@/lib/ids";
import { postTransfer } from "@/lib/ledger/post";
import type { Posted } from "@/lib/ledger/schema";
import type { Micros } from "@/lib/money";
import { announceChange } from "@/lib/outbox/announce";

type TopUp = {
  /** Unique for the payment, so that it fills the wallet once. */
  cause: string;
  accountId: Id<"account">;
  amount: Micros;
  title: string;
  detail: Record<string, unknown>;
};

/** Puts money that arrived at Stripe into the account's wallet. The same cause again puts in nothing. */
export async function topUp(ctx: TxCtx, { cause, accountId, amount, title, detail }: TopUp): Promise<Posted> {
  const posted = await postTransfer(ctx, {
    cause,
    kind: "wallet.topped_up",
    legs: [
      { pot: "stripe", amount: -amount },
      { account: accountId, pot: "wallet", amount, lot: { kind: "paid", price: amount } },
    ],
    detail: { title, ...detail },
  });
  if (posted.outcome === "posted") await announceChange(ctx, accountId, "wallet");
  return posted;
}
