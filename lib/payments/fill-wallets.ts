import { recordAudit } from "@/lib/audit/record";
import { keptForCharging } from "@/lib/cards/queries";
import { cardName } from "@/lib/cards/rules";
import { type Ctx, inTx, type SystemActor, type TxCtx } from "@/lib/ctx";
import { payments } from "@/lib/db/schema";
import { failpoint } from "@/lib/failpoints";
import { type Id, newId } from "@/lib/ids";
import { log } from "@/lib/log";
import { add, type Micros, micros } from "@/lib/money";
import { announceChange } from "@/lib/outbox/announce";
import { declineOf, isStripeRefused } from "@/lib/stripe/refusals";
import { stripeMode } from "@/lib/stripe/target";
import { findLowWallets } from "@/lib/wallet/find-low";
import { lowWallet } from "@/lib/wallet/lock-low";
import { pauseAutoTopUp } from "@/lib/wallet/pause";
import { lockSpending, lookAgain, type PaymentRow } from "./internal";
import { makeIntent } from "./make-intent";
import { settle } from "./settle";
import { stopFilling } from "./stop-filling";

/** Fills every wallet that is low and is to fill itself, once each, and stops where the bank says no. */
export async function fillWallets(ctx: Ctx<SystemActor>): Promise<number> {
  const low = await findLowWallets(ctx);
  for (const accountId of low) {
    try {
      await fillWallet(ctx, accountId);
    } catch (error) {
      log().warn({ err: error, account: accountId }, "a wallet could not be filled");
    }
  }
  return low.length;
}

async function fillWallet(ctx: Ctx<SystemActor>, accountId: Id<"account">): Promise<void> {
  const payment = await inTx(ctx, (ctx) => recordFilling(ctx, accountId));
  if (!payment) return;
  try {
    const { id } = await makeIntent(ctx, payment);
    await settle(ctx, id);
  } catch (error) {
    failpoint("filling.refused");
    const intentId = declineOf(error)?.paymentIntentId;
    if (intentId !== undefined) return void (await settle(ctx, intentId));
    // What Stripe does not even take to the bank is as good as declined.
    if (!isStripeRefused(error)) throw error;
    const message = "This payment method cannot be charged any more.";
    await inTx(ctx, (ctx) => stopFilling(ctx, { payment, message, needsOwner: false }));
  }
}

type Card = NonNullable<Awaited<ReturnType<typeof keptForCharging>>>;

/** Judged under the locks of the account and of its wallet's settings, so that two who find it low fill it once. */
async function recordFilling(ctx: TxCtx, accountId: Id<"account">): Promise<PaymentRow | undefined> {
  await lockSpending(ctx, accountId);
  const low = await lowWallet(ctx, accountId);
  if (!low) return undefined;
  const card = await keptForCharging(ctx, accountId);
  if (!card) {
    await pauseAutoTopUp(ctx, accountId, { why: "no_card", trouble: null, failedCard: null });
    return undefined;
  }
  if (add(low.filled, low.amount) > low.monthlyCap) {
    await pauseAutoTopUp(ctx, accountId, { why: "cap_reached", trouble: null, failedCard: card.id });
    return undefined;
  }
  return begin(ctx, { accountId, card, amount: low.amount });
}

type Begin = { accountId: Id<"account">; card: Card; amount: Micros };

async function begin(ctx: TxCtx, { accountId, card, amount }: Begin): Promise<PaymentRow | undefined> {
  const [made] = await ctx.db
    .insert(payments)
    .values({
      ...{ id: newId("payment"), accountId, purpose: "wallet", title: `Automatic top-up, ${cardName(card)}` },
      ...{ credits: 0, bonusCredits: 0, price: amount, refunded: micros(0) },
      ...{ isAutomatic: true, methodId: card.methodId, stripe: stripeMode() },
      ...{ createdAt: ctx.now, lookAt: lookAgain(0) },
    })
    .onConflictDoNothing()
    .returning();
  if (!made) return undefined;
  await recordAudit(ctx, {
    accountId,
    action: "payment.begun",
    target: made.id,
    detail: { title: made.title, price: made.price },
  });
  await announceChange(ctx, accountId, "payments");
  return made;
}
