import { and, eq } from "drizzle-orm";
import { cardName } from "@/lib/cards/rules";
import { creditsOf } from "@/lib/credits/queries";
import type { TxCtx } from "@/lib/ctx";
import { accounts, memberships, users } from "@/lib/db/schema";
import { emitEvent } from "@/lib/events/emit";
import type { Id } from "@/lib/ids";
import { toWire } from "@/lib/money";
import { enqueueMail } from "@/lib/outbox/enqueue";
import type { PaymentRow } from "./internal";

type Paid = { payment: PaymentRow; transferId: Id<"transfer">; card: { brand: string; last4: string } | null };

/** Says that a payment was made: a receipt to the owners, and an event to the account's own endpoints. */
export async function tellOfPayment(ctx: TxCtx, { payment, transferId, card }: Paid): Promise<void> {
  const { id, accountId, purpose, packageId, title, price, credits, bonusCredits } = payment;
  for (const { email, accountName } of await ownersOf(ctx, accountId))
    await enqueueMail(ctx, {
      to: email,
      template: "receipt",
      facts: {
        accountName,
        number: id,
        paidAt: ctx.now.toISOString(),
        method: card ? cardName(card) : "Bank account",
        lines: [{ label: title, micros: price }],
        totalMicros: price,
        path: `/receipts/${transferId}`,
      },
    });
  if (purpose !== "credits") return;
  await emitEvent(ctx, accountId, "credits.purchased", {
    ...{ paymentId: id, packageId: String(packageId), credits, bonusCredits },
    balance: await creditsOf(ctx, accountId),
    amount: toWire(price),
  });
}

/** Who hears about an account's money. */
export const ownersOf = ({ db }: TxCtx, accountId: Id<"account">) =>
  db
    .select({ email: users.email, accountName: accounts.name })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .innerJoin(accounts, eq(accounts.id, memberships.accountId))
    .where(and(eq(memberships.accountId, accountId), eq(memberships.role, "owner")));
