import { and, eq, gt, lte, notInArray } from "drizzle-orm";
import type { Ctx, TxCtx } from "@/lib/ctx";
import { entitlementGrants, planVersions, subscriptions } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import { featuresOf, isInForce, monthAround } from "./rules";
import { type RoomsEntitlement, RoomsFeatures, RoomsPlanFeatures } from "./schema";

/** What an account may use of rooms now: what its subscription holds, or without one what an operator granted. */
export async function entitlementsOf(ctx: Ctx, accountId: Id<"account">): Promise<RoomsEntitlement | undefined> {
  const [held] = await subscribed(ctx, accountId);
  const [grant] = inForce(held, ctx.now) ? [] : await grantOf(ctx, accountId);
  return held && inForce(held, ctx.now) ? ofSubscription(held, ctx.now) : grant && ofGrant(grant);
}

/** The same, held until this transaction ends: what is counted against it is counted by one at a time. */
export async function lockEntitlements(ctx: TxCtx, accountId: Id<"account">): Promise<RoomsEntitlement | undefined> {
  const [held] = await subscribed(ctx, accountId).for("no key update", { of: subscriptions });
  if (held && inForce(held, ctx.now)) return ofSubscription(held, ctx.now);
  const [grant] = await grantOf(ctx, accountId).for("no key update");
  return grant && ofGrant(grant);
}

/** All that the version of the plan holds which an account has taken up, where it is in force. */
export async function planInForce(ctx: Ctx, accountId: Id<"account">): Promise<RoomsPlanFeatures | undefined> {
  const [held] = await subscribed(ctx, accountId);
  return held && inForce(held, ctx.now) ? RoomsPlanFeatures.parse(held.features) : undefined;
}

const OVER = ["canceled", "expired", "refused"] as const;

const subscribed = ({ db }: Ctx, accountId: Id<"account">) =>
  db
    .select({
      state: subscriptions.state,
      pastDueAt: subscriptions.pastDueAt,
      cancelAt: subscriptions.cancelAt,
      anchorAt: subscriptions.anchorAt,
      features: planVersions.features,
    })
    .from(subscriptions)
    .innerJoin(
      planVersions,
      and(eq(planVersions.planId, subscriptions.planId), eq(planVersions.version, subscriptions.planVersion)),
    )
    .where(
      and(
        eq(subscriptions.accountId, accountId),
        eq(subscriptions.family, "rooms"),
        notInArray(subscriptions.state, [...OVER]),
      ),
    );

type Held = Awaited<ReturnType<typeof subscribed>>[number];

const inForce = (held: Held | undefined, now: Date): boolean =>
  held !== undefined && held.anchorAt !== null && isInForce(held, now);

const ofSubscription = ({ features, anchorAt }: Held, now: Date): RoomsEntitlement => ({
  ...featuresOf(RoomsPlanFeatures.parse(features)),
  period: monthAround(anchorAt ?? now, now),
});

const grantOf = (ctx: Ctx, accountId: Id<"account">) =>
  ctx.db
    .select()
    .from(entitlementGrants)
    .where(
      and(
        eq(entitlementGrants.accountId, accountId),
        eq(entitlementGrants.family, "rooms"),
        lte(entitlementGrants.periodStart, ctx.now),
        gt(entitlementGrants.periodEnd, ctx.now),
      ),
    );

const ofGrant = ({ features, periodStart, periodEnd }: typeof entitlementGrants.$inferSelect): RoomsEntitlement => ({
  ...RoomsFeatures.parse(features),
  period: { start: periodStart, end: periodEnd },
});
