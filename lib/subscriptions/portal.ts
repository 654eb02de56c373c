import { type Ctx, type MemberActor, requireScope } from "@/lib/ctx";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { stripeWrite } from "@/lib/stripe/client";
import { findPortal } from "@/lib/stripe-catalogue/sync-portal";
import { withCustomer } from "@/lib/stripe-customers/with-customer";
import { returnTo } from "./return-url";
import type { OpenPortal, StripePage } from "./schema";

/** Opens Stripe's own page for cards, invoices and leaving. What is done there reaches us as events. */
export async function openPortal(ctx: Ctx<MemberActor>, input: OpenPortal): Promise<StripePage> {
  requireScope(ctx, "billing:portal");
  const return_url = returnTo(input.returnUrl);
  const configuration = await findPortal();
  if (!configuration)
    throw new AppError("unavailable", "The portal is not set up. The operator has to run the set-up of Stripe.");
  const attempt = newId("req");
  const { url } = await withCustomer(ctx, ctx.actor.accountId, (customer, again) =>
    stripeWrite(`portal:${attempt}${again}`, (stripe, options) =>
      stripe.billingPortal.sessions.create({ customer, return_url, configuration: configuration.id }, options),
    ),
  );
  return { url };
}
