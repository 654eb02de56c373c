import { createHash } from "node:crypto";
import { and, eq, getTableColumns } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type MemberActor, requireScope, type TxCtx } from "@/lib/ctx";
import { payments } from "@/lib/db/schema";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { failpoint } from "@/lib/failpoints";
import { newId } from "@/lib/ids";
import { micros, toDecimal, toWire } from "@/lib/money";
import { announceChange } from "@/lib/outbox/announce";
import type { Stripe } from "@/lib/stripe/client";
import { stripeMode } from "@/lib/stripe/target";
import { isForgotten, lookAgain, type PaymentRow } from "./internal";
import { makeIntent } from "./make-intent";
import { type Purchase, purchaseOf } from "./rules";
import type { CreateIntent, Intent } from "./schema";

/**
 * Begins a payment: our row first, then Stripe with the row as its cause, then what Stripe answered. A repeat with
 * the same key goes on where the first one stopped, so there is one intent however often it is asked for.
 */
export async function createIntent(
  ctx: Ctx<MemberActor>,
  { idempotencyKey, ...input }: CreateIntent & { idempotencyKey?: string | undefined },
): Promise<Intent> {
  requireScope(ctx, "billing:write");
  const purchase = purchaseOf(input);
  const payment = await inTx(ctx, (ctx) => recordPayment(ctx, purchase, idempotencyKey));
  failpoint("payment.recorded");
  return intentAnswer(payment, await makeIntent(ctx, payment));
}

/** What Stripe.js needs to take the payment. */
export function intentAnswer(payment: PaymentRow, intent: Stripe.PaymentIntent): Intent {
  if (!intent.client_secret) throw new Error(`The intent ${intent.id} has no client secret`);
  return {
    paymentId: payment.id,
    paymentIntentId: intent.id,
    clientSecret: intent.client_secret,
    publishableKey: env().STRIPE_PUBLISHABLE_KEY ?? null,
    status: intent.status,
    amount: Number(toDecimal(payment.price)),
    currency: "usd",
    money: toWire(payment.price),
    credits: payment.credits + payment.bonusCredits,
  };
}

async function recordPayment(
  ctx: TxCtx<MemberActor>,
  purchase: Purchase,
  idempotencyKey: string | undefined,
): Promise<PaymentRow> {
  const { accountId } = ctx.actor;
  const requestKey = idempotencyKey === undefined ? null : digest(idempotencyKey);
  const [made] = await ctx.db
    .insert(payments)
    .values({
      ...purchase,
      id: newId("payment"),
      accountId,
      requestKey,
      stripe: stripeMode(),
      refunded: micros(0),
      createdAt: ctx.now,
      lookAt: lookAgain(0),
    })
    .onConflictDoNothing()
    .returning();
  if (!made) return begunBefore(ctx, purchase, requestKey ?? "");

  await recordAudit(ctx, {
    action: "payment.begun",
    target: made.id,
    detail: { title: made.title, price: made.price },
  });
  await announceChange(ctx, accountId, "payments");
  return made;
}

async function begunBefore(
  { db, actor }: TxCtx<MemberActor>,
  purchase: Purchase,
  requestKey: string,
): Promise<PaymentRow> {
  const [row] = await db
    .select({ ...getTableColumns(payments), isForgotten: isForgotten(payments.askedAt) })
    .from(payments)
    .where(and(eq(payments.accountId, actor.accountId), eq(payments.requestKey, requestKey)));
  if (!row) throw new Error("A payment is neither there nor could it be written");
  const isSame = row.title === purchase.title && row.price === purchase.price && row.stripe === stripeMode();
  if (!isSame)
    throw new AppError("idempotency_mismatch", "This Idempotency-Key was already used with another request.");
  if (row.intentId === null && (row.isForgotten || row.state === "canceled"))
    throw new AppError("conflict", "This payment was given up. Begin another one.");
  return row;
}

const digest = (text: string) => createHash("sha256").update(text).digest("base64url");
