import { recordAudit } from "@/lib/audit/record";
import { type Ctx, inTx, type MemberActor, requireScope, requireUser } from "@/lib/ctx";
import { notFound } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { announceChange } from "@/lib/outbox/announce";
import { stripeWrite } from "@/lib/stripe/client";
import { ensureCustomer } from "@/lib/stripe-customers/ensure";
import { lockCards, readCard, setDefault } from "./internal";
import { listCards } from "./queries";
import { cardName } from "./rules";
import type { Cards, OneCard } from "./schema";

/** Has a card charged where nobody says which, here and for invoices at Stripe. */
export async function makeDefault(ctx: Ctx<MemberActor>, { id }: OneCard): Promise<Cards> {
  requireScope(ctx, "billing:write");
  requireUser(ctx);
  const { accountId } = ctx.actor;
  const card = await readCard(ctx, accountId, id);
  const customer = await ensureCustomer(ctx, accountId);
  await stripeWrite(`card:${id}:default:${newId("req")}`, (stripe, options) =>
    stripe.customers.update(customer, { invoice_settings: { default_payment_method: card.methodId } }, options),
  );
  await inTx(ctx, async (ctx) => {
    const kept = await lockCards(ctx, accountId);
    if (!kept.some((one) => one.id === id)) throw notFound("Payment method");
    await setDefault(ctx, kept, id);
    await recordAudit(ctx, { action: "card.made_default", target: id, detail: { name: cardName(card) } });
    await announceChange(ctx, accountId, "cards");
  });
  return listCards(ctx);
}
