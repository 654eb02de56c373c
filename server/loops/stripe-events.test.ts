import { afterAll, beforeAll, expect, test } from "vitest";
import { creditsOf } from "@/lib/credits/queries";
import { db } from "@/lib/db/client";
import { log } from "@/lib/log";
import { createIntent } from "@/lib/payments/create-intent";
import { oldestUntried } from "@/lib/stripe-events/queries";
import { inbox, recordEvent } from "@/lib/stripe-events/record";
import { stripeCtx } from "@/lib/testing/payments";
import { aPerson } from "@/lib/testing/people";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { drainSource, dueNext } from "@/lib/time-machine/sources";
import { startStripeEvents } from "./stripe-events";

const SOURCE = "News from Stripe";

let house: TestStripe;
beforeAll(async () => {
  log().level = "silent";
  house = await aStripe();
});
afterAll(() => house.stop());

async function aPaidEvent() {
  house.renew();
  const who = await aPerson();
  const { paymentIntentId } = await createIntent(who.ctx, { packageId: 2 });
  await house.pay(paymentIntentId);
  const event = (await house.events()).find(({ type }) => type === "payment_intent.succeeded");
  return { event, balance: () => creditsOf({ db: db() }, who.accountId) };
}

test("a kick works an event off, and what no webhook brought is found at the start", async () => {
  const told = await aPaidEvent();
  await recordEvent(stripeCtx(), told.event, "webhook");
  const loops = startStripeEvents();
  await expect.poll(told.balance, { timeout: 10_000 }).toBe(170);

  await loops.stop();
  const untold = await aPaidEvent();
  const again = startStripeEvents();
  await expect.poll(untold.balance, { timeout: 10_000 }).toBe(170);
  inbox().kick();
  await again.stop();
}, 30_000);

test("while an event waits the clock waits for it", async () => {
  const loops = startStripeEvents();
  await loops.stop();
  const { event, balance } = await aPaidEvent();
  expect((await dueNext()).map(({ name }) => name)).not.toContain(SOURCE);
  await recordEvent(stripeCtx(), event, "webhook");
  const at = await oldestUntried({ db: db() });
  expect(at).toEqual(new Date((event?.created ?? 0) * 1_000));

  const running = startStripeEvents();
  await drainSource(SOURCE, new Date());
  await expect.poll(balance, { timeout: 10_000 }).toBe(170);
  expect(await oldestUntried({ db: db() })).toBeNull();
  await running.stop();
}, 30_000);
