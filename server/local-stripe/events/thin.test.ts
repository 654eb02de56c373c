import Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { aLocalStripe, aReceiver, type Receiver, type TestHouse } from "../testing/house";

let house: TestHouse;
let receiver: Receiver;
beforeAll(async () => {
  house = await aLocalStripe();
});
afterAll(() => house.stop());
beforeEach(async () => {
  receiver = await aReceiver();
  return () => receiver.stop();
});

async function aDestination(stripe: Stripe, enabled_events: string[], event_payload: "snapshot" | "thin" = "thin") {
  const made = await stripe.v2.core.eventDestinations.create({
    ...{ enabled_events, event_payload, name: "Ours", type: "webhook_endpoint" },
    ...{
      webhook_endpoint: { url: receiver.url },
      include: ["webhook_endpoint.signing_secret", "webhook_endpoint.url"],
    },
  });
  return { id: made.id, made, secret: made.webhook_endpoint?.signing_secret ?? "" };
}
const received = (stripe: Stripe, n: number, secret: string) => {
  const { body = "", signature = "" } = receiver.received[n] ?? {};
  return stripe.parseEventNotification(body, signature, secret);
};
const aMeter = (stripe: Stripe, event_name: string) =>
  stripe.billing.meters.create({ display_name: "Calls", event_name, default_aggregation: { formula: "sum" } });

test("keeps a destination, shows its secret once, and lists, disables and deletes it", async () => {
  const stripe = house.another();
  const { id, made, secret } = await aDestination(stripe, ["v1.billing.meter.no_meter_found"]);
  expect(secret).toMatch(/^whsec_/);
  expect(made).toMatchObject({ status: "enabled", webhook_endpoint: { url: receiver.url }, events_from: ["self"] });
  expect(await stripe.v2.core.eventDestinations.retrieve(id)).not.toHaveProperty("webhook_endpoint");
  const changed = await stripe.v2.core.eventDestinations.update(id, { name: "Theirs", metadata: { a: "b" } });
  expect(changed).toMatchObject({ name: "Theirs", metadata: { a: "b" } });
  await aDestination(stripe, ["*"]);
  const first = await stripe.v2.core.eventDestinations.list({ limit: 1 });
  expect(first.next_page_url).toMatch(/page=1/);
  const all: string[] = [];
  for await (const one of stripe.v2.core.eventDestinations.list({ limit: 1 })) all.push(one.id);
  expect(all).toHaveLength(2);
  expect(await stripe.v2.core.eventDestinations.disable(id)).toMatchObject({
    ...{ status: "disabled", status_details: { disabled: { reason: "user" } } },
  });
  await expect(stripe.v2.core.eventDestinations.ping(id)).rejects.toMatchObject({ statusCode: 400 });
  expect(await stripe.v2.core.eventDestinations.enable(id)).toMatchObject({ status: "enabled" });
  expect(await stripe.v2.core.eventDestinations.del(id)).toMatchObject({ id });
  await expect(stripe.v2.core.eventDestinations.retrieve(id)).rejects.toMatchObject({ statusCode: 404 });
  await expect(aDestination(stripe, ["customer.created"])).rejects.toMatchObject({ statusCode: 400 });
  await expect(aDestination(stripe, ["v1.customer.created"], "snapshot")).rejects.toMatchObject({ statusCode: 400 });
});

test("pings one destination and no other", async () => {
  const stripe = house.another();
  const { id, secret } = await aDestination(stripe, ["v1.customer.created"]);
  await aDestination(stripe, ["*"]);
  const pinged = await stripe.v2.core.eventDestinations.ping(id);
  await house.settle();
  expect(receiver.received).toHaveLength(1);
  const notification = received(stripe, 0, secret);
  expect(notification).toMatchObject({ id: pinged.id, type: "v2.core.event_destination.ping" });
});

test("names a customer, who can be asked for", async () => {
  const stripe = house.another();
  const { secret } = await aDestination(stripe, ["v1.customer.created"]);
  const { id } = await stripe.customers.create({ name: "Ada" });
  await house.settle();
  const notification = received(stripe, 0, secret);
  if (notification.type !== "v1.customer.created") throw new Error(notification.type);
  expect(notification.related_object).toEqual({ id, type: "customer", url: `/v1/customers/${id}` });
  expect(await notification.fetchRelatedObject()).toMatchObject({ id, name: "Ada" });
  expect(await notification.fetchEvent()).toMatchObject({ id: notification.id, type: "v1.customer.created" });
  expect(() =>
    Stripe.webhooks.constructEvent(receiver.received[0]?.body ?? "", receiver.received[0]?.signature ?? "", secret),
  ).toThrow();
});

test("sends the older events whole to a destination that wants them so", async () => {
  const stripe = house.another();
  const { secret } = await aDestination(stripe, ["customer.created"], "snapshot");
  await stripe.customers.create({ name: "Ada" });
  await house.settle();
  const { body = "", signature = "" } = receiver.received[0] ?? {};
  expect(Stripe.webhooks.constructEvent(body, signature, secret)).toMatchObject({
    ...{ type: "customer.created", data: { object: { name: "Ada" } } },
  });
  expect(() => stripe.parseEventNotification(body, signature, secret)).toThrow();
});

test("reports usage that nobody could count, some minutes later and together", async () => {
  const stripe = house.another();
  const { secret } = await aDestination(stripe, ["v1.billing.meter.error_report_triggered"]);
  const meter = await aMeter(stripe, "calls");
  const { id } = await stripe.customers.create();
  const send = (payload: Record<string, string>, identifier: string) =>
    stripe.billing.meterEvents.create({ event_name: "calls", payload, identifier });
  await send({ stripe_customer_id: id, value: "1" }, "good");
  await send({ stripe_customer_id: "cus_none", value: "1" }, "nobody");
  await send({ stripe_customer_id: id, value: "1e-7" }, "exponent");
  await send({ stripe_customer_id: id, value: "0.1234567890123" }, "digits");
  await send({ value: "1" }, "whose");
  await house.settle();
  expect(receiver.received).toHaveLength(0);
  await house.advance(300);
  await house.settle();
  expect(receiver.received).toHaveLength(1);
  const notification = received(stripe, 0, secret);
  if (notification.type !== "v1.billing.meter.error_report_triggered") throw new Error(notification.type);
  expect(await notification.fetchRelatedObject()).toMatchObject({ id: meter.id });
  const { data } = await notification.fetchEvent();
  expect(data.reason.error_count).toBe(4);
  expect(
    data.reason.error_types.map(({ code, sample_errors }) => [code, sample_errors[0]?.request.identifier]),
  ).toEqual([
    ["meter_event_customer_not_found", "nobody"],
    ["meter_event_invalid_value", "exponent"],
    ["meter_event_value_too_many_digits", "digits"],
    ["meter_event_no_customer_defined", "whose"],
  ]);
  expect(JSON.parse(receiver.received[0]?.body ?? "{}")).not.toHaveProperty("data");
});

test("reports usage that has no meter, and remembers what it told", async () => {
  const stripe = house.another();
  const { secret } = await aDestination(stripe, ["v1.billing.meter.no_meter_found"]);
  await stripe.billing.meterEvents.create({ event_name: "nothing", payload: { value: "1" }, identifier: "lost" });
  await house.advance(300);
  await house.settle();
  const notification = received(stripe, 0, secret);
  expect(notification).toMatchObject({ type: "v1.billing.meter.no_meter_found", related_object: null });
  const listed = await stripe.v2.core.events.list({ types: ["v1.billing.meter.no_meter_found"] });
  expect(listed.data).toMatchObject([
    { id: notification.id, data: { reason: { error_types: [{ code: "no_meter" }] } } },
  ]);
  expect((await stripe.v2.core.events.list({ object_id: "mtr_none" })).data).toEqual([]);
  expect(await stripe.v2.core.events.retrieve(notification.id)).toMatchObject({ id: notification.id });
});
