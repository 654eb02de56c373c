import { eq } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import { keptForCharging } from "@/lib/cards/queries";
import { type Ctx, inTx, type MemberActor, requireScope } from "@/lib/ctx";
import { subscriptions } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import { planTitle } from "@/lib/plans/rules";
import { type Stripe, stripeRead, stripeWrite } from "@/lib/stripe/client";
import { asksThePayer, declineOf, isStripeRefused } from "@/lib/stripe/refusals";
import { toConfirm } from "./ask";
import { attemptOf, planOf, readOwn, requireAction, type SubscriptionRow, stripeIdOf, watchOver } from "./internal";
import { lookAtSubscription } from "./look-at";
import { asSubscription } from "./queries";
import type { PlanChanged, WhichSubscription } from "./schema";

/** Has a paused subscription go on, with a period that begins now. It gives nothing before the card has paid for that. */
export async function resumeSubscription(
  ctx: Ctx<MemberActor>,
  input: WhichSubscription & { idempotencyKey?: string | undefined },
): Promise<PlanChanged> {
  requireScope(ctx, "billing:write");
  const row = await readOwn(ctx, input);
  requireAction(row, "resume");
  const stripeId = stripeIdOf(row);
  const card = await keptForCharging(ctx, row.accountId);
  if (!card) throw new AppError("payment_method_required", "Save a card first. What follows is charged to it.");
  await watchOver(ctx, row.id);
  // Another card is another attempt, whatever the caller's key says.
  const how = { method: card.methodId, attempt: `${attemptOf(input.idempotencyKey)}:${card.methodId}` };
  try {
    const invoice = await goOn(row, how);
    if (invoice) await payOrStay(invoice, how);
  } finally {
    await lookAtSubscription(ctx, stripeId);
  }
  const made = await stripeRead((stripe) =>
    stripe.subscriptions.retrieve(stripeId, { expand: ["latest_invoice.confirmation_secret"] }),
  );
  const waits = made.status === "paused";
  const confirm = waits ? toConfirm(made, row) : null;
  if (waits && !confirm) throw new AppError("conflict", "Nothing was paid, so it stays paused. Try again.");
  return inTx(ctx, async (ctx) => {
    const detail = { plan: planTitle(planOf(row.planId)) };
    const action = confirm ? "subscription.resume_asked" : "subscription.resumed";
    await recordAudit(ctx, { action, target: row.id, detail });
    const [after] = await ctx.db.select().from(subscriptions).where(eq(subscriptions.id, row.id));
    return {
      outcome: confirm ? "confirm" : "changed",
      subscription: asSubscription(after ?? row, ctx.now),
      confirm,
    };
  });
}

type How = { method: string; attempt: string };

/** What is to be paid before it goes on. */
async function goOn(row: SubscriptionRow, { method, attempt }: How): Promise<string | undefined> {
  const stripeId = stripeIdOf(row);
  try {
    await stripeWrite(`subscription:${row.id}:card:${attempt}`, (stripe, options) =>
      stripe.subscriptions.update(stripeId, { default_payment_method: method }, options),
    );
    const { status, latest_invoice } = await stripeWrite(
      `subscription:${row.id}:resume:${attempt}`,
      (stripe, options) =>
        stripe.subscriptions.resume(
          stripeId,
          { billing_cycle_anchor: { type: "now" }, payment_behavior: "resume_on_payment_success" },
          options,
        ),
    );
    return status === "paused" ? idOf(latest_invoice) : undefined;
  } catch (error) {
    if (!isStripeRefused(error)) throw error;
    throw new AppError("conflict", "This subscription cannot go on as it stands.", { cause: error });
  }
}

/** A card that is refused leaves it paused, with nothing to pay. */
async function payOrStay(invoice: string, { method, attempt }: How): Promise<void> {
  try {
    await stripeWrite(`invoice:${invoice}:resumed:${attempt}`, (stripe, options) =>
      stripe.invoices.pay(invoice, { payment_method: method, off_session: false }, options),
    );
  } catch (error) {
    if (asksThePayer(error)) return;
    // It was paid at once, by what Stripe had to charge.
    if (isStripeRefused(error)) return;
    if (!declineOf(error)) throw error;
    await stripeWrite(`invoice:${invoice}:dropped`, (stripe, options) =>
      stripe.invoices.voidInvoice(invoice, {}, options),
    );
    throw error;
  }
}

const idOf = (invoice: Stripe.Subscription["latest_invoice"]): string | undefined =>
  typeof invoice === "string" ? invoice : invoice?.id;
