import { eq } from "drizzle-orm";
import { type Ctx, type MemberActor, requireScope } from "@/lib/ctx";
import { subscriptions } from "@/lib/db/schema";
import { failpoint } from "@/lib/failpoints";
import { askForSubscription, givenUp, toConfirm } from "./ask";
import { claimRow, keyOf } from "./claim";
import { lookAtSubscription } from "./look-at";
import { choosePlan, promotion } from "./prices";
import { asSubscription } from "./queries";
import type { CreateSubscription, SubscriptionBegun } from "./schema";

/**
 * Begins a subscription: our row first, then Stripe with the row as its cause. It gives nothing before Stripe says that
 * it is paid. Asked for again before that, it is the same one.
 */
export async function createSubscription(
  ctx: Ctx<MemberActor>,
  {
    planId,
    interval,
    family = "rooms",
    promotionCode,
    idempotencyKey,
  }: CreateSubscription & {
    idempotencyKey?: string | undefined;
  },
): Promise<SubscriptionBegun> {
  requireScope(ctx, "billing:write");
  const plan = choosePlan(planId, family, interval);
  await promotion(promotionCode);
  const row = await claimRow(ctx, {
    ...{ plan, interval, promotionCode: promotionCode ?? null },
    requestKey: keyOf(idempotencyKey),
  });
  failpoint("subscription.recorded");
  const made = await askForSubscription(ctx, row);
  failpoint("subscription.made");
  const looked = await lookAtSubscription(ctx, made.id);
  if (looked === "surplus" || looked === "double") throw givenUp(row.id);
  const confirm = toConfirm(made, row);
  const [after] = await ctx.db.select().from(subscriptions).where(eq(subscriptions.id, row.id));
  return {
    subscription: asSubscription(after ?? row, ctx.now),
    confirm,
    clientSecret: confirm?.clientSecret ?? null,
  };
}
