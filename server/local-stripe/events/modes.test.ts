import Stripe from "stripe";
import { afterEach, beforeEach, expect, test } from "vitest";
import { aLocalStripe, aReceiver, type Received, type Receiver, type TestHouse } from "../testing/house";
import { onlyHere } from "../testing/sandbox";

let house: TestHouse;
let receiver: Receiver;
let secret: string;
beforeEach(async () => {
  onlyHere("listens on this machine");
  [house, receiver] = [await aLocalStripe(), await aReceiver()];
  const enabled_events: ["customer.created"] = ["customer.created"];
  secret = (await house.stripe.webhookEndpoints.create({ url: receiver.url, enabled_events })).secret ?? "";
});
afterEach(async () => {
  await house.stop();
  await receiver.stop();
});

/** What the application makes of a delivery: the SDK believes it, or throws. */
const believed = ({ body, signature }: Received) => Stripe.webhooks.constructEvent(body, signature, secret);

/** The names of the customers that the application heard of, in that order. */
const heardOf = () => receiver.received.map(believed).map(({ data }) => (data.object as Stripe.Customer).name); // only these are subscribed to

const make = async (...names: string[]) => {
  for (const name of names) await house.stripe.customers.create({ name });
};
const mode = (how: object) => house.control("POST", "webhooks", how);

const TEN = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
const DAY = 86_400;

test("without a mode each arrives once, in order", async () => {
  await make(...TEN);
  await house.settle();
  expect(heardOf()).toEqual(TEN);
});

test("doubled, the same event arrives twice, to the byte, and both are believed", async () => {
  await mode({ duplicate: true });
  await make("a", "b");
  await house.settle();
  expect(heardOf()).toEqual(["a", "a", "b", "b"]);
  const [first, second] = receiver.received;
  expect(second?.body).toBe(first?.body);
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(2);
});

test("shuffled, each arrives once, in another order", async () => {
  await mode({ hold: true });
  await make(...TEN);
  await mode({ shuffle: true });
  await house.settle();
  expect(heardOf().toSorted()).toEqual(TEN);
  expect(heardOf()).not.toEqual(TEN);
});

test("delayed by a month it arrives then, and is signed then, or nobody would believe it", async () => {
  await mode({ delaySeconds: 30 * DAY });
  await make("a");
  await house.settle();
  await house.advance(30 * DAY - 1);
  await house.settle();
  expect(receiver.received).toEqual([]);
  await house.advance(2);
  await house.settle();
  expect(heardOf()).toEqual(["a"]);
});

test("with the first attempt dropped, it arrives at the second", async () => {
  await mode({ drop: "first" });
  await make("a", "b");
  await house.settle();
  expect(heardOf()).toEqual(["a", "b"]);
  const attempts = (await house.control("GET", "deliveries")) as { attempts: number }[];
  expect(attempts.map((delivery) => delivery.attempts)).toEqual([2, 2]);
});

test("dropped for good it never arrives, and the list of events still has it", async () => {
  await mode({ drop: "all" });
  await make("a");
  await house.advance(40 * DAY);
  await house.settle();
  expect(receiver.received).toEqual([]);
  const missed = await house.stripe.events.list({ type: "customer.created", delivery_success: false });
  expect(missed.data).toMatchObject([{ data: { object: { name: "a" } } }]);
});

test("held nothing arrives, and released all of it does, in order", async () => {
  await mode({ hold: true });
  await make("a", "b", "c");
  await house.advance(2 * DAY);
  await house.settle();
  expect(receiver.received).toEqual([]);
  await mode({});
  await house.settle();
  expect(heardOf()).toEqual(["a", "b", "c"]);
});

test("a receiver that fails hears it again, as the same event with another signature", async () => {
  receiver.answer = 500;
  await make("a");
  await house.settle();
  receiver.answer = 200;
  await house.advance(60);
  await house.settle();
  expect(heardOf()).toEqual(["a", "a"]);
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);
});

test("one that fails for good is tried four times and then left alone", async () => {
  receiver.answer = 404;
  await make("a");
  await house.settle();
  for (const wait of [60, 3_600, 10_800, 3 * DAY]) {
    await house.advance(wait);
    await house.settle();
  }
  expect(receiver.received).toHaveLength(4);
  expect(await house.nextDue()).toBeNull();
});
