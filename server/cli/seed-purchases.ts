import { and, asc, eq } from "drizzle-orm";
import { lookAtCard } from "@/lib/cards/look-at";
import { keptForCharging } from "@/lib/cards/queries";
import { businessNow } from "@/lib/clock";
import type { Ctx, UserActor } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { accounts, logins, memberships, payments, users } from "@/lib/db/schema";
import { newId } from "@/lib/ids";
import { createIntent } from "@/lib/payments/create-intent";
import type { CreateIntent } from "@/lib/payments/schema";
import { settle } from "@/lib/payments/settle";
import { stripeWrite } from "@/lib/stripe/client";
import { ensureCustomer } from "@/lib/stripe-customers/ensure";
import { createSubscription } from "@/lib/subscriptions/create";
import { findSubscription } from "@/lib/subscriptions/queries";

const BOUGHT: readonly CreateIntent[] = [{ packageId: 2 }, { topUp: "50.00" }];

/** The company takes up a plan, buys credits, fills its wallet and keeps a card, by the same verbs that its owner's clicks call. Doing it again changes nothing. */
export async function seedPurchases(ownerEmail: string): Promise<void> {
  const owner = await ownerOfTeam(ownerEmail);
  if (!owner || (await hasBought(owner))) return;
  await keepCardOnce(owner);
  await subscribeOnce(owner);
  for (const [turn, what] of BOUGHT.entries()) await buyOnce(owner, what, `demo-purchase-${turn}`);
}

/** Its rooms are paid by the month. */
async function subscribeOnce(ctx: Ctx<UserActor>): Promise<void> {
  const { subscription } = await findSubscription(ctx, { family: "rooms" });
  if (subscription && subscription.standing !== "starting") return;
  const { confirm, subscription: begun } = await createSubscription(ctx, {
    ...{ planId: "professional", interval: "month", family: "rooms" },
  });
  if (confirm?.kind === "payment")
    await stripeWrite(`demo:${begun.id}`, (stripe, options) =>
      stripe.paymentIntents.confirm(
        confirm.clientSecret.replace(/_secret_.*$/, ""),
        { payment_method: "pm_card_visa", return_url: "http://localhost/" },
        options,
      ),
    );
}

async function buyOnce(ctx: Ctx<UserActor>, what: CreateIntent, idempotencyKey: string): Promise<void> {
  const { paymentId, paymentIntentId } = await createIntent(ctx, { ...what, idempotencyKey });
  const [payment] = await ctx.db.select({ state: payments.state }).from(payments).where(eq(payments.id, paymentId));
  if (payment?.state === "succeeded") return;
  await stripeWrite(`demo:${paymentId}`, (stripe, options) =>
    stripe.paymentIntents.confirm(
      paymentIntentId,
      { payment_method: "pm_card_visa", return_url: "http://localhost/" },
      options,
    ),
  );
  await settle(ctx, paymentIntentId);
}

async function hasBought({ db, actor }: Ctx<UserActor>): Promise<boolean> {
  const paid = and(eq(payments.accountId, actor.accountId), eq(payments.state, "succeeded"));
  return (await db.$count(payments, paid)) >= BOUGHT.length;
}

async function keepCardOnce(ctx: Ctx<UserActor>): Promise<void> {
  const { accountId } = ctx.actor;
  if (await keptForCharging(ctx, accountId)) return;
  const customer = await ensureCustomer(ctx, accountId);
  const { id } = await stripeWrite(`demo:${accountId}:card`, (stripe, options) =>
    stripe.paymentMethods.attach("pm_card_visa", { customer }, options),
  );
  await lookAtCard(ctx, id);
}

/** The owner of the demo company, acting for it. */
async function ownerOfTeam(email: string): Promise<Ctx<UserActor> | undefined> {
  const [found] = await db()
    .select({ userId: users.id, accountId: accounts.id, loginId: logins.id })
    .from(users)
    .innerJoin(memberships, and(eq(memberships.userId, users.id), eq(memberships.role, "owner")))
    .innerJoin(accounts, and(eq(accounts.id, memberships.accountId), eq(accounts.kind, "team")))
    .innerJoin(logins, eq(logins.userId, users.id))
    .where(eq(users.email, email))
    .orderBy(asc(logins.createdAt))
    .limit(1);
  return (
    found && {
      actor: { kind: "user", ...found, role: "owner", isStaff: false },
      db: db(),
      now: businessNow(),
      origin: { requestId: newId("req"), ip: null, userAgent: "demo data" },
    }
  );
}
