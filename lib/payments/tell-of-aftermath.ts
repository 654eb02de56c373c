import { and, eq } from "drizzle-orm";
import { cardName } from "@/lib/cards/rules";
import type { TxCtx } from "@/lib/ctx";
import { pots } from "@/lib/db/schema";
import { emitEvent } from "@/lib/events/emit";
import type { Facts } from "@/lib/mail";
import { type Micros, toWire } from "@/lib/money";
import { enqueueMail } from "@/lib/outbox/enqueue";
import type { RefundRow } from "./apply-refund";
import type { PaymentRow } from "./internal";
import { ownersOf } from "./tell";

/** Says that money is on its way back, once Stripe has said so: to the owners, and to the account's own endpoints. */
export async function tellOfRefund(ctx: TxCtx, payment: PaymentRow, refund: RefundRow): Promise<void> {
  const { id, amount, reason, transferId } = refund;
  for (const { email, accountName } of await ownersOf(ctx, payment.accountId))
    await enqueueMail(ctx, {
      to: email,
      template: "refund_made",
      facts: {
        ...{ accountName, what: payment.title, micros: amount, credits: creditsOf(refund) },
        method: methodOf(payment),
        path: `/receipts/${transferId}`,
      },
    });
  await emitEvent(ctx, payment.accountId, "payment.refunded", {
    ...{ paymentId: payment.id, refundId: id, reason },
    amount: toWire(amount),
  });
}

/** Says that it did not arrive, to those who were told that it was on its way. */
export async function tellOfFailedRefund(ctx: TxCtx, payment: PaymentRow, refund: RefundRow): Promise<void> {
  for (const { email, accountName } of await ownersOf(ctx, payment.accountId))
    await enqueueMail(ctx, {
      to: email,
      template: "refund_failed",
      facts: {
        ...{ accountName, what: payment.title, micros: refund.amount, credits: creditsOf(refund) },
        method: methodOf(payment),
      },
    });
}

const creditsOf = ({ credits, bonusCredits }: RefundRow): number => credits + bonusCredits;

const methodOf = ({ cardBrand, cardLast4 }: PaymentRow): string =>
  cardBrand !== null && cardLast4 !== null ? cardName({ brand: cardBrand, last4: cardLast4 }) : "the bank account";

type Opened = { amount: Micros; taken: number; owed: number };

export async function tellOfOpened(ctx: TxCtx, payment: PaymentRow, { amount, taken, owed }: Opened): Promise<void> {
  for (const { email, facts } of await factsFor(ctx, payment, amount))
    await enqueueMail(ctx, { to: email, template: "dispute_opened", facts: { ...facts, taken, owed } });
}

type Back = { amount: Micros; whole: boolean };

export async function tellOfWon(ctx: TxCtx, payment: PaymentRow, { amount, whole }: Back): Promise<void> {
  for (const { email, facts } of await factsFor(ctx, payment, amount))
    await enqueueMail(ctx, { to: email, template: "dispute_won", facts: { ...facts, whole } });
}

/** What is still owed is asked after what is there has paid for it. */
export async function tellOfLost(ctx: TxCtx, payment: PaymentRow, amount: Micros): Promise<void> {
  const owed = await owedBy(ctx, payment);
  for (const { email, facts } of await factsFor(ctx, payment, amount))
    await enqueueMail(ctx, { to: email, template: "dispute_lost", facts: { ...facts, owed } });
}

type ForOwner = { email: string; facts: Omit<Facts<"dispute_won">, "whole"> };

async function factsFor(ctx: TxCtx, { accountId, title, purpose }: PaymentRow, amount: Micros): Promise<ForOwner[]> {
  const owners = await ownersOf(ctx, accountId);
  return owners.map(({ email, accountName }) => ({
    email,
    facts: { accountName, what: title, micros: amount, purpose },
  }));
}

async function owedBy({ db }: TxCtx, { accountId, purpose }: PaymentRow): Promise<number> {
  const [pot] = await db
    .select({ balance: pots.balance })
    .from(pots)
    .where(and(eq(pots.accountId, accountId), eq(pots.kind, `${purpose}_owed`)));
  return pot?.balance ?? 0;
}
