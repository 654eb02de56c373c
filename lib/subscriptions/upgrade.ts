import type { Ctx } from "@/lib/ctx";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { failpoint } from "@/lib/failpoints";
import { type Stripe, stripeRead, stripeWrite } from "@/lib/stripe/client";
import { isStripeRefused } from "@/lib/stripe/refusals";
import type { Choice } from "./choose";
import { stripeIdOf } from "./internal";
import { lookAtSubscription } from "./look-at";
import { promotion, stripePrice } from "./prices";
import { releaseSchedule } from "./schedule";
import type { ToConfirm } from "./schema";

type Terms = { prorationAt: Date; code: string | undefined; attempt: string };

/** Changes the plan now and charges for it now. Stripe holds the change back until it is paid. */
export async function upgrade(ctx: Ctx, choice: Choice, terms: Terms): Promise<ToConfirm> {
  const { row } = choice;
  const stripeId = stripeIdOf(row);
  await releaseSchedule(row, terms.attempt);
  const subscription = await ask(choice, stripeId, terms);
  failpoint("subscription.changed");
  try {
    return subscription.pending_update ? await unpaid(subscription, terms) : null;
  } finally {
    await lookAtSubscription(ctx, stripeId);
  }
}

async function ask(
  { row, plan, interval }: Choice,
  stripeId: string,
  { prorationAt, code, attempt }: Terms,
): Promise<Stripe.Subscription> {
  const [price, discounts] = await Promise.all([stripePrice(plan, interval), promotion(code)]);
  try {
    return await stripeWrite(`subscription:${row.id}:change:${attempt}`, (stripe, options) =>
      stripe.subscriptions.update(
        stripeId,
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
  await stripeWrite(`invoice:${id}:void:${attempt}`, (stripe, options) => stripe.invoices.voidInvoice(id, {}, options));
  throw new AppError("card_declined", trouble?.message ?? "The card was refused. The plan is as it was.", {
    details: { stripeCode: trouble?.code ?? null, ...(trouble?.decline_code && { declineCode: trouble.decline_code }) },
  });
}
