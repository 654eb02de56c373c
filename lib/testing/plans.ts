import { eq } from "drizzle-orm";
import { db } from "@/lib/db/client";
import { subscriptions } from "@/lib/db/schema";
import type { Id } from "@/lib/ids";
import { setUpStripe } from "@/lib/stripe-catalogue/set-up";
import { projectEvents } from "@/lib/stripe-events/project";
import { recordEvent } from "@/lib/stripe-events/record";
import { createSubscription } from "@/lib/subscriptions/create";
import { CreateSubscription, type Subscription } from "@/lib/subscriptions/schema";
import { addSource, removeSource } from "@/lib/time-machine/sources";
import { stripeCtx } from "./payments";
import type { Person } from "./people";
import type { TestStripe } from "./stripe";

const SOURCE = "Stripe of the tests";

/** Another account at Stripe, which sells our plans. */
export async function aShop(house: TestStripe): Promise<void> {
  house.renew();
  await setUpStripe(stripeCtx(), {
    mode: "apply",
    webhookUrl: null,
    returnUrl: "http://localhost/dashboard/billing",
    secrets: "keep",
  });
}

/** Everything that Stripe has told of is heard. */
export async function hearAll(house: TestStripe): Promise<void> {
  for (const event of await house.events()) await recordEvent(stripeCtx(), event, "webhook");
  await projectEvents(stripeCtx());
}

/** Stripe and we live by the clock that the time machine moves, and hear of everything at its own instant. */
export function liveByTheClock(house: TestStripe): { stop(): void } {
  addSource({
    name: SOURCE,
    nextDueAt: () => house.nextDue(),
    drain: async (until) => {
      await house.runDue(until);
      await hearAll(house);
    },
  });
  return { stop: () => removeSource(SOURCE) };
}

export const intentOf = (secret: string): string => secret.replace(/_secret_.*$/, "");

/** Somebody takes up a plan and pays what is to be paid. */
export async function aSubscriber(
  house: TestStripe,
  who: Person,
  given: Partial<CreateSubscription> & { planId: string; card?: string } = { planId: "starter" },
): Promise<Subscription> {
  const { card, ...what } = given;
  const { subscription, confirm } = await createSubscription(who.ctx, CreateSubscription.parse(what));
  if (confirm?.kind === "payment") await house.pay(intentOf(confirm.clientSecret), card);
  await hearAll(house);
  return subscription;
}

export async function rowOf(id: Id<"subscription">) {
  const [row] = await db().select().from(subscriptions).where(eq(subscriptions.id, id));
  if (!row) throw new Error(`There is no ${id}`);
  return row;
}
