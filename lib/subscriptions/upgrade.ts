import type { Ctx } from "@/lib/ctx";
import { env } from "@/lib/env";
import { AppError, type ErrorCode, isAppError } from "@/lib/errors";
import { failpoint } from "@/lib/failpoints";
import { type Stripe, stripeRead, stripeWrite } from "@/lib/stripe/client";
import { isStripeRefused } from "@/lib/stripe/refusals";
import type { Choice } from "./choose";
import { planOf, type SubscriptionRow, stripeIdOf } from "./internal";
import { lookAtSubscription } from "./look-at";
import { promotion, stripePrice } from "./prices";
import { releaseSchedule, schedulePlan } from "./schedule";
import type { ToConfirm } from "./schema";

type Terms = { prorationAt: Date; code: string | undefined; attempt: string };

/**
 * Changes the plan now and charges for it now. Stripe holds the change back until it is paid. Where it is refused all is
 * as it was, and what was to follow follows.
 */
export async function upgrade(ctx: Ctx, choice: Choice, terms: Terms): Promise<ToConfirm> {
  const { row, plan, interval } = choice;
  const stripeId = stripeIdOf(row);
  const [price, discounts] = await Promise.all([stripePrice(plan, interval), promotion(terms.code)]);
  await releaseSchedule(row, terms.attempt);
  try {
    const subscription = await ask(row, { price, discounts }, terms);
    failpoint("subscription.changed");
    return subscription.pending_update ? await unpaid(subscription, terms) : null;
  } catch (error) {
    if (isAppError(error) && REFUSED.includes(error.code)) await followAgain(ctx, choice, terms.attempt);
    throw error;
  } finally {
    await lookAtSubscription(ctx, stripeId);
  }
}

const REFUSED: ErrorCode[] = ["card_declined", "quote_expired", "conflict"];

/** A change that was to come at the end of the period made way for this one, which came to nothing. */
async function followAgain(ctx: Ctx, { row, ...choice }: Choice, attempt: string): Promise<void> {
  const { nextPlanId, nextInterval } = row;
  if (nextPlanId === null || nextInterval === null) return;
  const next = { ...choice, row, plan: planOf(nextPlanId), interval: nextInterval };
  await schedulePlan(ctx, next, `${attempt}:again`);
}

type Bought = { price: string; discounts: Awaited<ReturnType<typeof promotion>> };

async function ask(
  row: SubscriptionRow,
  { price, discounts }: Bought,
  { prorationAt, attempt }: Terms,
): Promise<Stripe.Subscription> {
  try {
    return await stripeWrite(`subscription:${row.id}:change:${attempt}`, (stripe, options) =>
      stripe.subscriptions.update(
        stripeIdOf(row),
        {
          items: [{ ...(row.itemId !== null && { id: row.itemId }), price }],
          ...discounts,
          proration_behavior: "always_invoice",
          ...(row.state !== "trialing" && { proration_date: prorationAt.getTime() / 1_000 }),
          payment_behavior: "pending_if_incomplete",
        },
        options,
      ),
    );
  } catch (error) {
    if (!isStripeRefused(error)) throw error;
    if (error.param === "proration_date")
      throw new AppError("quote_expired", "What this costs has changed meanwhile. Look at it again.", { cause: error });
    if (isStripeRefused(error, "idempotency_error"))
      throw new AppError("outcome_unknown", "This change was asked for a moment ago. It is being looked up.", {
        retryAfterSeconds: 5,
        cause: error,
      });
    throw new AppError("conflict", "Stripe did not take this change. Nothing was charged.", { cause: error });
  }
}

/** The bank asks, or no card is known: the payer confirms. A card that was refused ends it, and the plan is as it was. */
async function unpaid({ latest_invoice }: Stripe.Subscription, { attempt }: Terms): Promise<ToConfirm> {
  const id = typeof latest_invoice === "string" ? latest_invoice : (latest_invoice?.id ?? "");
  const invoice = await stripeRead((stripe) =>
    stripe.invoices.retrieve(id, { expand: ["confirmation_secret", "payments.data.payment.payment_intent"] }),
  );
  const intent = invoice.payments?.data[0]?.payment.payment_intent;
  const trouble = intent && typeof intent !== "string" ? intent.last_payment_error : null;
  const asks = intent && typeof intent !== "string" && intent.status === "requires_action";
  const clientSecret = invoice.confirmation_secret?.client_secret;
  if (clientSecret && (asks || !trouble))
    return { kind: "payment", clientSecret, publishableKey: env().STRIPE_PUBLISHABLE_KEY ?? null };
  if (!(await drop(id, attempt))) return null;
  throw new AppError("card_declined", trouble?.message ?? "The card was refused. The plan is as it was.", {
    details: { stripeCode: trouble?.code ?? null, ...(trouble?.decline_code && { declineCode: trouble.decline_code }) },
  });
}

/** The change is held back no longer. Says no where it was paid at this moment. */
async function drop(id: string, attempt: string): Promise<boolean> {
  try {
    await stripeWrite(`invoice:${id}:void:${attempt}`, (stripe, options) =>
      stripe.invoices.voidInvoice(id, {}, options),
    );
    return true;
  } catch (error) {
    if (!isStripeRefused(error)) throw error;
    return false;
  }
}
