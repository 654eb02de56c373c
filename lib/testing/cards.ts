import { beginCard } from "@/lib/cards/begin";
import { keepCard } from "@/lib/cards/keep";
import type { Card } from "@/lib/cards/schema";
import type { Person } from "./people";
import type { TestStripe } from "./stripe";

/** Somebody saves a card, and the bank agrees. */
export async function aCard(house: TestStripe, who: Person, method = "pm_card_visa"): Promise<Card> {
  const { setupIntentId } = await beginCard(who.ctx);
  await house.stripe.setupIntents.confirm(setupIntentId, {
    payment_method: method,
    return_url: "http://localhost/back",
  });
  const { paymentMethods } = await keepCard(who.ctx, { setupIntentId });
  const newest = [...paymentMethods].sort((one, other) => one.id.localeCompare(other.id)).at(-1);
  if (!newest) throw new Error("No card was kept");
  return newest;
}
