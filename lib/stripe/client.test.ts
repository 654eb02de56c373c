import { existsSync, readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";
import Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { env, provide } from "@/lib/env";
import { log } from "@/lib/log";
import { aStripeDoor, makeCustomer } from "@/lib/testing/stripe-door";
import { type LocalStripe, startLocalStripe } from "@/server/local-stripe/start";
import { API_VERSION } from "@/server/local-stripe/version";
import { createBreaker } from "./breaker";
import { stripeRead, stripeState, stripeWrite } from "./client";
import { openDoor } from "./door";
import { declineOf, isStripeRefused, isStripeUnknown } from "./refusals";
import { stripeTarget, type Target } from "./target";
import { STRIPE_API_VERSION } from "./version";

// needs: database

let server: LocalStripe;
beforeAll(async () => {
  log().level = "silent";
  server = await startLocalStripe({ databaseUrl: env().DATABASE_URL ?? "", port: 0, host: "127.0.0.1" });
});
afterAll(() => server.stop());

const aHouse = (given?: Parameters<typeof aStripeDoor>[1]) => aStripeDoor(server, given);

test("one version is named everywhere: ours, the SDK's, the local Stripe's and the contract's", () => {
  expect(STRIPE_API_VERSION).toBe(Stripe.API_VERSION);
  expect(API_VERSION).toBe(STRIPE_API_VERSION);
  const contract = process.env.STRIPE_SCHEMA ?? "../shared/data/stripe-openapi-subset.json";
  if (!existsSync(contract)) return;
  const { info } = z
    .object({ info: z.object({ version: z.string() }) })
    .parse(JSON.parse(readFileSync(contract, "utf8")));
  expect(info.version).toBe(STRIPE_API_VERSION);
});

test("configuration alone says which Stripe it is", async () => {
  expect(() => stripeTarget()).toThrow(expect.objectContaining({ code: "unavailable" }));
  provide({ STRIPE_LOCAL_URL: server.url, STRIPE_SECRET_KEY: "sk_test_local_by_configuration" });
  expect(stripeTarget()).toEqual({
    ...{ kind: "local", key: "sk_test_local_by_configuration" },
    ...{ host: "127.0.0.1", port: server.port, protocol: "http" },
  });
  const made = await stripeWrite("configuration:1", (stripe, options) => stripe.customers.create({}, options));
  expect((await stripeRead((stripe) => stripe.customers.retrieve(made.id))).id).toBe(made.id);
  expect(stripeState()).toBe("closed");
});

test("one cause does one thing, however often it is asked", async () => {
  const house = aHouse();
  const [first, second] = await Promise.all([makeCustomer(house, "account:1"), makeCustomer(house, "account:1")]);
  expect(second.id).toBe(first.id);
  expect((await makeCustomer(house, "account:2")).id).not.toBe(first.id);
  expect(await house.customers()).toBe(2);
});

test("a connection that breaks after the effect is asked again and done once", async () => {
  const house = aHouse();
  await house.fault("reset", { match: "POST /v1/customers" });
  await makeCustomer(house, "account:1");
  expect(await house.customers()).toBe(1);
});

test.each([
  ["the connection breaks every time", "reset", {}],
  ["no answer comes in time", "slow", { delayMs: 900 }],
  ["the answer is a failure after the effect", "error_after", {}],
])("it is not known whether a write happened when %s, and asking again finds out", async (_, effect, more) => {
  const house = aHouse({ timeoutMs: 300, retries: 0 });
  // A broken connection is tried once more by the SDK even so.
  await house.fault(effect, { match: "POST /v1/customers", times: effect === "reset" ? 2 : 1, ...more });
  const outcome = await makeCustomer(house, "account:1").catch((error: unknown) => error);
  expect(isStripeUnknown(outcome)).toBe(true);
  expect(outcome).toMatchObject({ code: "outcome_unknown", idempotencyKey: "parley:account:1" });

  const found = await eventually(() => makeCustomer(house, "account:1"));
  expect(await house.customers()).toBe(1);
  expect(found.name).toBe("Noor");
});

test("an attempt that was lost is not forgotten because the next one found nobody", async () => {
  const half = await aServerThat((socket) => socket.once("data", () => socket.destroy()), { connections: 1 });
  const door = openDoor(half.target, { timeoutMs: 500, retries: 1 });
  const outcome = await door
    .write("topup:1", (stripe, options) => stripe.customers.create({}, options))
    .catch((error: unknown) => error);
  expect(isStripeUnknown(outcome)).toBe(true);
});

test("a question is asked again where Stripe fails for a moment, and not for ever", async () => {
  const house = aHouse();
  await house.fault("unavailable", { match: "GET *", times: 2 });
  expect((await house.door.read((stripe) => stripe.customers.list())).data).toEqual([]);
  await house.fault("unavailable", { match: "GET *", times: 3 });
  await expect(house.door.read((stripe) => stripe.customers.list())).rejects.toMatchObject({ code: "unavailable" });
}, 15_000);

test("where nobody listens nothing happened, and a read is never unknown", async () => {
  const nobody = await aServerThat(() => undefined, { connections: 0 });
  const write = openDoor(nobody.target, { retries: 0 }).write("topup:1", (stripe, options) =>
    stripe.customers.create({}, options),
  );
  await expect(write).rejects.toMatchObject({ code: "unavailable" });

  const house = aHouse({ timeoutMs: 200, retries: 0 });
  await house.fault("slow", { match: "GET *", delayMs: 600 });
  await expect(house.door.read((stripe) => stripe.customers.list())).rejects.toMatchObject({ code: "unavailable" });
});

test("an answer that stops half way leaves a write unknown", async () => {
  const half = await aServerThat((socket) =>
    socket.once("data", () => {
      socket.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{");
      setImmediate(() => socket.destroy());
    }),
  );
  const door = openDoor(half.target, { retries: 0 });
  const outcome = await door
    .write("topup:1", (stripe, options) => stripe.customers.create({}, options))
    .catch((error: unknown) => error);
  expect(isStripeUnknown(outcome)).toBe(true);
  await half.close();
});

test("an answer that nobody can read leaves a write unknown", async () => {
  const garbled = await aServerThat((socket) =>
    socket.once("data", () =>
      socket.end(
        'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: 7\r\n\r\n{"id": ',
      ),
    ),
  );
  const outcome = await openDoor(garbled.target, { retries: 0 })
    .write("topup:1", (stripe, options) => stripe.customers.create({}, options))
    .catch((error: unknown) => error);
  expect(isStripeUnknown(outcome)).toBe(true);
  await garbled.close();
});

test("waits and asks again when it asked too often", async () => {
  const house = aHouse();
  await house.fault("rate_limit", { times: 2 });
  await makeCustomer(house, "account:1");
  await house.fault("rate_limit", { times: 3 });
  await expect(makeCustomer(house, "account:2")).rejects.toMatchObject({ code: "unavailable" });
  expect(await house.customers()).toBe(1);
});

test("a card's refusal keeps its codes and its words", async () => {
  const house = aHouse();
  const pay = house.door.write("topup:1", (stripe, options) =>
    stripe.paymentIntents.create(
      {
        ...{
          amount: 2_500,
          currency: "usd",
          confirm: true,
          payment_method: "pm_card_visa_chargeDeclinedInsufficientFunds",
        },
        automatic_payment_methods: { enabled: true, allow_redirects: "never" },
      },
      options,
    ),
  );
  const refused = await pay.catch((error: unknown) => error);
  expect(refused).toMatchObject({
    code: "card_declined",
    message: "Your card has insufficient funds.",
    extras: { details: { stripeCode: "card_declined", declineCode: "insufficient_funds" } },
  });
  expect(declineOf(refused)).toMatchObject({
    code: "card_declined",
    declineCode: "insufficient_funds",
    paymentIntentId: expect.stringMatching(/^pi_/),
  });
  expect(house.door.breaker.state(performance.now())).toBe("closed");
});

test("what Stripe refuses keeps its code and stays out of the reader's sight", async () => {
  const { door } = aHouse();
  const missing = await door.read((stripe) => stripe.customers.retrieve("cus_nobody")).catch((error: unknown) => error);
  expect(isStripeRefused(missing, "resource_missing")).toBe(true);
  expect(missing).toMatchObject({ status: 404, param: "id" });

  await door.write("same:1", (stripe, options) => stripe.customers.create({ name: "One" }, options));
  const other = await door
    .write("same:1", (stripe, options) => stripe.customers.create({ name: "Other" }, options))
    .catch((error: unknown) => error);
  expect(isStripeRefused(other, "idempotency_error")).toBe(true);
});

test("opens after five failures, lets no call out while it rests, and then asks with one", async () => {
  const house = aHouse({ retries: 0, breaker: createBreaker({ restMs: 300 }) });
  await house.fault("unavailable", { times: 5 });
  const look = () => house.door.read((stripe) => stripe.customers.list());
  for (let count = 0; count < 5; count += 1) await expect(look()).rejects.toMatchObject({ code: "unavailable" });
  expect(house.door.breaker.state(performance.now())).toBe("open");
  await expect(look()).rejects.toMatchObject({ extras: { retryAfterSeconds: 1 } });
  await expect.poll(() => look().then(() => house.door.breaker.state(performance.now()))).toBe("closed");
});

test("a write that does not pass its key on, and a read that writes, never leave", async () => {
  const house = aHouse({ retries: 0 });
  const forgetful = house.door.write("account:1", (stripe) => stripe.customers.create({}));
  await expect(forgetful).rejects.toThrow("did not pass on the options");
  await expect(house.door.read((stripe) => stripe.customers.create({}))).rejects.toThrow("A read sent a POST");
  await expect(async () => makeCustomer(house, "no cause")).rejects.toThrow("does not name a cause");
  expect(await house.customers()).toBe(0);
});

type Half = { target: Target; close(): Promise<void> };

/** Something that listens and is no Stripe, for so many connections. */
async function aServerThat(meets: (socket: Socket) => void, { connections = 100 } = {}): Promise<Half> {
  let left = connections;
  const half = createServer((socket) => {
    left -= 1;
    if (left <= 0) half.close();
    socket.on("error", () => undefined);
    meets(socket);
  });
  await new Promise<void>((resolve) => half.listen(0, "127.0.0.1", resolve));
  const { port } = half.address() as AddressInfo; // it listens on TCP
  if (connections === 0) await new Promise((resolve) => half.close(resolve));
  return {
    target: { kind: "local", key: "sk_test_local_half", host: "127.0.0.1", port, protocol: "http" },
    close: () => new Promise((resolve) => void half.close(() => resolve())),
  };
}

/** Asks until the first request has ended and its answer is known. */
async function eventually<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    const outcome = await ask().catch((error: unknown) => error as Error);
    if (!isStripeUnknown(outcome) || tries === 20) return outcome as T; // the caller looks at it
  }
}
