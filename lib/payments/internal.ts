import { type AnyColumn, and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Ctx, TxCtx } from "@/lib/ctx";
import { accounts, lots, payments, pots, refunds } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import { postTransfer } from "@/lib/ledger/post";
import type { Posted } from "@/lib/ledger/schema";
import type { Micros } from "@/lib/money";
import { stripeMode } from "@/lib/stripe/target";
import { type Brought, nextLookMs, type Part } from "./rules";

export type PaymentRow = typeof payments.$inferSelect;

/** Locks a payment, so that everybody who learns something about it takes turns. */
export async function lockPayment(ctx: TxCtx, which: SQL | undefined): Promise<PaymentRow | undefined> {
  const [row] = await ctx.db
    .select()
    .from(payments)
    .where(and(which, eq(payments.stripe, stripeMode())))
    .for("update");
  return row;
}

/** The payment that the row of another one's intent, or the word on the intent itself, leads to. */
export async function lockPaymentOf(
  ctx: TxCtx,
  { intentId, paymentId }: { intentId: string; paymentId: Id<"payment"> | undefined },
): Promise<PaymentRow | undefined> {
  const known = await lockPayment(ctx, eq(payments.intentId, intentId));
  if (known || !paymentId) return known;
  // Stripe was faster than our own note of what it answered.
  const named = await lockPayment(ctx, eq(payments.id, paymentId));
  if (!named || named.intentId !== null) return undefined;
  await change(ctx, named.id, { intentId });
  return { ...named, intentId };
}

/** Locks what an account may spend and owes, for whoever judges both of its pots. */
export async function lockSpending({ db }: TxCtx, accountId: Id<"account">): Promise<void> {
  // A lock that leaves alone whoever only refers to the account.
  await db.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, accountId)).for("no key update");
}

/** The lots that a payment brought, and what is left in them, under the lock of their pot. */
export async function lockBrought({ db }: TxCtx, { id, accountId, purpose, transferId }: PaymentRow): Promise<Brought> {
  await db
    .select({ kind: pots.kind })
    .from(pots)
    .where(and(eq(pots.accountId, accountId), eq(pots.kind, purpose)))
    .for("update");
  const rows = await db
    .select({ id: lots.id, kind: lots.kind, amount: lots.amount, remaining: lots.remaining })
    .from(lots)
    .where(sql`${lots.transferId} = ${transferId}`);
  const paid = rows.find(({ kind }) => kind === "paid");
  if (!paid) throw new Error(`${id} has brought nothing`);
  return { paid, bonus: rows.find(({ kind }) => kind === "bonus") };
}

/** What the refunds of a payment have taken, those left out that came to nothing. */
export async function takenByRefunds({ db }: TxCtx, paymentId: Id<"payment">): Promise<Part> {
  const [row] = await db
    .select({
      paid: sql<number>`coalesce(sum(${refunds.credits}), 0)::float8`,
      bonus: sql<number>`coalesce(sum(${refunds.bonusCredits}), 0)::float8`,
    })
    .from(refunds)
    .where(and(eq(refunds.paymentId, paymentId), isNull(refunds.undoneBy)));
  return row ?? { paid: 0, bonus: 0 };
}

/** Takes a part out of just the lots that the payment brought. */
export const legOut = (
  { accountId, purpose }: Pick<PaymentRow, "accountId" | "purpose">,
  { paid, bonus }: Brought,
  part: Part,
) => ({
  account: accountId,
  pot: purpose,
  amount: -(part.paid + part.bonus),
  lots: [
    ...(part.paid > 0 ? [{ id: paid.id, amount: part.paid }] : []),
    ...(bonus && part.bonus > 0 ? [{ id: bonus.id, amount: part.bonus }] : []),
  ],
});

type Fee = { cause: string; fee: Micros; detail: Record<string, unknown> };

/** What Stripe took for itself, or gave back of it. */
export const postFee = (ctx: TxCtx, { cause, fee, detail }: Fee): Promise<Posted> =>
  postTransfer(ctx, {
    cause,
    kind: "payment.fee",
    legs: [
      { pot: "stripe", amount: fee },
      { pot: "cost_fees", amount: -fee },
    ],
    detail,
  });

type Change = Partial<Omit<PaymentRow, "id" | "accountId" | "lookAt">> & { lookAt?: SQL | null };

export async function change({ db }: Ctx, id: Id<"payment">, facts: Change): Promise<void> {
  await db.update(payments).set(facts).where(eq(payments.id, id));
}

/** When to ask Stripe again after so many looks, by the clock that nothing moves. */
export const lookAgain = (looks: number): SQL =>
  sql`clock_timestamp() + make_interval(secs => ${nextLookMs(looks) / 1_000})`;

/** Whether Stripe may have forgotten by now what it was asked to do, so that asking again could do it twice. */
export const isForgotten = (askedAt: AnyColumn): SQL<boolean> =>
  sql<boolean>`${askedAt} < clock_timestamp() - interval '23 hours'`;
