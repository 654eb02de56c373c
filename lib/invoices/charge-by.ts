import { and, eq, inArray } from "drizzle-orm";
import { makeDefault } from "@/lib/cards/make-default";
import { keptForCharging } from "@/lib/cards/queries";
import type { Cards, OneCard } from "@/lib/cards/schema";
import type { Ctx, MemberActor } from "@/lib/ctx";
import { invoices, subscriptions } from "@/lib/db/schema";
import { type AppError, isAppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { log } from "@/lib/log";
import { stripeWrite } from "@/lib/stripe/client";
import { isStripeRefused } from "@/lib/stripe/refusals";
import { payInvoice } from "./pay";

const CHARGED = ["trialing", "active", "past_due", "unpaid", "paused"] as const;

/** Has a card charged from now on, for every plan, and at once for what is overdue. */
export async function chargeBy(ctx: Ctx<MemberActor>, input: OneCard): Promise<Cards> {
  const cards = await makeDefault(ctx, input);
  const card = await keptForCharging(ctx, ctx.actor.accountId);
  const trouble = card && (await pointPlansAt(ctx, card.methodId));
  for (const { id } of await overdue(ctx)) {
    // What the card does not pay stays open, and its page says why.
    await payInvoice(ctx, { id }).catch((error: unknown) => log().info({ err: error, invoice: id }, "not paid"));
  }
  if (trouble) throw trouble;
  return cards;
}

/** Each plan for itself. Answers what went wrong with the first that may still be asked again. */
async function pointPlansAt(ctx: Ctx<MemberActor>, method: string): Promise<AppError | undefined> {
  const charged = await ctx.db
    .select({ id: subscriptions.id, stripeId: subscriptions.stripeId })
    .from(subscriptions)
    .where(and(eq(subscriptions.accountId, ctx.actor.accountId), inArray(subscriptions.state, [...CHARGED])))
    .orderBy(subscriptions.id);
  const attempt = newId("req");
  let trouble: AppError | undefined;
  for (const { id, stripeId } of charged) {
    if (stripeId === null) continue;
    try {
      await stripeWrite(`subscription:${id}:card:${attempt}`, (stripe, options) =>
        stripe.subscriptions.update(stripeId, { default_payment_method: method }, options),
      );
    } catch (error) {
      if (isAppError(error)) trouble ??= error;
      // One that has ended takes no other card.
      else if (!isStripeRefused(error)) throw error;
    }
  }
  return trouble;
}

/** Nobody is charged for a plan that has ended. */
const overdue = ({ db, actor }: Ctx<MemberActor>) =>
  db
    .select({ id: invoices.id })
    .from(invoices)
    .innerJoin(subscriptions, eq(subscriptions.id, invoices.subscriptionId))
    .where(
      and(
        eq(invoices.accountId, actor.accountId),
        eq(invoices.state, "open"),
        eq(invoices.reason, "subscription_cycle"),
        inArray(subscriptions.state, [...CHARGED]),
      ),
    );
