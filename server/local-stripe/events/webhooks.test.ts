import postgres from "postgres";
import Stripe from "stripe";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { aLocalStripe, aReceiver, type Receiver, type TestHouse } from "../testing/house";
import { onlyHere } from "../testing/sandbox";

let house: TestHouse;
let receiver: Receiver;
beforeEach(async () => {
  onlyHere("listens on this machine");
  [house, receiver] = [await aLocalStripe(), await aReceiver()];
});
afterEach(async () => {
  await house.stop();
  await receiver.stop();
});

const listen = (enabled_events: Stripe.WebhookEndpointCreateParams["enabled_events"] = ["*"]) =>
  house.stripe.webhookEndpoints.create({ url: receiver.url, enabled_events });
const verify = (n: number, secret: string) =>
  Stripe.webhooks.constructEvent(receiver.received[n]?.body ?? "", receiver.received[n]?.signature ?? "", secret);

test("signs what it sends so that the SDK believes it", async () => {
  const { secret = "" } = await listen();
  await house.stripe.customers.create({ name: "Ada" });
  await receiver.waitFor(1);
  expect(verify(0, secret)).toMatchObject({
    type: "customer.created",
    api_version: "2026-10-28.endive",
    data: { object: { name: "Ada" } },
  });
  expect(() => verify(0, "whsec_wrong")).toThrow();
});

test("sends only what was asked for", async () => {
  await listen(["product.created"]);
  await house.stripe.customers.create();
  await house.stripe.products.create({ name: "A" });
  await house.settle();
  expect(receiver.received.map(({ type }) => type)).toEqual(["product.created"]);
});

test("tries again later, with the same event", async () => {
  await listen();
  receiver.answer = 500;
  await house.stripe.customers.create();
  await house.settle();
  expect(receiver.received).toHaveLength(1);
  receiver.answer = 200;
  await house.advance(61);
  await house.settle();
  expect(receiver.received).toHaveLength(2);
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);
  await house.advance(86_400);
  await house.settle();
  expect(receiver.received).toHaveLength(2);
});

test("delivers after a restart what it had not delivered before", async () => {
  await listen();
  await house.control("POST", "webhooks", { hold: true });
  await house.stripe.customers.create();
  await house.settle();
  expect(receiver.received).toHaveLength(0);
  await house.restart();
  await house.control("POST", "webhooks", {});
  await receiver.waitFor(1);
  expect(receiver.received).toHaveLength(1);
});

test("duplicates, drops the first attempt, delays and shuffles on demand", async () => {
  await listen(["customer.created"]);
  await house.control("POST", "webhooks", { duplicate: true });
  await house.stripe.customers.create();
  await house.settle();
  expect(receiver.received).toHaveLength(2);

  await house.control("POST", "webhooks", { drop: "first" });
  await house.stripe.customers.create();
  await house.settle();
  expect(receiver.received).toHaveLength(3);

  await house.control("POST", "webhooks", { delaySeconds: 30 });
  await house.stripe.customers.create();
  await house.settle();
  expect(receiver.received).toHaveLength(3);
  await house.advance(31);
  await house.settle();
  expect(receiver.received).toHaveLength(4);

  await house.control("POST", "webhooks", { hold: true });
  for (let n = 0; n < 8; n += 1) await house.stripe.customers.create();
  await house.settle();
  await house.control("POST", "webhooks", { shuffle: true });
  await house.settle();
  expect(receiver.received).toHaveLength(12);
});

test("signs with both secrets while they are rotated", async () => {
  const { id, secret: old = "" } = await listen();
  const { secret } = (await house.control("POST", `webhook_endpoints/${id}/rotate`, {})) as { secret: string };
  await house.stripe.customers.create();
  await receiver.waitFor(1);
  expect(verify(0, old).type).toBe("customer.created");
  expect(verify(0, secret).type).toBe("customer.created");
});

test("sends again on request, and shows the delivery", async () => {
  await listen();
  await house.stripe.customers.create();
  await house.settle();
  const [event] = (await house.stripe.events.list()).data;
  expect(event?.pending_webhooks).toBe(0);
  await house.control("POST", `events/${event?.id}/resend`);
  await house.settle();
  expect(receiver.received).toHaveLength(2);
  expect(await house.control("GET", "deliveries")).toMatchObject([{ state: "delivered", status: 200 }]);
});

test("empties an account while an event is being delivered, and neither gets in the other's way", async () => {
  await listen();
  await house.stripe.customers.create();
  await house.settle();
  const sql = postgres(house.databaseUrl, { max: 2, onnotice: () => undefined });
  onTestFinished(() => sql.end());
  const waits = async () =>
    (await sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`).length;

  // What a delivery does in one transaction, with the reset between its two writes.
  const { emptied } = await sql.begin(async (tx) => {
    await tx`update stripe_local.deliveries set attempts = attempts + 1`;
    const reset = house.control("POST", "reset");
    await expect.poll(waits).toBe(1);
    await tx`update stripe_local.objects set body = body where kind = 'event'`;
    return { emptied: reset };
  });
  expect(await emptied).toEqual({ reset: true });
  expect((await house.stripe.events.list()).data).toEqual([]);
});

test("sends nothing to strangers", async () => {
  await expect(
    house.stripe.webhookEndpoints.create({ url: "https://example.com/hook", enabled_events: ["*"] }),
  ).rejects.toMatchObject({ param: "url" });
});

test("fails, refuses, slows down and hangs up on demand", async () => {
  const { stripe } = house;
  await house.control("POST", "faults", { match: "POST /v1/customers", effect: "rate_limit" });
  await expect(stripe.customers.create()).rejects.toMatchObject({ statusCode: 429 });
  await house.control("POST", "faults", { match: "POST *", effect: "error" });
  await expect(stripe.customers.create()).rejects.toMatchObject({ statusCode: 500 });
  expect((await stripe.customers.list()).data).toHaveLength(0);

  await house.control("POST", "faults", { match: "POST /v1/customers", effect: "reset" });
  await expect(stripe.customers.create({ name: "A" }, { idempotencyKey: "once" })).rejects.toMatchObject({
    type: "StripeConnectionError",
  });
  await stripe.customers.create({ name: "A" }, { idempotencyKey: "once" });
  expect((await stripe.customers.list()).data).toHaveLength(1);

  await house.control("POST", "faults", { match: "GET *", effect: "slow", delayMs: 120 });
  const started = performance.now();
  await stripe.customers.list();
  expect(performance.now() - started).toBeGreaterThan(100);
});

test("lets pages of this machine call, and no others", async () => {
  const from = (origin: string) =>
    fetch(`${house.url}/v1/customers`, { headers: { origin, authorization: `Bearer ${house.key}` } });
  expect((await from("http://localhost:3000")).headers.get("access-control-allow-origin")).toBe(
    "http://localhost:3000",
  );
  expect((await from("https://evil.example")).headers.get("access-control-allow-origin")).toBeNull();
});

test("fails a refund that had succeeded, when told to", async () => {
  const { stripe } = house;
  const intent = await stripe.paymentIntents.create({
    amount: 500,
    currency: "usd",
    confirm: true,
    payment_method: "pm_card_visa",
    return_url: "http://localhost/back",
  });
  const refund = await stripe.refunds.create({ payment_intent: intent.id });
  await house.control("POST", `refunds/${refund.id}/fail`);
  expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({ status: "failed" });
});
