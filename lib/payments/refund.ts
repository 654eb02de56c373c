import { createHash } from "node:crypto";
import { and, eq, getTableColumns } from "drizzle-orm";
import { type Ctx, inTx, requireStaff, type TxCtx } from "@/lib/ctx";
import { payments, refunds } from "@/lib/db/schema";
import { AppError, invalid, notFound } from "@/lib/errors";
import { failpoint } from "@/lib/failpoints";
import { isId } from "@/lib/ids";
import { dollars, formatMoney, type Micros } from "@/lib/money";
import { announceChange } from "@/lib/outbox/announce";
import { beginRefund, changeRefund, doubtRefund, type RefundRow } from "./apply-refund";
import { isForgotten, lockBrought, lockPayment, lockSpending, lookAgain, type PaymentRow } from "./internal";
import { asRefund } from "./queries";
import { refundableOf } from "./rules";
import type { FindPayment, Refund, RefundPayment } from "./schema";
import { sendRefund } from "./send-refund";

type Asked = FindPayment & RefundPayment & { idempotencyKey?: string | undefined };

/**
 * Pays back what is unspent of a payment, at the price that was paid for it. What it takes is taken first, then
 * Stripe is asked with our row as the cause. A repeat with the same key goes on with the same refund.
 */
export async function refundPayment(ctx: Ctx, { idempotencyKey, ...asked }: Asked): Promise<Refund> {
  requireStaff(ctx);
  const requestKey =
    idempotencyKey === undefined ? null : createHash("sha256").update(idempotencyKey).digest("base64url");
  const { payment, refund, isForgotten } = await inTx(ctx, (ctx) => record(ctx, { ...asked, requestKey }));
  failpoint("refund.recorded");
  if (!isForgotten && (refund.state === "new" || refund.state === "unknown")) await sendRefund(ctx, payment, refund);
  const [after] = await ctx.db.select().from(refunds).where(eq(refunds.id, refund.id));
  return asRefund(after ?? refund);
}

type Recorded = FindPayment & RefundPayment & { requestKey: string | null };

type Written = { payment: PaymentRow; refund: RefundRow; isForgotten: boolean };

async function record(ctx: TxCtx, asked: Recorded): Promise<Written> {
  const { paymentId, reason, requestKey } = asked;
  const payment = await lockPayment(
    ctx,
    isId("payment", paymentId) ? eq(payments.id, paymentId) : eq(payments.intentId, paymentId),
  );
  if (!payment) throw notFound("Payment");
  if (payment.state !== "succeeded") throw new AppError("conflict", "Only a payment that was made can be paid back.");
  await lockSpending(ctx, payment.accountId);

  const begun = requestKey === null ? undefined : await begunBefore(ctx, payment, requestKey);
  if (begun) return { payment, refund: begun, isForgotten: begun.isForgotten };
  const amount = amountOf(asked, refundableOf(payment, await lockBrought(ctx, payment)));
  const refund = await beginRefund(ctx, payment, { amount, reason, requestKey });
  await changeRefund(ctx, refund.id, { lookAt: lookAgain(0) });
  await announceChange(ctx, payment.accountId, "payments");
  return { payment, refund, isForgotten: false };
}

async function begunBefore(
  ctx: TxCtx,
  { id }: PaymentRow,
  requestKey: string,
): Promise<(RefundRow & { isForgotten: boolean }) | undefined> {
  const [row] = await ctx.db
    .select({ ...getTableColumns(refunds), isForgotten: isForgotten(refunds.askedAt) })
    .from(refunds)
    .where(and(eq(refunds.paymentId, id), eq(refunds.requestKey, requestKey)));
  if (row?.state === "new") await doubtRefund(ctx, row.id);
  return row;
}

function amountOf({ amount }: RefundPayment, most: Micros): Micros {
  if (most === 0)
    throw new AppError("conflict", "Nothing of this payment is left to pay back: it is spent, or was paid back.");
  const wanted = amount === undefined ? most : dollars(amount);
  if (wanted <= 0) throw invalid({ amount: "Pay back more than nothing." });
  if (wanted > most) throw invalid({ amount: `At most ${formatMoney(most)} of this payment is unspent.` });
  return wanted;
}
