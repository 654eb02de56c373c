import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { creditsOf } from "@/lib/credits/queries";
import { db } from "@/lib/db/client";
import { stripeCursors, stripeEvents } from "@/lib/db/schema";
import { provide } from "@/lib/env";
import { createIntent } from "@/lib/payments/create-intent";
import { brokenPromises } from "@/lib/testing/books";
import { stripeCtx } from "@/lib/testing/payments";
import { aPerson } from "@/lib/testing/people";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { type Served, serve } from "@/server/testing/serve";
import { projectEvents } from "./project";
import { reconcileEvents } from "./reconcile";

let house: TestStripe;
let served: Served;
let heard: string[] = [];

/** Stands between Stripe and the application, and counts what passes. */
const line = createServer(async (request, response) => {
  const body = await text(request);
  const headers = {
    "stripe-signature": String(request.headers["stripe-signature"]),
    "content-type": "application/json; charset=utf-8",
  };
  const answer = await fetch(`${served.url}/api/webhooks/stripe`, { method: "POST", headers, body });
  heard.push(JSON.parse(body).id);
  response.writeHead(answer.status).end();
});

beforeAll(async () => {
  house = await aStripe();
  served = await serve();
  await new Promise<void>((resolve) => line.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  await house.stop();
  line.closeAllConnections();
  line.close();
  await served.close();
});
beforeEach(async () => {
  house.renew();
  heard = [];
  await db().delete(stripeEvents);
  await db().delete(stripeCursors);
  const { port } = line.address() as AddressInfo; // it listens on TCP
  const { secret } = await house.stripe.webhookEndpoints.create({
    url: `http://127.0.0.1:${port}/`,
    enabled_events: ["*"],
  });
  provide({ STRIPE_WEBHOOK_SECRET: secret ?? "" });
});
afterEach(async () => expect(await brokenPromises()).toEqual([]));

const catchUp = () => reconcileEvents(stripeCtx());
async function release() {
  await house.control("POST", "webhooks", {});
  await house.settle();
}

/** How often the application hears each event, before and after what brings the rest. */
const MODES = [
  { mode: { duplicate: true }, before: 2, help: release, after: 2 },
  { mode: { shuffle: true }, before: 1, help: release, after: 1 },
  { mode: { drop: "first" }, before: 1, help: release, after: 1 },
  { mode: { hold: true }, before: 0, help: release, after: 1 },
  { mode: { delaySeconds: 3_600 }, before: 0, help: catchUp, after: 0 },
  { mode: { drop: "all" }, before: 0, help: catchUp, after: 0 },
];

test.each(MODES)("with $mode a payment is granted once, by what arrives or by what is asked for", async (row) => {
  await house.control("POST", "webhooks", row.mode);
  const who = await aPerson();
  const { paymentIntentId } = await createIntent(who.ctx, { packageId: 2 });
  await house.pay(paymentIntentId);
  const told = (await house.events()).map(({ id }) => id);
  const times = (count: number) => told.flatMap((id) => Array.from({ length: count }, () => id)).sort();
  const balance = () => creditsOf({ db: db() }, who.accountId);

  await house.settle();
  await projectEvents(stripeCtx());
  expect([heard.toSorted(), await balance()]).toEqual([times(row.before), row.before > 0 ? 170 : 10]);

  await row.help();
  await projectEvents(stripeCtx());
  expect([heard.toSorted(), await balance()]).toEqual([times(row.after), 170]);
});
