import { type Ctx, type MemberActor, requireScope, requireUser } from "@/lib/ctx";
import { AppError, notFound } from "@/lib/errors";
import { type Stripe, stripeRead } from "@/lib/stripe/client";
import { isStripeRefused } from "@/lib/stripe/refusals";
import { accountOfCustomer } from "@/lib/stripe-customers/queries";
import { lookAtCard } from "./look-at";
import { listCards } from "./queries";
import type { Cards, KeepCard } from "./schema";

/** Writes down the card of a setup that the bank has agreed to. Saying so again changes nothing. */
export async function keepCard(ctx: Ctx<MemberActor>, { setupIntentId }: KeepCard): Promise<Cards> {
  requireScope(ctx, "billing:write");
  requireUser(ctx);
  const { status, customer, payment_method: method, last_setup_error: trouble } = await readSetup(setupIntentId);
  const owner = customer && (await accountOfCustomer(ctx, idOf(customer)));
  if (owner !== ctx.actor.accountId) throw notFound("Setup intent");
  if (status !== "succeeded" || !method)
    throw trouble?.message
      ? new AppError("card_declined", trouble.message, { details: { status } })
      : new AppError("conflict", "This card has not been confirmed yet.", { details: { status } });
  await lookAtCard(ctx, idOf(method));
  return listCards(ctx);
}

async function readSetup(id: string): Promise<Stripe.SetupIntent> {
  try {
    return await stripeRead((stripe) => stripe.setupIntents.retrieve(id));
  } catch (error) {
    throw isStripeRefused(error, "resource_missing") ? notFound("Setup intent") : error;
  }
}

const idOf = (one: string | { id: string }): string => (typeof one === "string" ? one : one.id);
