import { and, eq, isNull, or, type sql } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import type { Ctx, TxCtx } from "@/lib/ctx";
import { refunds } from "@/lib/db/schema";
import { type Id, newId } from "@/lib/ids";
import { postTransfer } from "@/lib/ledger/post";
import { reverseTransfer } from "@/lib/ledger/reverse";
import { add, type Micros, subtract } from "@/lib/money";
import { announceChange } from "@/lib/outbox/announce";
import { change, legOut, lockBrought, type PaymentRow } from "./internal";
import type { KnownRefund } from "./look-up";
import { refundableOf, refundTakes } from "./rules";
import { tellOfFailedRefund, tellOfRefund } from "./tell-of-aftermath";

export type RefundRow = typeof refunds.$inferSelect;

/** A refund goes forward only: what failed at last was never older news. */
const RANK: Record<RefundRow["state"], number> = {
  new: 0,
  unknown: 0,
  pending: 1,
  succeeded: 2,
  failed: 3,
  refused: 3,
};

/** Brings our row of a refund to where Stripe has it. One that was made at Stripe gets a row, and takes what it must. */
export async function applyRefund(ctx: TxCtx, payment: PaymentRow, known: KnownRefund): Promise<boolean> {
  if (payment.transferId === null) return false;
  const found = await findRefund(ctx, payment, known);
  const refund =
    found ?? (await beginRefund(ctx, payment, { amount: known.amount, reason: "made at Stripe", requestKey: null }));
  if (refund.stripeId !== null && RANK[known.state] <= RANK[refund.state]) return false;
  if (known.state === "failed") {
    await changeRefund(ctx, refund.id, { stripeId: known.stripeId });
    await undoRefund(ctx, { payment, refund, state: "failed" });
    if (refund.stripeId !== null) await tellOfFailedRefund(ctx, payment, refund);
    return true;
  }
  await changeRefund(ctx, refund.id, {
    stripeId: known.stripeId,
    state: RANK[known.state] > RANK[refund.state] ? known.state : refund.state,
    ...(known.state === "succeeded" && { lookAt: null }),
  });
  if (refund.stripeId === null) await tellOfRefund(ctx, payment, refund);
  return true;
}

async function findRefund({ db }: TxCtx, payment: PaymentRow, known: KnownRefund): Promise<RefundRow | undefined> {
  const [row] = await db
    .select()
    .from(refunds)
    .where(
      and(
        eq(refunds.paymentId, payment.id),
        or(
          eq(refunds.stripeId, known.stripeId),
          // One that was taken back here although it went through there counts as made at Stripe.
          known.refundId && and(eq(refunds.id, known.refundId), isNull(refunds.stripeId), isNull(refunds.undoneBy)),
        ),
      ),
    );
  return row;
}

type Begun = { amount: Micros; reason: string; requestKey: string | null };

/** Writes a refund down and takes what it takes, so that nobody spends it while the money is on its way. */
export async function beginRefund(
  ctx: TxCtx,
  payment: PaymentRow,
  { amount, reason, requestKey }: Begun,
): Promise<RefundRow> {
  const id = newId("refund");
  const { accountId, purpose } = payment;
  const brought = await lockBrought(ctx, payment);
  const part = refundTakes(amount, payment, brought);
  // Somebody may pay back at Stripe what is spent already. The payer keeps it; the house bears it.
  const isCovered = amount <= refundableOf(payment, brought);
  const { transferId } = await postTransfer(ctx, {
    cause: `refund:${id}:made`,
    kind: `${purpose}.refunded`,
    legs: [
      { pot: "stripe", amount },
      legOut(payment, brought, part),
      ...(purpose === "credits"
        ? [
            { pot: "issued_paid" as const, amount: part.paid },
            { pot: "issued_bonus" as const, amount: part.bonus },
          ]
        : [{ pot: "cost_promotions" as const, amount: part.paid - amount }]),
    ],
    ...(purpose === "credits" && {
      recognises: isCovered ? ("income_breakage" as const) : ("cost_promotions" as const),
    }),
    detail: { title: `Refund of ${payment.title}`, payment: payment.id, refund: id },
  });
  const [row] = await ctx.db
    .insert(refunds)
    .values({
      ...{ id, paymentId: payment.id, accountId, amount, reason, requestKey, transferId },
      ...{ credits: purpose === "credits" ? part.paid : 0, bonusCredits: part.bonus },
      createdAt: ctx.now,
    })
    .returning();
  if (!row) throw new Error("The refund was not written");
  await change(ctx, payment.id, { refunded: add(payment.refunded, amount) });
  await recordAudit(ctx, {
    accountId,
    action: "payment.refunded",
    target: payment.id,
    detail: { refund: id, amount, reason },
  });
  await announceChange(ctx, accountId, purpose);
  return row;
}

type Undone = { payment: PaymentRow; refund: RefundRow; state: "failed" | "refused" };

/** Puts everything back as it was. A refused one frees its key, so that the caller may try again. */
export async function undoRefund(ctx: TxCtx, { payment, refund, state }: Undone): Promise<void> {
  const { accountId, purpose } = payment;
  const { transferId } = await reverseTransfer(ctx, {
    cause: `refund:${refund.id}:undone`,
    kind: `${purpose}.refund_failed`,
    reverses: refund.transferId,
    detail: { title: `Refund of ${payment.title} did not go through`, payment: payment.id, refund: refund.id },
  });
  await changeRefund(ctx, refund.id, {
    state,
    undoneBy: transferId,
    lookAt: null,
    ...(state === "refused" && { requestKey: null }),
  });
  await change(ctx, payment.id, { refunded: subtract(payment.refunded, refund.amount) });
  await recordAudit(ctx, { accountId, action: `refund.${state}`, target: payment.id, detail: { refund: refund.id } });
  await announceChange(ctx, accountId, purpose);
}

type Change = Partial<Pick<RefundRow, "state" | "stripeId" | "undoneBy" | "requestKey" | "looks">> & {
  lookAt?: ReturnType<typeof sql> | null;
};

/** From here on somebody else may have sent it already, so what becomes of one try settles nothing. */
export async function doubtRefund({ db }: Ctx, id: Id<"refund">): Promise<void> {
  await db
    .update(refunds)
    .set({ state: "unknown" })
    .where(and(eq(refunds.id, id), eq(refunds.state, "new")));
}

export async function changeRefund({ db }: TxCtx, id: Id<"refund">, facts: Change): Promise<void> {
  await db.update(refunds).set(facts).where(eq(refunds.id, id));
}
