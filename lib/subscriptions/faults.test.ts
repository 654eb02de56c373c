import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db } from "@/lib/db/client";
import { subscriptions } from "@/lib/db/schema";
import { isAppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { brokenPromises } from "@/lib/testing/books";
import { aCard } from "@/lib/testing/cards";
import { stripeCtx } from "@/lib/testing/payments";
import { aPerson, type Person } from "@/lib/testing/people";
import { aShop, aSubscriber, hearAll } from "@/lib/testing/plans";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { cancelSubscription } from "./cancel";
import { createSubscription } from "./create";
import { lookAfterSubscriptions } from "./look-after";
import { findSubscription } from "./queries";
import { CancelSubscription, CreateSubscription } from "./schema";
import { undoChange } from "./undo";
import { updateSubscription } from "./update";

let house: TestStripe;
beforeAll(async () => {
  log().level = "silent";
  house = await aStripe();
});
afterAll(() => house.stop());
beforeEach(() => aShop(house));

type Verb = { begin(who: Person): Promise<unknown>; ask(who: Person): Promise<unknown>; ends: string };

const subscribed = (who: Person) => aSubscriber(house, who);
const VERBS: Record<string, Verb> = {
  "take up a plan": {
    begin: async (who) => aCard(house, who),
    ask: (who) => createSubscription(who.ctx, CreateSubscription.parse({ planId: "starter" })),
    ends: "rooms-starter incomplete",
  },
  "change to more": {
    begin: subscribed,
    ask: (who) => updateSubscription(who.ctx, { planId: "professional" }),
    ends: "rooms-professional active",
  },
  "change to less": {
    begin: (who) => aSubscriber(house, who, { planId: "professional" }),
    ask: (who) => updateSubscription(who.ctx, { planId: "starter" }),
    ends: "rooms-professional active rooms-starter",
  },
  "cancel for later": {
    begin: subscribed,
    ask: (who) => cancelSubscription(who.ctx, CancelSubscription.parse({})),
    ends: "rooms-starter active ending",
  },
  "cancel now": {
    begin: subscribed,
    ask: (who) => cancelSubscription(who.ctx, CancelSubscription.parse({ when: "now" })),
    ends: "rooms-starter canceled",
  },
  undo: {
    begin: async (who) => {
      await subscribed(who);
      await cancelSubscription(who.ctx, CancelSubscription.parse({}));
    },
    ask: (who) => undoChange(who.ctx, {}),
    ends: "rooms-starter active",
  },
};

const FAULTS = ["error", "unavailable", "rate_limit", "lock_timeout", "error_after", "reset"];
const ALL = Object.keys(VERBS).flatMap((verb) => FAULTS.map((fault) => [verb, fault] as const));
const CELLS = process.env.PARLEY_TEST === "full" ? ALL : ALL.filter((_, place) => place % 4 === (place % 6) % 4);

/** What may be said while Stripe fails: that it does, or that what was asked for is there already. */
const SAID = ["unavailable", "outcome_unknown", "conflict", "same_plan", "rate_limited"];

async function attempt(ask: () => Promise<unknown>): Promise<void> {
  try {
    await ask();
  } catch (error) {
    if (!isAppError(error)) throw error;
    expect(SAID).toContain(error.code);
  }
}

async function stateOf(who: Person): Promise<string> {
  const { subscription } = await findSubscription(who.ctx, {});
  if (!subscription) return "nothing";
  const { plan, status, next, cancelAt } = subscription;
  return [plan.id, status, ...(next ? [next.plan.id] : []), ...(cancelAt ? ["ending"] : [])].join(" ");
}

test.each(CELLS)(
  "%s while Stripe answers with %s happens once, or not yet",
  { timeout: 60_000 },
  async (name, fault) => {
    const verb = VERBS[name];
    if (!verb) throw new Error(name);
    const who = await aPerson();
    await verb.begin(who);
    const before = (await house.stripe.invoices.list({ limit: 100 })).data.length;

    await house.fault(fault, { match: "POST *", times: 3 });
    await attempt(() => verb.ask(who));
    await house.control("DELETE", "faults");
    // Whoever looks after it finds what came of it; what came of nothing is asked for again.
    await db()
      .update(subscriptions)
      .set({ lookAt: sql`clock_timestamp()` })
      .where(eq(subscriptions.accountId, who.accountId));
    await lookAfterSubscriptions(stripeCtx());
    await hearAll(house);
    if ((await stateOf(who)) !== verb.ends) await attempt(() => verb.ask(who));
    await hearAll(house);

    expect(await stateOf(who)).toBe(verb.ends);
    expect((await house.stripe.subscriptions.list({ status: "all" })).data).toHaveLength(1);
    const made = (await house.stripe.invoices.list({ limit: 100 })).data.length - before;
    expect(made).toBe(name === "take up a plan" || name === "change to more" ? 1 : 0);
    expect(await brokenPromises()).toEqual([]);
  },
);
