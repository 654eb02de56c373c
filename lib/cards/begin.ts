import { type Ctx, type MemberActor, requireScope, requireUser } from "@/lib/ctx";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { stripeWrite } from "@/lib/stripe/client";
import { withCustomer } from "@/lib/stripe-customers/with-customer";
import { keptBy, mostCards } from "./internal";
import type { CardSetup } from "./schema";

/** Begins to save a card, for payments that nobody sits beside. Nothing is charged. */
export async function beginCard(ctx: Ctx<MemberActor>): Promise<CardSetup> {
  requireScope(ctx, "billing:write");
  requireUser(ctx);
  const { accountId } = ctx.actor;
  if ((await keptBy(ctx, accountId)).length >= mostCards)
    throw new AppError("conflict", `An account keeps ${mostCards} cards at most. Remove one first.`);
  const id = newId("card");
  const intent = await withCustomer(ctx, accountId, (customer, again) =>
    stripeWrite(`card:${id}:begun${again}`, (stripe, options) =>
      stripe.setupIntents.create(
        {
          customer,
          usage: "off_session",
          automatic_payment_methods: { enabled: true },
          metadata: { account: accountId },
        },
        options,
      ),
    ),
  );
  if (!intent.client_secret) throw new Error(`The intent ${intent.id} has no client secret`);
  return {
    setupIntentId: intent.id,
    clientSecret: intent.client_secret,
    publishableKey: env().STRIPE_PUBLISHABLE_KEY ?? null,
  };
}
