import { and, desc, eq, gte, ilike, lt, lte, or, sql } from "drizzle-orm";
import { type Ctx, type MemberActor, requireScope } from "@/lib/ctx";
import { disputes, lots, payments, refunds } from "@/lib/db/schema";
import { AppError, notFound } from "@/lib/errors";
import { type Id, isId } from "@/lib/ids";
import { dollars, micros, toDecimal, toWire } from "@/lib/money";
import { stripeMode } from "@/lib/stripe/target";
import type { PaymentRow } from "./internal";
import { refundableOf } from "./rules";
import type { FindPayment, ListPayments, Payment, PaymentDetail, PaymentPage, Refund } from "./schema";

/** What the account paid, or tried to, newest first. */
export async function listPayments(ctx: Ctx<MemberActor>, input: ListPayments): Promise<PaymentPage> {
  requireScope(ctx, "billing:read");
  const { limit, cursor, status, purpose, from, to, minAmount, maxAmount } = input;
  const rows = await ctx.db
    .select()
    .from(payments)
    .where(
      and(
        eq(payments.accountId, ctx.actor.accountId),
        cursor && lt(payments.id, cursor),
        status && eq(payments.state, status),
        purpose && eq(payments.purpose, purpose),
        from && gte(payments.createdAt, from),
        to && lt(payments.createdAt, to),
        minAmount === undefined ? undefined : gte(payments.price, dollars(minAmount)),
        maxAmount === undefined ? undefined : lte(payments.price, dollars(maxAmount)),
        saying(input.text),
      ),
    )
    .orderBy(desc(payments.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit).map(asPayment);
  return { payments: shown, nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
}

/** Of a search: the title, an id or the card. */
export function saying(text: string | undefined) {
  if (text === undefined) return undefined;
  const words = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  return or(
    ilike(payments.title, words),
    ilike(payments.id, words),
    ilike(payments.cardLast4, words),
    sql`${payments.intentId} = ${text}`,
  );
}

/** The automatic top-up that waits for somebody of the account, where there is one. */
export async function findWaitingTopUp(ctx: Ctx<MemberActor>): Promise<Payment["id"] | null> {
  requireScope(ctx, "billing:read");
  const [row] = await ctx.db
    .select({ id: payments.id })
    .from(payments)
    .where(and(eq(payments.accountId, ctx.actor.accountId), payments.isAutomatic, eq(payments.state, "open")))
    .limit(1);
  return row?.id ?? null;
}

/** One payment of the caller's account, with all that came after it. */
export async function getPayment(ctx: Ctx<MemberActor>, input: FindPayment): Promise<PaymentDetail> {
  requireScope(ctx, "billing:read");
  return detailOf(ctx, await readOwnPayment(ctx, input));
}

export async function detailOf({ db }: Ctx, payment: PaymentRow): Promise<PaymentDetail> {
  const [back, objections, brought] = await Promise.all([
    db.select().from(refunds).where(eq(refunds.paymentId, payment.id)).orderBy(refunds.id),
    db.select().from(disputes).where(eq(disputes.paymentId, payment.id)).orderBy(disputes.createdAt, disputes.id),
    db.select().from(lots).where(sql`${lots.transferId} = ${payment.transferId}`),
  ]);
  const paid = brought.find(({ kind }) => kind === "paid");
  return {
    ...asPayment(payment),
    refundable: toWire(paid ? refundableOf(payment, { paid, bonus: undefined }) : micros(0)),
    refunds: back.map(asRefund),
    disputes: objections.map(({ id, state, amount, reason, owed, dueAt, createdAt }) => ({
      ...{
        id,
        status: state,
        amount: Number(toDecimal(amount)),
        money: toWire(amount),
        reason,
        owed,
        dueAt,
        createdAt,
      },
    })),
  };
}

export const asRefund = (row: typeof refunds.$inferSelect): Refund => ({
  id: row.id,
  status: row.state,
  amount: Number(toDecimal(row.amount)),
  money: toWire(row.amount),
  credits: row.credits,
  bonusCredits: row.bonusCredits,
  reason: row.reason,
  createdAt: row.createdAt,
});

/** The caller's payment, by our id or by Stripe's. */
export async function readOwnPayment({ db, actor }: Ctx<MemberActor>, { paymentId }: FindPayment): Promise<PaymentRow> {
  const [row] = await db
    .select()
    .from(payments)
    .where(
      and(
        eq(payments.accountId, actor.accountId),
        isId("payment", paymentId) ? eq(payments.id, paymentId) : eq(payments.intentId, paymentId),
      ),
    );
  if (!row) throw notFound("Payment");
  return row;
}

/** What one Stripe was asked for, another has never heard of. */
export function refuseOtherStripe({ stripe }: PaymentRow): void {
  if (stripe === stripeMode()) return;
  const words = stripe === "live" ? "with real money" : "as a test";
  throw new AppError(
    "conflict",
    `This payment was begun ${words}, and this is not where it can go on. Begin another one.`,
  );
}

export const asPayment = (row: PaymentRow): Payment => ({
  id: row.id,
  paymentIntentId: row.intentId,
  status: row.state,
  purpose: row.purpose,
  packageId: row.packageId,
  title: row.title,
  credits: row.credits,
  bonusCredits: row.bonusCredits,
  amount: Number(toDecimal(row.price)),
  money: toWire(row.price),
  refunded: toWire(row.refunded),
  card: row.cardBrand !== null && row.cardLast4 !== null ? { brand: row.cardBrand, last4: row.cardLast4 } : null,
  failure: row.failure,
  createdAt: row.createdAt,
  settledAt: row.settledAt,
});

/** The transfer that a payment of the caller's account led to, which is its receipt. */
export async function getReceiptOf(ctx: Ctx<MemberActor>, input: FindPayment): Promise<Id<"transfer">> {
  requireScope(ctx, "billing:read");
  const { transferId } = await readOwnPayment(ctx, input);
  if (transferId === null) throw notFound("Receipt");
  return transferId;
}
