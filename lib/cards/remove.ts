import { type Ctx, type MemberActor, requireScope, requireUser } from "@/lib/ctx";
import { stripeWrite } from "@/lib/stripe/client";
import { isStripeRefused } from "@/lib/stripe/refusals";
import { readCard } from "./internal";
import { lookAtCard } from "./look-at";
import { listCards } from "./queries";
import type { Cards, OneCard } from "./schema";

/** Takes a card away, here and at Stripe. It can never be charged again; where it was the default, the newest other one is. */
export async function removeCard(ctx: Ctx<MemberActor>, { id }: OneCard): Promise<Cards> {
  requireScope(ctx, "billing:write");
  requireUser(ctx);
  const { methodId } = await readCard(ctx, ctx.actor.accountId, id);
  try {
    await stripeWrite(`card:${id}:removed`, (stripe, options) => stripe.paymentMethods.detach(methodId, {}, options));
  } catch (error) {
    // It was taken away at Stripe already; what is left is to write that down.
    if (!isStripeRefused(error)) throw error;
  }
  await lookAtCard(ctx, methodId);
  return listCards(ctx);
}
