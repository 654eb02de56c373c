import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { changeBillTo } from "@/lib/bill-to/change";
import { beginCard } from "@/lib/cards/begin";
import { log } from "@/lib/log";
import { createIntent } from "@/lib/payments/create-intent";
import { createCheckout } from "@/lib/subscriptions/checkout";
import { createSubscription } from "@/lib/subscriptions/create";
import { openPortal } from "@/lib/subscriptions/portal";
import { CreateCheckout, CreateSubscription } from "@/lib/subscriptions/schema";
import { aPerson, type Person } from "@/lib/testing/people";
import { aShop } from "@/lib/testing/plans";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { ensureCustomer } from "./ensure";

let house: TestStripe;
beforeAll(async () => {
  log().level = "silent";
  house = await aStripe();
});
afterAll(() => house.stop());
beforeEach(() => aShop(house));

const ASKS: Record<string, (who: Person) => Promise<unknown>> = {
  "a first payment": (who) => createSubscription(who.ctx, CreateSubscription.parse({ planId: "starter" })),
  "a page of Stripe's": (who) => createCheckout(who.ctx, CreateCheckout.parse({ planId: "starter" })),
  "the portal": (who) => openPortal(who.ctx, {}),
  "a card": (who) => beginCard(who.ctx),
  "a purchase": (who) => createIntent(who.ctx, { packageId: 2 }),
  "billing details": (who) =>
    changeBillTo(who.ctx, { name: "Ada", email: "ada@parley.example", address: null, taxId: null }),
};

test.each(Object.entries(ASKS))("%s is there although the customer was deleted at Stripe", async (_what, ask) => {
  const who = await aPerson();
  const gone = await ensureCustomer(who.ctx, who.accountId);
  await house.stripe.customers.del(gone);
  await ask(who);
  expect((await house.stripe.customers.list()).data).toMatchObject([{ metadata: { account: who.accountId } }]);
  expect(await ensureCustomer(who.ctx, who.accountId)).not.toBe(gone);
});
