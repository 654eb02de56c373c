import { eq } from "drizzle-orm";
import { type Ctx, inTx, type TxCtx } from "@/lib/ctx";
import { payments, refunds } from "@/lib/db/schema";
import { AppError, isAppError } from "@/lib/errors";
import { failpoint } from "@/lib/failpoints";
import { log } from "@/lib/log";
import { toCents } from "@/lib/money";
import { announceChange } from "@/lib/outbox/announce";
import { type Stripe, stripeWrite } from "@/lib/stripe/client";
import { isStripeRefused, isStripeUnknown } from "@/lib/stripe/refusals";
import { changeRefund, type RefundRow, undoRefund } from "./apply-refund";
import { lockPayment, lockSpending, lookAgain, type PaymentRow } from "./internal";
import { settle } from "./settle";

/** Has Stripe pay a refund out, once however often it is asked; what Stripe refuses is put back. */
export async function sendRefund(ctx: Ctx, payment: PaymentRow, refund: RefundRow): Promise<void> {
  const { intentId } = payment;
  if (intentId === null) throw new Error(`${payment.id} was never at Stripe`);
  try {
    await stripeWrite(`refund:${refund.id}`, (stripe, options) =>
      stripe.refunds.create(
        {
          payment_intent: intentId,
          amount: toCents(refund.amount),
          metadata: { refund: refund.id },
          ...reasonOf(refund),
        },
        options,
      ),
    );
    failpoint("refund.made");
  } catch (error) {
    await noteTrouble(ctx, refund, error);
    throw wordsFor(error);
  }
  await settle(ctx, intentId);
}

const REASONS: readonly string[] = ["requested_by_customer", "duplicate", "fraudulent"];

const reasonOf = ({ reason }: RefundRow): Pick<Stripe.RefundCreateParams, "reason"> =>
  REASONS.includes(reason) ? { reason: reason as NonNullable<Stripe.RefundCreateParams["reason"]> } : {}; // one of the three above

/** What surely did not happen is put back at once. What may have happened is looked up. */
async function noteTrouble(ctx: Ctx, { id, paymentId }: RefundRow, error: unknown): Promise<void> {
  const isUnsent = isAppError(error) && (error.code === "unavailable" || error.code === "card_declined");
  if (!isStripeRefused(error) && !isUnsent && !isStripeUnknown(error)) return;
  if (isStripeRefused(error)) log().warn({ err: error, refund: id }, "stripe refused a refund");
  await inTx(ctx, async (ctx) => {
    const held = await holdRefund(ctx, { id, paymentId });
    if (!held || held.refund.stripeId !== null || held.refund.undoneBy !== null) return;
    // That this try did not arrive says nothing of the tries before it.
    const surelyNot = isStripeRefused(error) || (isUnsent && held.refund.state === "new");
    if (surelyNot) await undoRefund(ctx, { ...held, state: "refused" });
    else await changeRefund(ctx, id, { state: "unknown", lookAt: lookAgain(0) });
    await announceChange(ctx, held.payment.accountId, "payments");
  });
}

/** The refund and its payment, in the order in which everybody locks them. */
export async function holdRefund(
  ctx: TxCtx,
  { id, paymentId }: Pick<RefundRow, "id" | "paymentId">,
): Promise<{ payment: PaymentRow; refund: RefundRow } | undefined> {
  const payment = await lockPayment(ctx, eq(payments.id, paymentId));
  if (!payment) return undefined;
  await lockSpending(ctx, payment.accountId);
  const [refund] = await ctx.db.select().from(refunds).where(eq(refunds.id, id));
  return refund && { payment, refund };
}

function wordsFor(error: unknown): unknown {
  if (!isStripeRefused(error)) return error;
  if (error.code === "charge_disputed")
    return new AppError("conflict", "The payer's bank disputes this payment. Nothing can be paid back while it does.");
  if (error.code === "charge_already_refunded")
    return new AppError("conflict", "All of this payment was paid back already.");
  return new AppError("conflict", "Stripe does not pay this back. Nothing was changed.", { cause: error });
}
