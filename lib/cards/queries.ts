import { type Ctx, type MemberActor, requireScope } from "@/lib/ctx";
import type { Id } from "@/lib/ids";
import { type CardRow, keptBy } from "./internal";
import { isExpired } from "./rules";
import type { Card, Cards } from "./schema";

/** What the caller's account can be charged by, the default first. */
export async function listCards(ctx: Ctx<MemberActor>): Promise<Cards> {
  requireScope(ctx, "billing:read");
  const kept = await keptBy(ctx, ctx.actor.accountId);
  return { paymentMethods: kept.map((card) => asCard(card, ctx.now)) };
}

/** What is charged where nobody says which, and nobody sits beside it. */
export async function keptForCharging(ctx: Ctx, accountId: Id<"account">): Promise<CardRow | undefined> {
  return (await keptBy(ctx, accountId)).find((card) => card.isDefault);
}

export const asCard = (card: CardRow, now: Date): Card => ({
  id: card.id,
  kind: card.kind,
  brand: card.brand,
  last4: card.last4,
  expMonth: card.expMonth,
  expYear: card.expYear,
  expired: isExpired(card, now),
  isDefault: card.isDefault,
  addedAt: card.addedAt,
});
