import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { db } from "@/lib/db/client";
import { invoices, stripeEvents, subscriptions } from "@/lib/db/schema";
import { log } from "@/lib/log";
import type { Stripe } from "@/lib/stripe/client";
import { brokenPromises } from "@/lib/testing/books";
import { stripeCtx } from "@/lib/testing/payments";
import { aPerson, type Person } from "@/lib/testing/people";
import { aShop, aSubscriber, hearAll, intentOf, rowOf } from "@/lib/testing/plans";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { cancelSubscription } from "./cancel";
import { createCheckout } from "./checkout";
import { createSubscription } from "./create";
import { lookAfterSubscriptions } from "./look-after";
import { lookAtSubscription } from "./look-at";
import { listSubscriptions } from "./queries";
import { CancelSubscription, CreateCheckout, CreateSubscription } from "./schema";

let house: TestStripe;
beforeAll(async () => {
  log().level = "silent";
  house = await aStripe();
});
afterAll(() => house.stop());
beforeEach(() => aShop(house));
afterEach(async () => expect(await brokenPromises()).toEqual([]));

/** So long one request to Stripe hangs while others go on. */
const HANGS = { times: 1, delayMs: 3_000 };

const begin = (who: Person, planId = "starter") => createSubscription(who.ctx, CreateSubscription.parse({ planId }));
const page = (who: Person, planId = "starter") => createCheckout(who.ctx, CreateCheckout.parse({ planId }));
const pages = async () => (await house.stripe.checkout.sessions.list({ limit: 100 })).data.map(({ status }) => status);
const atStripe = async () => (await house.stripe.subscriptions.list({ status: "all", limit: 100 })).data;
const statuses = async () => (await atStripe()).map(({ status }) => status).sort();
const begun = (who: Person) =>
  vi.waitFor(async () => {
    const [row] = await db().select().from(subscriptions).where(eq(subscriptions.accountId, who.accountId));
    if (!row) throw new Error("Nothing is begun yet");
    return row;
  });
const conflict = { code: "conflict" };

test("a page that is open closes when the first payment is taken here, and none opens after that", async () => {
  const who = await aPerson();
  await page(who);
  const { subscription } = await begin(who);
  expect(subscription.status).toBe("incomplete");
  expect(await pages()).toEqual(["expired"]);
  await expect(page(who)).rejects.toMatchObject(conflict);
  expect(await pages()).toEqual(["expired"]);
});

test("of ten who pay for one plan on pages and here at once, one way remains", async () => {
  const who = await aPerson();
  const asked = Array.from({ length: 10 }, (_, place) => (place % 2 === 0 ? page(who) : begin(who)));
  const answers = await Promise.allSettled(asked);
  expect(answers.some(({ status }) => status === "fulfilled")).toBe(true);
  const open = (await pages()).filter((status) => status === "open").length;
  const incomplete = (await statuses()).filter((status) => status === "incomplete").length;
  expect(open + incomplete).toBe(1);
});

test("a page that Stripe opens for what was given up meanwhile is closed again", async () => {
  const who = await aPerson();
  await house.fault("slow", { match: "POST /v1/checkout/sessions", ...HANGS });
  const slow = page(who);
  const refused = expect(slow).rejects.toMatchObject(conflict);
  const { id } = await begun(who);
  await cancelSubscription(who.ctx, CancelSubscription.parse({ when: "now" }));
  await refused;
  expect(await pages()).toEqual(["expired"]);
  expect(await rowOf(id)).toMatchObject({ state: "refused", checkoutId: null });
});

test("a page that Stripe opens while the payment is taken here is closed again", async () => {
  const who = await aPerson();
  await house.fault("slow", { match: "POST /v1/checkout/sessions", ...HANGS });
  const slow = page(who);
  const refused = expect(slow).rejects.toMatchObject(conflict);
  await begun(who);
  expect(await begin(who)).toMatchObject({ subscription: { status: "incomplete" } });
  await refused;
  expect(await pages()).toEqual(["expired"]);
});

test("what Stripe makes for a plan that gave way meanwhile is ended there, and the other one stays", async () => {
  const who = await aPerson();
  await house.fault("slow", { match: "POST /v1/subscriptions", ...HANGS });
  const slow = begin(who, "starter");
  const refused = expect(slow).rejects.toMatchObject(conflict);
  await begun(who);
  const other = await begin(who, "professional");
  await refused;
  await hearAll(house);
  expect(await statuses()).toEqual(["canceled", "incomplete"]);
  const [ended] = (await atStripe()).filter(({ status }) => status === "canceled");
  expect((await house.stripe.invoices.list({ subscription: ended?.id ?? "" })).data).toMatchObject([
    { status: "void" },
  ]);
  expect((await listSubscriptions(who.ctx)).subscriptions.map(({ id, status }) => [id, status])).toEqual([
    [other.subscription.id, "incomplete"],
    [expect.any(String), "refused"],
  ]);
});

/** Another one at Stripe for the account of a subscription of ours. */
async function another(of: Stripe.Subscription, metadata: Record<string, string>): Promise<Stripe.Subscription> {
  return house.stripe.subscriptions.create({
    customer: String(of.customer),
    items: [{ price: of.items.data[0]?.price.id ?? "" }],
    payment_behavior: "default_incomplete",
    metadata,
    expand: ["latest_invoice.confirmation_secret"],
  });
}

async function paid({ latest_invoice }: Stripe.Subscription): Promise<void> {
  const invoice = typeof latest_invoice === "string" ? undefined : latest_invoice;
  await house.pay(intentOf(invoice?.confirmation_secret?.client_secret ?? ""));
}

async function aSubscription(who: Person): Promise<Stripe.Subscription> {
  const { id } = await aSubscriber(house, who);
  return house.stripe.subscriptions.retrieve((await rowOf(id)).stripeId ?? "");
}

const paidBack = async (who: Person) =>
  (await db().select().from(invoices).where(eq(invoices.accountId, who.accountId)))
    .filter(({ refunded }) => refunded > 0)
    .map(({ refunded, amountPaid }) => [refunded, amountPaid]);

test("a second one for the same row is ended, and what was paid for it is paid back and booked", async () => {
  const who = await aPerson();
  const first = await aSubscription(who);
  const second = await another(first, first.metadata);
  await paid(second);
  await hearAll(house);
  await hearAll(house);
  expect((await house.stripe.subscriptions.retrieve(second.id)).status).toBe("canceled");
  expect((await house.stripe.subscriptions.retrieve(first.id)).status).toBe("active");
  expect(await paidBack(who)).toEqual([[29_000_000, 29_000_000]]);
  expect((await house.stripe.refunds.list()).data).toMatchObject([{ amount: 2_900, reason: "duplicate" }]);
});

test("of two that were made at Stripe itself the unpaid one is ended, and the paid one waits for staff", async () => {
  const who = await aPerson();
  const first = await aSubscription(who);
  const unpaid = await another(first, {});
  const bought = await another(first, {});
  await paid(bought);
  await hearAll(house);
  const status = async ({ id }: { id: string }) => (await house.stripe.subscriptions.retrieve(id)).status;
  expect([await status(first), await status(unpaid), await status(bought)]).toEqual(["active", "canceled", "active"]);
  const parked = await db().select().from(stripeEvents).where(eq(stripeEvents.subject, bought.id));
  expect(new Set(parked.map(({ state }) => state))).toEqual(new Set(["parked"]));
  expect(await paidBack(who)).toEqual([]);
});

test("what nobody waited for is found and ended by whoever looks after it", async () => {
  const who = await aPerson();
  const { subscription } = await begin(who);
  const { stripeId } = await rowOf(subscription.id);
  // As it is where the process died before it noted what Stripe made, and somebody gave it up since.
  await db()
    .update(subscriptions)
    .set({ state: "refused", stripeId: null, lookAt: null, seen: 0 })
    .where(eq(subscriptions.id, subscription.id));
  await hearAll(house);
  expect((await house.stripe.subscriptions.retrieve(stripeId ?? "")).status).toBe("canceled");
  expect(await lookAfterSubscriptions(stripeCtx())).toBe(0);
});

test("twenty who hear of one that was made at Stripe at once take it up, and nobody ends it", async () => {
  const who = await aPerson();
  const first = await aSubscription(who);
  await cancelSubscription(who.ctx, CancelSubscription.parse({ when: "now" }));
  const next = await another(first, {});
  await Promise.all(Array.from({ length: 20 }, () => lookAtSubscription(stripeCtx(), next.id)));
  await hearAll(house);
  expect((await house.stripe.subscriptions.retrieve(next.id)).status).toBe("incomplete");
});
