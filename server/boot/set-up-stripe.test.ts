import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import Stripe from "stripe";
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { pool } from "@/lib/db/client";
import { env, provide } from "@/lib/env";
import { newId } from "@/lib/ids";
import { log } from "@/lib/log";
import { stripeRead, stripeWrite } from "@/lib/stripe/client";
import { forgetWhere, noteWhere } from "../local-stripe/store/where";
import { setUpLocalStripe } from "./set-up-stripe";
import { type OwnStripe, startStripe } from "./stripe";

// needs: database

const PROVIDED = ["STRIPE_LOCAL_URL", "STRIPE_SECRET_KEY", "STRIPE_PUBLISHABLE_KEY", "STRIPE_WEBHOOK_SECRET"];

let stripe: OwnStripe;
beforeEach(async () => {
  await pool().sql`drop schema if exists stripe_local cascade`;
  forgetAll();
  stripe = await startStripe();
});
afterEach(() => stripe.stop());

/** As a process that has just begun. */
const forgetAll = () => provide(Object.fromEntries(PROVIDED.map((name) => [name, undefined])));

type Heard = { body: string; signature: string };

/** What stands where our own address is, and writes down what it hears. */
async function aHouse(): Promise<{ address: string; heard: Heard[] }> {
  const heard: Heard[] = [];
  const server: Server = createServer(async (request, response) => {
    heard.push({ body: await text(request), signature: String(request.headers["stripe-signature"]) });
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return { address: `http://127.0.0.1:${port}`, heard };
}

/** As the application will: any of the secrets it knows may be the one. */
function verified({ body, signature }: Heard): Stripe.Event {
  for (const secret of env().STRIPE_WEBHOOK_SECRET) {
    try {
      return Stripe.webhooks.constructEvent(body, signature, secret);
    } catch {
      // The other endpoint's.
    }
  }
  throw new Error("None of our secrets made this signature");
}

const makeProduct = () =>
  stripeWrite(`test:${newId("req")}`, (stripe, options) => stripe.products.create({ name: "Heard of" }, options));

test("the start sets it up, and what arrives is signed by a secret that the process knows", async () => {
  const { address, heard } = await aHouse();
  await setUpLocalStripe({ runsHere: true, address });
  expect(env().STRIPE_WEBHOOK_SECRET).toHaveLength(2);
  const { data } = await stripeRead((stripe) => stripe.prices.list({ lookup_keys: ["rooms-starter-month"] }));
  expect(data).toMatchObject([{ unit_amount: 2_900 }]);

  const product = await makeProduct();
  await expect.poll(() => heard.map((one) => verified(one).data.object)).toMatchObject([{ id: product.id }]);
});

test("the next start, on another port, is told there, signed as before", async () => {
  const [first, second] = [await aHouse(), await aHouse()];
  await setUpLocalStripe({ runsHere: true, address: first.address });
  const secrets = env().STRIPE_WEBHOOK_SECRET;
  await stripe.stop();
  forgetAll();
  stripe = await startStripe();
  await setUpLocalStripe({ runsHere: true, address: second.address });
  expect(env().STRIPE_WEBHOOK_SECRET).toEqual(secrets);

  await makeProduct();
  await expect.poll(() => second.heard.map((one) => verified(one).type)).toEqual(["product.created"]);
  expect(first.heard).toEqual([]);
});

test("another process of the same database goes to the same Stripe and knows the same secrets", async () => {
  const { address } = await aHouse();
  await setUpLocalStripe({ runsHere: true, address });
  const { STRIPE_LOCAL_URL, STRIPE_WEBHOOK_SECRET } = env();
  forgetAll();
  const other = await startStripe();
  expect(other.url).toBeUndefined();
  await setUpLocalStripe({ runsHere: false, address: "http://127.0.0.1:1" });
  expect(env()).toMatchObject({ STRIPE_LOCAL_URL, STRIPE_WEBHOOK_SECRET });
  expect((await stripeRead((stripe) => stripe.webhookEndpoints.list())).data.map(({ url }) => url)).toEqual(
    Array(2).fill(`${address}/api/webhooks/stripe`),
  );
});

test("it waits for the one that is just starting", async () => {
  const { address } = await aHouse();
  const { STRIPE_LOCAL_URL = "" } = env();
  await forgetWhere(pool().sql);
  forgetAll();
  const other = startStripe();
  await noteWhere(pool().sql, STRIPE_LOCAL_URL);
  await other;
  const learned = setUpLocalStripe({ runsHere: false, address });
  await setUpLocalStripe({ runsHere: true, address });
  await learned;
  expect(env().STRIPE_WEBHOOK_SECRET).toHaveLength(2);
});

test("a Stripe that cannot be set up is said so and does not stop the start", async () => {
  log().level = "silent";
  provide({ STRIPE_LOCAL_URL: "http://127.0.0.1:1", STRIPE_SECRET_KEY: "sk_test_local_nobody" });
  await setUpLocalStripe({ runsHere: false, address: "http://127.0.0.1:1" });
  expect(env().STRIPE_WEBHOOK_SECRET).toEqual([]);
});
