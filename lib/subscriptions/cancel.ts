import { eq } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type MemberActor, requireScope } from "@/lib/ctx";
import { subscriptions } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import { failpoint } from "@/lib/failpoints";
import { planTitle } from "@/lib/plans/rules";
import { type Stripe, stripeWrite } from "@/lib/stripe/client";
import { isStripeRefused } from "@/lib/stripe/refusals";
import { abandon } from "./abandon";
import { finishEnd } from "./finish-end";
import { attemptOf, planOf, readOwn, requireAction, type SubscriptionRow, stripeIdOf, watchOver } from "./internal";
import { lookAtSubscription } from "./look-at";
import { asSubscription } from "./queries";
import { actionsOn, billsPastUse, isOver } from "./rules";
import { releaseSchedule } from "./schedule";
import type { CancelSubscription, OneSubscription } from "./schema";

/**
 * Ends a subscription where what is paid for ends, or now. One that gives nothing ends now in any case. Nothing is paid
 * back for the rest of a period, and what is still unpaid is not asked for any more, unless it is for use that was had.
 */
export async function cancelSubscription(
  ctx: Ctx<MemberActor>,
  input: CancelSubscription & { idempotencyKey?: string | undefined },
): Promise<OneSubscription> {
  requireScope(ctx, "billing:cancel");
  const row = await readOwn(ctx, input);
  const attempt = attemptOf(input.idempotencyKey);
  const waits = input.when === "period_end" && !isGivingNothing(row);
  requireAction(row, waits ? "cancel" : "cancel_now");
  if (row.state === "new" || row.state === "incomplete") await abandon(ctx, row);
  else await (waits ? endLater : endNow)(ctx, row, { input, attempt });
  return inTx(ctx, async (ctx) => {
    const [after] = await ctx.db.select().from(subscriptions).where(eq(subscriptions.id, row.id));
    if (after && !isOver(after.state) && after.cancelAt === null) throw goesOn(after);
    const detail = { plan: planTitle(planOf(row.planId)), when: waits ? "period_end" : "now" };
    await recordAudit(ctx, { action: "subscription.cancelled", target: row.id, detail });
    return { subscription: asSubscription(after ?? row, ctx.now) };
  });
}

const goesOn = ({ id, state }: SubscriptionRow) =>
  new AppError("conflict", "This subscription was paid a moment ago, and goes on. Cancel it again to end it.", {
    details: { subscriptionId: id, status: state },
  });

const isGivingNothing = (row: SubscriptionRow): boolean =>
  row.cancelAt === null && actionsOn(row).includes("cancel_now") && !actionsOn(row).includes("cancel");

type How = { input: CancelSubscription; attempt: string };

async function endLater(ctx: Ctx, row: SubscriptionRow, { input, attempt }: How): Promise<void> {
  const stripeId = stripeIdOf(row);
  await watchOver(ctx, row.id);
  await releaseSchedule(row, attempt);
  await refusing(() =>
    stripeWrite(`subscription:${row.id}:cancel:${attempt}`, (stripe, options) =>
      stripe.subscriptions.update(stripeId, { cancel_at_period_end: true, ...reasons(input) }, options),
    ),
  );
  await lookAtSubscription(ctx, stripeId);
}

async function endNow(ctx: Ctx, row: SubscriptionRow, { input, attempt }: How): Promise<void> {
  const stripeId = stripeIdOf(row);
  await watchOver(ctx, row.id);
  // What was used and is billed by use would be lost otherwise.
  const billsUse = billsPastUse(row) && { invoice_now: true };
  await refusing(() =>
    stripeWrite(`subscription:${row.id}:end:${attempt}`, (stripe, options) =>
      stripe.subscriptions.cancel(stripeId, { ...reasons(input), ...billsUse }, options),
    ),
  );
  failpoint("subscription.ended");
  await lookAtSubscription(ctx, stripeId);
  await finishEnd(ctx, row.id);
}

/** It ended at Stripe before we heard of it. */
async function refusing(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!isStripeRefused(error)) throw error;
    throw new AppError("conflict", "Stripe did not take this. The subscription may have ended already.", {
      cause: error,
    });
  }
}

const reasons = ({
  reason,
  comment,
}: CancelSubscription): Pick<Stripe.SubscriptionUpdateParams, "cancellation_details"> =>
  reason === undefined && comment === undefined
    ? {}
    : { cancellation_details: { ...(reason && { feedback: reason }), ...(comment && { comment }) } };
