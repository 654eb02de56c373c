import { eq, inArray } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import { grantPurchase } from "@/lib/credits/grant-purchase";
import { type Ctx, inTx, type TxCtx } from "@/lib/ctx";
import { disputes, payments, refunds } from "@/lib/db/schema";
import { failpoint } from "@/lib/failpoints";
import type { Id } from "@/lib/ids";
import type { Posted } from "@/lib/ledger/schema";
import { announceChange } from "@/lib/outbox/announce";
import { resumeAutoTopUp } from "@/lib/wallet/pause";
import { topUp } from "@/lib/wallet/top-up";
import { applyDispute } from "./apply-dispute";
import { applyRefund } from "./apply-refund";
import { giveUp } from "./give-up";
import { change, lockPaymentOf, lockSpending, lookAgain, type PaymentRow, postFee } from "./internal";
import { type Known, type KnownDecline, lookUp } from "./look-up";
import { stopFilling } from "./stop-filling";
import { tellOfPayment } from "./tell";
import { updateSpending } from "./update-spending";

/** `foreign`: the intent is none of ours. `missing`: it names a payment that we do not have. */
export type Settlement = "settled" | "unchanged" | "foreign" | "missing";

/**
 * The one way in which anything that happened to a payment arrives here: asked by the page that paid, by an event,
 * by the reconciliation and by the janitor. It asks Stripe, and books what is not booked yet, each thing once.
 */
export async function settle(ctx: Ctx, intentId: string): Promise<Settlement> {
  const known = await lookUp(intentId, await hasHistory(ctx, intentId));
  failpoint("settle.looked_up");
  const settlement = await inTx(ctx, async (ctx) => {
    const payment = await lockPaymentOf(ctx, known);
    if (!payment) return { outcome: known.paymentId ? ("missing" as const) : ("foreign" as const) };
    const changed = await apply(ctx, payment, known);
    if (changed) await announceChange(ctx, payment.accountId, "payments");
    failpoint("settle.written");
    return { payment, outcome: changed ? ("settled" as const) : ("unchanged" as const) };
  });
  failpoint("settle.committed");
  if (!(settlement.payment && isHopeless(settlement.payment, known))) return settlement.outcome;
  await giveUp(settlement.payment, intentId);
  await settle(ctx, intentId);
  return "settled";
}

/** Nobody sits beside what charges by itself, so what the bank refused waits for nobody. */
const isHopeless = (payment: PaymentRow, known: Known): boolean => {
  const decline = declineOfFilling(payment, known);
  return known.state === "open" && decline !== undefined && !decline.needsOwner;
};

/** An owner who pays it after all may do so with another card, and sees for themselves what their bank says. */
function declineOfFilling({ isAutomatic, methodId }: PaymentRow, { decline }: Known): KnownDecline | undefined {
  return isAutomatic && decline && decline.methodId === methodId ? decline : undefined;
}

/** A refund that failed leaves no trace on the charge, so whoever had one asks for all of them. */
async function hasHistory({ db }: Ctx, intentId: string): Promise<{ hadAftermath: boolean }> {
  const idOf = db.select({ id: payments.id }).from(payments).where(eq(payments.intentId, intentId));
  const [refund, dispute] = await Promise.all([
    db.select({ id: refunds.id }).from(refunds).where(inArray(refunds.paymentId, idOf)).limit(1),
    db.select({ id: disputes.id }).from(disputes).where(inArray(disputes.paymentId, idOf)).limit(1),
  ]);
  return { hadAftermath: refund.length + dispute.length > 0 };
}

async function apply(ctx: TxCtx, payment: PaymentRow, known: Known): Promise<boolean> {
  await lockSpending(ctx, payment.accountId);
  const changes = [await applyState(ctx, payment, known), await bookFee(ctx, payment, known)];
  for (const event of known.aftermath) {
    const current = await read(ctx, payment.id);
    changes.push(
      event.kind === "refund" ? await applyRefund(ctx, current, event) : await applyDispute(ctx, current, event),
    );
  }
  return changes.includes(true);
}

async function read({ db }: TxCtx, id: Id<"payment">): Promise<PaymentRow> {
  const [row] = await db.select().from(payments).where(eq(payments.id, id));
  if (!row) throw new Error(`${id} is gone while it is locked`);
  return row;
}

async function applyState(ctx: TxCtx, payment: PaymentRow, known: Known): Promise<boolean> {
  // Money that arrived has arrived, whatever an older look says.
  if (payment.state === "succeeded") return false;
  if (known.state === "succeeded") {
    await grant(ctx, payment, known);
    return true;
  }
  if (payment.state === known.state && payment.failure === known.failure) return false;
  await change(ctx, payment.id, {
    state: known.state,
    failure: known.failure,
    ...(known.state === "canceled" && { lookAt: null }),
  });
  const decline = declineOfFilling(payment, known);
  if (decline && payment.failure === null) await stopFilling(ctx, { payment, ...decline });
  return true;
}

async function grant(ctx: TxCtx, payment: PaymentRow, known: Known): Promise<void> {
  const { id, accountId } = payment;
  if (known.received !== payment.price || known.currency !== "usd")
    throw new Error(`${id} costs ${payment.price} micros, and ${known.received} ${known.currency} arrived`);
  // Before any pot, as whoever spends within limits locks them.
  if (payment.isAutomatic) await resumeAutoTopUp(ctx, accountId);
  const { transferId } = await deliver(ctx, payment);
  await change(ctx, id, {
    state: "succeeded",
    transferId,
    settledAt: ctx.now,
    chargeId: known.chargeId,
    cardBrand: known.card?.brand ?? null,
    cardLast4: known.card?.last4 ?? null,
    failure: null,
    looks: 0,
    lookAt: known.fee === null ? lookAgain(0) : null,
  });
  await updateSpending(ctx, accountId, `payment:${id}`);
  await tellOfPayment(ctx, { payment, transferId, card: known.card });
  await recordAudit(ctx, { accountId, action: "payment.succeeded", target: id, detail: { title: payment.title } });
}

function deliver(
  ctx: TxCtx,
  { id, accountId, title, purpose, credits, bonusCredits, price }: PaymentRow,
): Promise<Posted> {
  const cause = `payment:${id}:settled`;
  const detail = { payment: id };
  return purpose === "credits"
    ? grantPurchase(ctx, { cause, accountId, title, credits, bonusCredits, price, detail })
    : topUp(ctx, { cause, accountId, title, amount: price, detail });
}

/** Stripe says what it took a moment after it took it. */
async function bookFee(ctx: TxCtx, { id, fee }: PaymentRow, known: Known): Promise<boolean> {
  if (known.state !== "succeeded" || known.fee === null || fee !== null) return false;
  await postFee(ctx, { cause: `payment:${id}:fee`, fee: known.fee, detail: { title: "Stripe's fee", payment: id } });
  await change(ctx, id, { fee: known.fee, lookAt: null });
  return true;
}
