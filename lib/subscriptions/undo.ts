import { eq } from "drizzle-orm";
import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type MemberActor, requireScope } from "@/lib/ctx";
import { subscriptions } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import { planTitle } from "@/lib/plans/rules";
import { stripeRead, stripeWrite } from "@/lib/stripe/client";
import { isStripeRefused } from "@/lib/stripe/refusals";
import { attemptOf, planOf, readOwn, requireAction, type SubscriptionRow, stripeIdOf, watchOver } from "./internal";
import { lookAtSubscription } from "./look-at";
import { asSubscription } from "./queries";
import { releaseSchedule } from "./schedule";
import type { OneSubscription, WhichSubscription } from "./schema";

/** Takes back a cancellation, or a plan that would begin at the end of the period. It goes on as it is. */
export async function undoChange(
  ctx: Ctx<MemberActor>,
  input: WhichSubscription & { idempotencyKey?: string | undefined },
): Promise<OneSubscription> {
  requireScope(ctx, "billing:write");
  const row = await readOwn(ctx, input);
  requireAction(row, "undo");
  const attempt = attemptOf(input.idempotencyKey);
  await watchOver(ctx, row.id);
  if (row.cancelAt !== null) await keep(row, attempt);
  await releaseSchedule(row, attempt);
  await lookAtSubscription(ctx, stripeIdOf(row));
  return inTx(ctx, async (ctx) => {
    const detail = { plan: planTitle(planOf(row.planId)) };
    await recordAudit(ctx, { action: "subscription.kept", target: row.id, detail });
    const [after] = await ctx.db.select().from(subscriptions).where(eq(subscriptions.id, row.id));
    return { subscription: asSubscription(after ?? row, ctx.now) };
  });
}

/** The portal sets a date where our own pages set the end of the period; either is taken back. */
async function keep(row: SubscriptionRow, attempt: string): Promise<void> {
  const stripeId = stripeIdOf(row);
  const { cancel_at_period_end: ends } = await stripeRead((stripe) => stripe.subscriptions.retrieve(stripeId));
  try {
    await stripeWrite(`subscription:${row.id}:keep:${attempt}`, (stripe, options) =>
      stripe.subscriptions.update(stripeId, ends ? { cancel_at_period_end: false } : { cancel_at: "" }, options),
    );
  } catch (error) {
    if (!isStripeRefused(error)) throw error;
    throw new AppError("conflict", "This subscription has ended already.", { cause: error });
  }
}
