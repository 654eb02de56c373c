import { and, eq, isNull } from "drizzle-orm";
import { type Ctx, inTx, type MemberActor, requireScope, type TxCtx } from "@/lib/ctx";
import { subscriptions } from "@/lib/db/schema";
import { AppError } from "@/lib/errors";
import { type Stripe, stripeRead, stripeWrite } from "@/lib/stripe/client";
import { withCustomer } from "@/lib/stripe-customers/with-customer";
import { givenUp, metadataOf, trialOf } from "./ask";
import { claimRow, keyOf } from "./claim";
import { closePage } from "./close-page";
import { change, digest, lockSubscription, type SubscriptionRow } from "./internal";
import { choosePlan, promotion, stripePrice } from "./prices";
import { returnTo } from "./return-url";
import type { CreateCheckout, StripePage } from "./schema";

/** Opens a page of Stripe's on which a subscription is paid. Whoever comes back from it has nothing before Stripe says so. */
export async function createCheckout(
  ctx: Ctx<MemberActor>,
  input: CreateCheckout & { idempotencyKey?: string | undefined },
): Promise<StripePage> {
  requireScope(ctx, "billing:write");
  const { planId, interval, family = "rooms", promotionCode = null } = input;
  const back = returnTo(input.returnUrl);
  const plan = choosePlan(planId, family, interval);
  await promotion(promotionCode);
  const row = await claimRow(ctx, { plan, interval, promotionCode, requestKey: keyOf(input.idempotencyKey) });
  if (row.stripeId !== null || row.wasAsked)
    throw new AppError("conflict", "The first payment of this plan is open already. Pay it where it was begun.", {
      details: { subscriptionId: row.id },
    });
  const session = await sessionFor(ctx, row, { price: await stripePrice(plan, interval), back });
  if (!(await inTx(ctx, (ctx) => keepPage(ctx, row, session.id)))) {
    await closePage({ ...row, checkoutId: session.id });
    throw givenUp(row.id);
  }
  if (!session.url) throw new Error(`The session ${session.id} has no page`);
  return { url: session.url };
}

/** A row that was given up meanwhile, or is paid in another way, has no page. Says whether this is the one it has. */
async function keepPage(ctx: TxCtx, { id, checkoutId }: SubscriptionRow, session: string): Promise<boolean> {
  const still = await lockSubscription(ctx, and(eq(subscriptions.id, id), isNull(subscriptions.stripeId)));
  if (still?.state !== "new" || still.wasAsked) return false;
  if (still.checkoutId !== checkoutId) return still.checkoutId === session;
  await change(ctx, id, { checkoutId: session });
  return true;
}

async function sessionFor(
  ctx: Ctx,
  row: SubscriptionRow,
  { price, back }: { price: string; back: string },
): Promise<Stripe.Checkout.Session> {
  const { checkoutId } = row;
  if (checkoutId !== null) {
    const open = await stripeRead((stripe) => stripe.checkout.sessions.retrieve(checkoutId));
    if (open.status === "open") return open;
    if (open.status === "complete")
      throw new AppError("conflict", "This plan was paid a moment ago. It begins when Stripe says so.");
  }
  const discounts = await promotion(row.promotionCode);
  const cause = `subscription:${row.id}:checkout:${checkoutId ?? "first"}:${digest(back)}`;
  const open = (customer: string, again: string) =>
    stripeWrite(`${cause}${again}`, (stripe, options) =>
      stripe.checkout.sessions.create(
        {
          mode: "subscription",
          customer,
          line_items: [{ price, ...(row.family !== "gateway" && { quantity: 1 }) }],
          ...discounts,
          client_reference_id: row.id,
          subscription_data: { metadata: metadataOf(row), ...trialOf(row) },
          success_url: withOutcome(back, "done"),
          cancel_url: withOutcome(back, "left"),
        },
        options,
      ),
    );
  return withCustomer(ctx, row.accountId, open);
}

/** Tells the page only what the reader did. Whether it is paid, it asks us. */
function withOutcome(back: string, outcome: "done" | "left"): string {
  const url = new URL(back);
  url.searchParams.set("checkout", outcome);
  return url.href;
}
