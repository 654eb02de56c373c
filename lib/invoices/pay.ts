import { recordAudit } from "@/lib/audit/record";
import { keptForCharging } from "@/lib/cards/queries";
import { type Ctx, inTx, type MemberActor, requireScope } from "@/lib/ctx";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { stripeRead, stripeWrite } from "@/lib/stripe/client";
import { asksThePayer, isStripeRefused } from "@/lib/stripe/refusals";
import { lookAtSubscription } from "@/lib/subscriptions/look-at";
import { type InvoiceRow, readOwn } from "./internal";
import { lookAtInvoice } from "./look-at";
import { getInvoice } from "./queries";
import type { InvoicePaid, OneInvoice } from "./schema";

/** Pays an open invoice with the default card, which its subscription is charged to from then on. */
export async function payInvoice(ctx: Ctx<MemberActor>, { id }: OneInvoice): Promise<InvoicePaid> {
  requireScope(ctx, "billing:write");
  const row = await readOwn(ctx, id);
  if (row.state === "paid") return { outcome: "paid", invoice: await getInvoice(ctx, { id }), confirm: null };
  if (row.state !== "open" && row.state !== "uncollectible")
    throw new AppError("conflict", "There is nothing to pay on this invoice.", { details: { status: row.state } });
  const card = await keptForCharging(ctx, row.accountId);
  const secret = card ? await charge(ctx, row, card.methodId) : await secretOf(row);
  await inTx(ctx, (ctx) =>
    recordAudit(ctx, { action: "invoice.pay_asked", target: id, detail: { number: row.number } }),
  );
  const invoice = await getInvoice(ctx, { id });
  if (secret === undefined) return { outcome: "paid", invoice, confirm: null };
  const publishableKey = env().STRIPE_PUBLISHABLE_KEY ?? null;
  return { outcome: "confirm", invoice, confirm: { kind: "payment", clientSecret: secret, publishableKey } };
}

/** Undefined where it is paid; else what the payer confirms. */
async function charge(ctx: Ctx<MemberActor>, row: InvoiceRow, method: string): Promise<string | undefined> {
  const subscription = await subscriptionOf(row);
  const attempt = newId("req");
  try {
    if (subscription)
      await stripeWrite(`invoice:${row.id}:card:${attempt}`, (stripe, options) =>
        stripe.subscriptions.update(subscription, { default_payment_method: method }, options),
      ).catch(ifEnded);
    await stripeWrite(`invoice:${row.id}:pay:${attempt}`, (stripe, options) =>
      stripe.invoices.pay(row.stripeId, { payment_method: method, off_session: false }, options),
    );
    return undefined;
  } catch (error) {
    if (asksThePayer(error)) return await secretOf(row);
    if (!isStripeRefused(error)) throw error;
    await lookAtInvoice(ctx, row.stripeId);
    // It was paid at this moment by somebody else.
    if ((await readOwn(ctx, row.id)).state === "paid") return undefined;
    throw new AppError("conflict", "Stripe did not take this payment. Nothing was charged.", { cause: error });
  } finally {
    await lookAtInvoice(ctx, row.stripeId);
    if (subscription) await lookAtSubscription(ctx, subscription);
  }
}

/** One that has ended takes no other card; what it left unpaid may be paid all the same. */
function ifEnded(error: unknown): void {
  if (!isStripeRefused(error)) throw error;
}

async function subscriptionOf({ stripeId }: InvoiceRow): Promise<string | undefined> {
  const { parent } = await stripeRead((stripe) => stripe.invoices.retrieve(stripeId));
  const subscription = parent?.subscription_details?.subscription;
  return typeof subscription === "string" ? subscription : subscription?.id;
}

async function secretOf({ stripeId }: InvoiceRow): Promise<string> {
  const { confirmation_secret } = await stripeRead((stripe) =>
    stripe.invoices.retrieve(stripeId, { expand: ["confirmation_secret"] }),
  );
  if (!confirmation_secret) throw new AppError("payment_method_required", "Save a card first, and pay with that.");
  return confirmation_secret.client_secret;
}
