import { and, eq, isNull } from "drizzle-orm";
import { type Ctx, inTx, type TxCtx } from "@/lib/ctx";
import { elapsedNow } from "@/lib/db/client";
import { subscriptions } from "@/lib/db/schema";
import { env } from "@/lib/env";
import { AppError, invalid } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { priceOf } from "@/lib/plans/rules";
import { type Stripe, stripeRead, stripeWrite } from "@/lib/stripe/client";
import { isStripeRefused } from "@/lib/stripe/refusals";
import { withCustomer } from "@/lib/stripe-customers/with-customer";
import { closePage } from "./close-page";
import { change, lockSubscription, planOf, type SubscriptionRow } from "./internal";
import { promotion, stripePrice } from "./prices";
import { isOver } from "./rules";
import type { ToConfirm } from "./schema";

const TO_PAY = ["latest_invoice.confirmation_secret", "pending_setup_intent"];

/** The subscription that Stripe has for a row of ours, or makes now. There is never a second. */
export async function askForSubscription(ctx: Ctx, row: SubscriptionRow): Promise<Stripe.Subscription> {
  const stripeId = row.stripeId ?? (await takeRow(ctx, row));
  if (stripeId !== undefined)
    return stripeRead((stripe) => stripe.subscriptions.retrieve(stripeId, { expand: TO_PAY }));
  try {
    return await withCustomer(ctx, row.accountId, (customer, again) => create(row, customer, `begun${again}`));
  } catch (error) {
    if (!isStripeRefused(error)) throw error;
    await inTx(ctx, (ctx) => refuse(ctx, row));
    throw row.promotionCode === null
      ? new AppError("conflict", "This subscription could not be set up.", { cause: error })
      : invalid({ promotionCode: "This code cannot be used for this plan." });
  }
}

const MOST_TRIES = 5;

/**
 * A row is paid in one way: the page that is open for it closes before Stripe is asked, and none opens after. Answers
 * what it became, where it was paid there.
 */
async function takeRow(ctx: Ctx, row: SubscriptionRow): Promise<string | undefined> {
  let seen = row;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const paid = await closePage(seen);
    if (paid !== undefined) return paid;
    const { id, checkoutId } = seen;
    const still = await inTx(ctx, async (ctx) => {
      const still = await lockSubscription(ctx, eq(subscriptions.id, id));
      if (still?.state === "new" && still.checkoutId === checkoutId) await noteAsking(ctx, still);
      return still;
    });
    if (!still || isOver(still.state)) throw givenUp(id);
    if (still.stripeId !== null) return still.stripeId;
    if (still.checkoutId === checkoutId) return undefined;
    seen = still;
  }
  throw new AppError("conflict", "Somebody else pays for this subscription at this moment. Try again.");
}

async function noteAsking({ db }: TxCtx, { id, wasAsked }: SubscriptionRow): Promise<void> {
  if (wasAsked) return;
  await db
    .update(subscriptions)
    .set({ wasAsked: true, checkoutId: null, askedAt: elapsedNow })
    .where(eq(subscriptions.id, id));
}

async function refuse(ctx: TxCtx, { id }: SubscriptionRow): Promise<void> {
  const still = await lockSubscription(ctx, and(eq(subscriptions.id, id), isNull(subscriptions.stripeId)));
  if (still?.state === "new") await change(ctx, id, { state: "refused", lookAt: null });
}

export const givenUp = (subscriptionId: Id<"subscription">) =>
  new AppError("conflict", "This subscription was given up meanwhile. Begin again, where it is still wanted.", {
    details: { subscriptionId },
  });

async function create(row: SubscriptionRow, customer: string, what: string): Promise<Stripe.Subscription> {
  const plan = planOf(row.planId);
  const [price, discounts] = await Promise.all([stripePrice(plan, row.interval), promotion(row.promotionCode)]);
  return stripeWrite(`subscription:${row.id}:${what}`, (stripe, options) =>
    stripe.subscriptions.create(
      {
        customer,
        items: [{ price }],
        payment_behavior: "default_incomplete",
        payment_settings: { save_default_payment_method: "on_subscription" },
        ...discounts,
        ...trialOf(row),
        metadata: metadataOf(row),
        expand: TO_PAY,
      },
      options,
    ),
  );
}

export const metadataOf = ({ id, accountId, family }: SubscriptionRow) => ({
  ...{ subscription: id, account: accountId, family },
});

/** Who has given no card when a trial ends is not charged and not thrown out: it pauses. */
export const trialOf = ({ trialDays }: SubscriptionRow) =>
  trialDays === 0
    ? {}
    : {
        trial_period_days: trialDays,
        trial_settings: { end_behavior: { missing_payment_method: "pause" as const } },
      };

/** What the browser confirms: the first payment, or a card for later ones. What costs nothing needs neither. */
export function toConfirm(
  { latest_invoice, pending_setup_intent }: Stripe.Subscription,
  row: SubscriptionRow,
): ToConfirm {
  const publishableKey = env().STRIPE_PUBLISHABLE_KEY ?? null;
  const invoice = typeof latest_invoice === "string" ? null : latest_invoice;
  const payment = invoice?.status === "open" ? invoice.confirmation_secret?.client_secret : undefined;
  if (payment) return { kind: "payment", clientSecret: payment, publishableKey };
  const setup = typeof pending_setup_intent === "string" ? null : pending_setup_intent;
  const isFree = priceOf(planOf(row.planId), row.interval) === 0 && row.family !== "gateway";
  if (!setup?.client_secret || isFree) return null;
  return { kind: "setup", clientSecret: setup.client_secret, publishableKey };
}
