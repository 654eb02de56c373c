import { and, eq } from "drizzle-orm";
import { cardName } from "@/lib/cards/rules";
import type { TxCtx } from "@/lib/ctx";
import { cards, pots } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import { enqueueMail } from "@/lib/outbox/enqueue";
import { pauseAutoTopUp } from "@/lib/wallet/pause";
import type { PaymentRow } from "./internal";
import { ownersOf } from "./tell";

type Stop = { payment: PaymentRow; message: string; needsOwner: boolean };

/**
 * The bank did not let the wallet be filled, or only wants to see the owner. Either way nothing more is tried with
 * this card until somebody says so, and the owners are told once.
 */
export async function stopFilling(ctx: TxCtx, { payment, message, needsOwner }: Stop): Promise<void> {
  const { accountId } = payment;
  const card = await chargedCard(ctx, payment);
  const isNews = await pauseAutoTopUp(ctx, accountId, {
    why: needsOwner ? "needs_you" : "declined",
    trouble: message,
    failedCard: card?.id ?? null,
  });
  if (!isNews) return;
  const balanceMicros = await inWallet(ctx, accountId);
  for (const { email, accountName } of await ownersOf(ctx, accountId))
    await enqueueMail(ctx, {
      to: email,
      template: "auto_top_up_failed",
      facts: {
        ...{ accountName, micros: payment.price, balanceMicros, reason: message },
        method: card ? cardName(card) : "the card that was removed",
      },
    });
}

async function chargedCard({ db }: TxCtx, { accountId, methodId, stripe }: PaymentRow) {
  const [card] = await db
    .select({ id: cards.id, brand: cards.brand, last4: cards.last4 })
    .from(cards)
    .where(and(eq(cards.accountId, accountId), eq(cards.stripe, stripe), eq(cards.methodId, methodId ?? "")));
  return card;
}

async function inWallet({ db }: TxCtx, accountId: Id<"account">): Promise<number> {
  const [wallet] = await db
    .select({ balance: pots.balance })
    .from(pots)
    .where(and(eq(pots.accountId, accountId), eq(pots.kind, "wallet")));
  return wallet?.balance ?? 0;
}
