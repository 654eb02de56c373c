import { and, asc, desc, eq, ilike, inArray, isNotNull, lt, sql } from "drizzle-orm";
import { type Ctx, requireStaff } from "@/lib/ctx";
import { accounts, disputes, lots, payments, refunds } from "@/lib/db/schema";
import { notFound } from "@/lib/errors";
import { type Id, isId } from "@/lib/ids";
import { micros } from "@/lib/money";
import { saying } from "./queries";
import { type Brought, refundableOf } from "./rules";
import type { ListAllPayments } from "./staff-schema";

const MOST_UNKNOWN = 50;

const listed = {
  id: payments.id,
  title: payments.title,
  state: payments.state,
  price: payments.price,
  refunded: payments.refunded,
  createdAt: payments.createdAt,
  accountId: payments.accountId,
  accountName: accounts.name,
};

/** What anybody paid, or tried to, newest first, for staff. */
export async function listAllPayments(ctx: Ctx, { limit, cursor, status, account, text }: ListAllPayments) {
  requireStaff(ctx);
  const rows = await ctx.db
    .select(listed)
    .from(payments)
    .innerJoin(accounts, eq(accounts.id, payments.accountId))
    .where(
      and(
        cursor && lt(payments.id, cursor),
        status && eq(payments.state, status),
        account === undefined ? undefined : ofAccount(account),
        saying(text),
      ),
    )
    .orderBy(desc(payments.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  return { payments: shown, nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
}

const ofAccount = (words: string) =>
  isId("account", words)
    ? eq(payments.accountId, words)
    : ilike(accounts.name, `%${words.replace(/[\\%_]/g, "\\$&")}%`);

/** One payment of anybody's, with everything that came after it and what a refund could take. */
export async function readAnyPayment(ctx: Ctx, id: Id<"payment">) {
  requireStaff(ctx);
  const [[found], back, objections] = await Promise.all([
    ctx.db
      .select({ payment: payments, accountName: accounts.name })
      .from(payments)
      .innerJoin(accounts, eq(accounts.id, payments.accountId))
      .where(eq(payments.id, id)),
    ctx.db.select().from(refunds).where(eq(refunds.paymentId, id)).orderBy(refunds.id),
    ctx.db.select().from(disputes).where(eq(disputes.paymentId, id)).orderBy(disputes.createdAt, disputes.id),
  ]);
  if (!found) throw notFound("Payment");
  const brought = await broughtBy(ctx, found.payment.transferId);
  const refundable = brought ? refundableOf(found.payment, brought) : micros(0);
  return { ...found, brought, refundable, refunds: back, disputes: objections };
}

/** What a payment's lots have left, as they stand; nothing before it was made. */
async function broughtBy({ db }: Ctx, transferId: Id<"transfer"> | null): Promise<Brought | undefined> {
  const rows = await db
    .select({ id: lots.id, kind: lots.kind, amount: lots.amount, remaining: lots.remaining })
    .from(lots)
    .where(sql`${lots.transferId} = ${transferId}`);
  const paid = rows.find(({ kind }) => kind === "paid");
  return paid && { paid, bonus: rows.find(({ kind }) => kind === "bonus") };
}

/** Payments and refunds whose end nobody knows yet, the longest waiting first. They are asked about by themselves. */
export async function listUnknown(ctx: Ctx) {
  requireStaff(ctx);
  const [pending, back] = await Promise.all([
    ctx.db
      .select({ ...listed, lookAt: payments.lookAt, looks: payments.looks })
      .from(payments)
      .innerJoin(accounts, eq(accounts.id, payments.accountId))
      .where(and(isNotNull(payments.lookAt), inArray(payments.state, ["new", "unknown", "processing"])))
      .orderBy(asc(payments.id))
      .limit(MOST_UNKNOWN),
    ctx.db
      .select({ ...listed, id: refunds.id, paymentId: payments.id, state: refunds.state, price: refunds.amount })
      .from(refunds)
      .innerJoin(payments, eq(payments.id, refunds.paymentId))
      .innerJoin(accounts, eq(accounts.id, refunds.accountId))
      .where(and(isNotNull(refunds.lookAt), inArray(refunds.state, ["new", "unknown", "pending"])))
      .orderBy(asc(refunds.id))
      .limit(MOST_UNKNOWN),
  ]);
  return { payments: pending, refunds: back };
}
