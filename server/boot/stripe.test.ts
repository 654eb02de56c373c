import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { businessNow, setClockOffset } from "@/lib/clock";
import { db } from "@/lib/db/client";
import { clock } from "@/lib/db/schema";
import { env } from "@/lib/env";
import { newId } from "@/lib/ids";
import { type Stripe, stripeRead, stripeWrite } from "@/lib/stripe/client";
import { guestCtx } from "@/lib/testing/people";
import { days, hours, later, minutes, seconds } from "@/lib/time";
import { conduct } from "@/lib/time-machine/conductor";
import { readClock } from "@/lib/time-machine/queries";
import { startStripe } from "./stripe";

let stripe: { stop(): Promise<void> };
let receiver: Server;
let heard: { type: string; object: string; at: Date }[] = [];
const Event = z.object({ type: z.string(), data: z.object({ object: z.object({ id: z.string().optional() }) }) });

beforeAll(async () => {
  setClockOffset(0);
  await db().delete(clock);
  await db().execute("drop schema if exists stripe_local cascade");
  stripe = await startStripe();
  receiver = createServer(async (request, response) => {
    const { type, data } = Event.parse(JSON.parse(await text(request)));
    heard.push({ type, object: data.object.id ?? "", at: businessNow() });
    // As the application does: the event is a hint, the object is asked for.
    if (type === "invoice.paid") await stripeRead((stripe) => stripe.invoices.retrieve(data.object.id ?? ""));
    response.end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const { port } = receiver.address() as AddressInfo; // it listens on TCP
  await stripeWrite("test:endpoint", (stripe, options) =>
    stripe.webhookEndpoints.create({ url: `http://127.0.0.1:${port}/`, enabled_events: ["*"] }, options),
  );
});
afterAll(async () => {
  await stripe.stop();
  await new Promise((resolve) => receiver.close(resolve));
  setClockOffset(0);
});

const write = <T>(call: Parameters<typeof stripeWrite<T>>[1]) => stripeWrite(`test:${newId("req")}`, call);

async function aSubscription(): Promise<string> {
  const customer = await write((stripe, options) => stripe.customers.create({ name: "Noor" }, options));
  const method = await write((stripe, options) =>
    stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id }, options),
  );
  const price = await write((stripe, options) =>
    stripe.prices.create(
      { currency: "usd", unit_amount: 2_900, recurring: { interval: "month" }, product_data: { name: "Starter" } },
      options,
    ),
  );
  const subscription = await write((stripe, options) =>
    stripe.subscriptions.create(
      { customer: customer.id, default_payment_method: method.id, items: [{ price: price.id }] },
      options,
    ),
  );
  return subscription.id;
}

/** Noon of the first of March of the next year: from there the months are alike in every year. */
async function toMarch(): Promise<Date> {
  const to = new Date(Date.UTC(businessNow().getUTCFullYear() + 1, 2, 1, 12));
  await conduct(guestCtx(), { to });
  return to;
}

/** Goes from an instant to another in equal steps. */
const inSteps = (steps: number) => async (from: Date, to: Date) => {
  const stepMs = (to.getTime() - from.getTime()) / steps;
  for (let step = 1; step <= steps; step += 1) await conduct(guestCtx(), { to: later(from, stepMs * step) });
};

/** Goes from one landmark to the next, as somebody at the buttons would. */
async function byLandmarks(_from: Date, to: Date): Promise<void> {
  for (;;) {
    const { renewal, invoice } = (await readClock(guestCtx())).next;
    const isRenewal = renewal !== null && invoice !== null && renewal.at < invoice.at;
    const landmark = isRenewal ? renewal : invoice;
    if (!landmark || landmark.at > to) return conduct(guestCtx(), { to });
    await conduct(guestCtx(), { next: isRenewal ? "renewal" : "invoice" });
  }
}

/** Lives so long from a first of March, and tells what Stripe did and what the application heard. */
async function live(lengthMs: number, go: (from: Date, to: Date) => Promise<void>) {
  const start = await toMarch();
  heard = [];
  const id = await aSubscription();
  await go(start, later(start, lengthMs));
  const { data } = await stripeRead((stripe) => stripe.invoices.list({ subscription: id, limit: 100 }));
  const told = [...heard];
  await write((stripe, options) => stripe.subscriptions.cancel(id, {}, options));
  const since = (instant: Date) => Math.round((instant.getTime() - start.getTime()) / minutes(1));
  return {
    invoices: data.map((invoice: Stripe.Invoice) => ({
      ...{ status: invoice.status, cents: invoice.amount_paid },
      created: since(new Date(invoice.created * 1_000)),
    })),
    events: told
      // Money can be paid out after two working days, and those fall otherwise in every year.
      .filter(({ type }) => type !== "balance.available")
      .map(({ type, at }) => `${since(at)} ${type}`)
      .sort(),
  };
}

test("it answers where the configuration says, and keeps our clock", async () => {
  expect(env()).toMatchObject({ STRIPE_SECRET_KEY: "sk_test_local_parley", STRIPE_LOCAL_URL: expect.any(String) });
  await conduct(guestCtx(), { by: "+3 months" });
  const { created } = await write((stripe, options) => stripe.customers.create({}, options));
  expect(Math.abs(created * 1_000 - businessNow().getTime())).toBeLessThan(seconds(3));
});

test("three months jumped are three months lived", async () => {
  const jumped = await live(days(93), inSteps(1));
  expect(jumped.invoices.map(({ status, cents }) => `${status} ${cents}`)).toEqual(Array(4).fill("paid 2900"));
  const renewals = jumped.events.filter((line) => line.endsWith(" invoice.paid"));
  expect(renewals).toHaveLength(4);
  // An invoice is open for an hour, and the application hears of it within that minute.
  expect(jumped.events).toContain(`${(days(31) + hours(1)) / minutes(1)} invoice.paid`);

  expect(await live(days(93), inSteps(93))).toEqual(jumped);
  expect(await live(days(93), byLandmarks)).toEqual(jumped);
}, 120_000);

test("the clock shows what Stripe does next", async () => {
  const start = await toMarch();
  const id = await aSubscription();
  await conduct(guestCtx(), { to: later(start, minutes(1)) });
  const { due } = await readClock(guestCtx());
  expect(due).toEqual([{ name: "Stripe", at: expect.any(Date) }]);
  // The first payment can be paid out after two working days, long before the renewal.
  expect(due[0]?.at.getTime()).toBeGreaterThan(later(start, days(1)).getTime());
  expect(due[0]?.at.getTime()).toBeLessThan(later(start, days(6)).getTime());
  await write((stripe, options) => stripe.subscriptions.cancel(id, {}, options));
});
