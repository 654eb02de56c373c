import { eq, inArray, sql } from "drizzle-orm";
import Stripe from "stripe";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { creditsOf } from "@/lib/credits/queries";
import { db } from "@/lib/db/client";
import { stripeCursors, stripeEvents } from "@/lib/db/schema";
import { env, provide } from "@/lib/env";
import { log } from "@/lib/log";
import { createIntent } from "@/lib/payments/create-intent";
import { brokenPromises } from "@/lib/testing/books";
import { stripeCtx } from "@/lib/testing/payments";
import { aPerson, type Person } from "@/lib/testing/people";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { hours, later, seconds } from "@/lib/time";
import { type Served, serve } from "@/server/testing/serve";
import { projectEvents } from "./project";
import { countFailed, listEvents } from "./queries";
import { reconcileEvents } from "./reconcile";
import { replayEvent } from "./replay";
import { retryFailed } from "./retry";
import { lastAttempt } from "./rules";

const ADDRESSES = [
  "/api/webhooks/stripe",
  ...["/webhooks/stripe", "/api/billing/webhooks", "/api/plugins/billing/webhook", "/api/payments/webhook"],
];
const [FIRST, SECOND] = ["whsec_the_first_secret", "whsec_the_second_secret"];

let house: TestStripe;
let served: Served;
beforeAll(async () => {
  log().level = "silent";
  house = await aStripe();
  served = await serve();
});
afterAll(async () => {
  await served.close();
  await house.stop();
});
beforeEach(async () => {
  house.renew();
  provide({ STRIPE_WEBHOOK_SECRET: FIRST });
  await db().delete(stripeEvents);
  await db().delete(stripeCursors);
});
afterEach(async () => expect(await brokenPromises()).toEqual([]));

type Given = { secret?: string; secondsAgo?: number; header?: string; address?: string };

const signed = (body: string, { secret = FIRST, secondsAgo = 0 }: Given = {}) =>
  Stripe.webhooks.generateTestHeaderString({
    payload: body,
    secret,
    timestamp: Math.floor(Date.now() / 1_000) - secondsAgo,
  });

const send = (body: string, given: Given = {}) =>
  fetch(`${served.url}${given.address ?? ADDRESSES[0]}`, {
    method: "POST",
    headers: {
      "stripe-signature": given.header ?? signed(body, given),
      "content-type": "application/json; charset=utf-8",
    },
    body,
  });

/** Somebody paid for a package, and this is how Stripe tells it. */
async function aPaidEvent(): Promise<{ who: Person; event: Stripe.Event; body: string }> {
  const who = await aPerson();
  const { paymentIntentId } = await createIntent(who.ctx, { packageId: 2 });
  await house.pay(paymentIntentId);
  const event = (await house.events()).find(({ type }) => type === "payment_intent.succeeded");
  if (!event) throw new Error("Stripe did not tell");
  return { who, event, body: JSON.stringify(event, null, 2) };
}

const recorded = () => db().select().from(stripeEvents);
const balance = ({ accountId }: Person) => creditsOf({ db: db() }, accountId);

test.each(ADDRESSES)("%s takes what Stripe signed, and the payment is granted", async (address) => {
  const { who, body } = await aPaidEvent();
  const answer = await send(body, { address });
  expect([answer.status, await answer.json()]).toEqual([200, { received: true }]);
  expect(await balance(who)).toBe(10);
  await projectEvents(stripeCtx());
  expect(await balance(who)).toBe(170);
  expect(await recorded()).toMatchObject([{ state: "done", via: "webhook", attempts: 1 }]);
});

test("fifty deliveries at once of one event have one effect, and each is answered", async () => {
  const { who, body } = await aPaidEvent();
  const answers = await Promise.all(Array.from({ length: 50 }, () => send(body)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(await recorded()).toHaveLength(1);
  await Promise.all(Array.from({ length: 4 }, () => projectEvents(stripeCtx())));
  expect(await balance(who)).toBe(170);
});

const REFUSED: [what: string, make: (body: string) => [body: string, given: Given]][] = [
  ["signed with another secret", (body) => [body, { secret: SECOND }]],
  ["301 seconds old", (body) => [body, { secondsAgo: 301 }]],
  ["301 seconds ahead", (body) => [body, { secondsAgo: -301 }]],
  ["written anew on the way", (body) => [JSON.stringify(JSON.parse(body)), { header: signed(body) }]],
  ["changed by one letter", (body) => [body.replace("2499", "2498"), { header: signed(body) }]],
  ["without a signature", (body) => [body, { header: "" }]],
  ["with a signature that is none", (body) => [body, { header: "t=1,v1=zz" }]],
  ["signed and no event", () => ["not json", {}]],
];

test.each(REFUSED)("an event %s is refused with 400 and nothing is written", async (_, make) => {
  const { body } = await aPaidEvent();
  const [sent, given] = make(body);
  const answer = await send(sent, given);
  expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ code: "invalid" })]);
  expect(await recorded()).toEqual([]);
});

test("more than a mebibyte is refused with 413 before it is read", async () => {
  const answer = await send(`{"pad":"${"x".repeat(1_048_577)}"}`);
  expect(answer.status).toBe(413);
  expect(await recorded()).toEqual([]);
});

test("while a secret is changed both are good", async () => {
  provide({ STRIPE_WEBHOOK_SECRET: `${SECOND}, ${FIRST}` });
  const { body } = await aPaidEvent();
  const [first, second] = [signed(body, { secret: FIRST }), signed(body, { secret: SECOND })];
  expect((await send(body, { header: first })).status).toBe(200);
  expect((await send(body, { header: `${first},${second.split(",")[1]}` })).status).toBe(200);
  provide({ STRIPE_WEBHOOK_SECRET: SECOND });
  expect((await send(body, { header: first })).status).toBe(400);
  expect((await send(body, { header: second })).status).toBe(200);
});

test("without a secret nothing is taken", async () => {
  provide({ STRIPE_WEBHOOK_SECRET: "" });
  expect((await send("{}", { header: "t=1,v1=00" })).status).toBe(503);
});

test("forgeries are counted against their address, and hold up nothing that is signed", async () => {
  const { body } = await aPaidEvent();
  const statuses: number[] = [];
  for (let tries = 0; tries <= env().RATE_LIMIT_ANONYMOUS; tries += 1)
    statuses.push((await send(body, { secret: SECOND })).status);
  expect(statuses.at(-1)).toBe(429);
  expect((await send(body)).status).toBe(200);
});

test("what the local Stripe delivers by itself is taken", async () => {
  const endpoint = await house.stripe.webhookEndpoints.create({
    url: `${served.url}/api/webhooks/stripe`,
    enabled_events: ["payment_intent.succeeded"],
  });
  provide({ STRIPE_WEBHOOK_SECRET: endpoint.secret ?? "" });
  const { who } = await aPaidEvent();
  await house.settle();
  await projectEvents(stripeCtx());
  expect(await balance(who)).toBe(170);
});

test("a webhook that never comes is found by the next reconciliation, and one that comes 72 hours late changes nothing", async () => {
  const { who, body } = await aPaidEvent();
  expect(await reconcileEvents(stripeCtx())).toBeGreaterThan(0);
  await projectEvents(stripeCtx());
  expect(await balance(who)).toBe(170);
  expect(await reconcileEvents(stripeCtx())).toBe(0);

  const late = { ...stripeCtx(), now: later(new Date(), hours(72)) };
  expect((await send(body)).status).toBe(200);
  expect(await projectEvents(late)).toBe(0);
  expect(await balance(who)).toBe(170);
});

test("the reconciliation goes on where it was, and reads what is late once more", async () => {
  const first = await aPaidEvent();
  await Promise.all([reconcileEvents(stripeCtx()), reconcileEvents(stripeCtx())]);
  const [cursor] = await db().select().from(stripeCursors);
  expect(Math.abs((cursor?.reachedAt.getTime() ?? 0) - first.event.created * 1_000)).toBeLessThan(seconds(5));
  const second = await aPaidEvent();
  await reconcileEvents(stripeCtx());
  await projectEvents(stripeCtx());
  expect(await Promise.all([first, second].map(({ who }) => balance(who)))).toEqual([170, 170]);
});

test("the reconciliation reads page by page to the oldest event, and keeps its place where one cannot be written", async () => {
  const { who, event } = await aPaidEvent();
  expect((await house.events()).length).toBeGreaterThan(3);
  const cursors = () => db().select().from(stripeCursors);
  await db().execute(
    sql.raw(`alter table stripe_events add constraint stripe_events_not_this check (id <> '${event.id}')`),
  );
  await expect(reconcileEvents(stripeCtx(), { perPage: 1 })).rejects.toThrow();
  await db().execute(sql`alter table stripe_events drop constraint stripe_events_not_this`);
  expect(await cursors()).toEqual([]);

  await reconcileEvents(stripeCtx(), { perPage: 1 });
  const [cursor] = await cursors();
  expect(cursor?.reachedAt.getTime()).toBeGreaterThanOrEqual(event.created * 1_000);
  await projectEvents(stripeCtx());
  expect(await balance(who)).toBe(170);
});

test("what nobody here knows is parked, what is not ours is ignored, and staff can have it worked off again", async () => {
  const stranger = await house.stripe.paymentIntents.create({ amount: 500, currency: "usd" });
  await house.pay(stranger.id);
  const strange = (await house.events()).find(({ type }) => type === "payment_intent.succeeded");
  await send(JSON.stringify(strange));
  await send(JSON.stringify({ ...strange, id: "evt_new_in_town", type: "moon.landed" }));
  await send(JSON.stringify({ ...strange, id: "evt_other_mode", livemode: true }));
  await projectEvents(stripeCtx());
  const states = Object.fromEntries((await recorded()).map(({ id, state }) => [id, state]));
  expect(states).toEqual({ [strange?.id ?? ""]: "ignored", evt_new_in_town: "parked", evt_other_mode: "parked" });

  const who = await aPerson();
  await expect(replayEvent(who.ctx, { id: "evt_new_in_town" })).rejects.toMatchObject({ code: "not_found" });
  await expect(listEvents(who.ctx, { limit: 10 })).rejects.toMatchObject({ code: "not_found" });
  const staff = { ...who.ctx, actor: { ...who.ctx.actor, isStaff: true } };
  expect((await listEvents(staff, { limit: 10, state: "parked" })).events.map(({ id }) => id).sort()).toEqual([
    ...["evt_new_in_town", "evt_other_mode"],
  ]);
  expect(await replayEvent(staff, { id: "evt_new_in_town" })).toMatchObject({ state: "new", attempts: 0 });
  await expect(replayEvent(staff, { id: "evt_nowhere" })).rejects.toMatchObject({ code: "not_found" });
});

test("an event waits while Stripe is out of reach, and goes through when it is back", async () => {
  const { who, body } = await aPaidEvent();
  await send(body);
  await house.fault("unavailable", { match: "GET *", times: 3 });
  await projectEvents(stripeCtx());
  expect(await recorded()).toMatchObject([
    { state: "new", attempts: 1, note: expect.stringContaining("cannot be reached") },
  ]);
  await db()
    .update(stripeEvents)
    .set({ dueAt: new Date(0) });
  await projectEvents(stripeCtx());
  expect(await balance(who)).toBe(170);
}, 15_000);

/** While this runs, nothing that is told can be written to the books. */
async function withoutPayments(work: () => Promise<unknown>): Promise<void> {
  await db().execute("alter table payments rename to payments_away");
  await work();
  await db().execute("alter table payments_away rename to payments");
}

test("an event that fails again and again is set aside and shown, and goes through when it is taken up again", async () => {
  const { who, event, body } = await aPaidEvent();
  await send(body);
  await db().update(stripeEvents).set({ attempts: 7 });
  await withoutPayments(() => projectEvents(stripeCtx()));
  expect(await recorded()).toMatchObject([{ id: event.id, state: "failed", attempts: 8 }]);
  expect(await countFailed(stripeCtx())).toBe(1);

  expect(await retryFailed(stripeCtx())).toBe(0);
  await db()
    .update(stripeEvents)
    .set({ dueAt: new Date(0) });
  expect(await retryFailed(stripeCtx())).toBe(1);
  await projectEvents(stripeCtx());
  expect(await recorded()).toMatchObject([{ state: "done", attempts: 9, note: null }]);
  expect([await balance(who), await countFailed(stripeCtx())]).toEqual([170, 0]);
});

test("an event that no try gets through is left alone in the end, and a Stripe out of reach uses no try up", async () => {
  const { event, body } = await aPaidEvent();
  await send(body);
  await db()
    .update(stripeEvents)
    .set({ attempts: lastAttempt - 1 });
  await house.fault("unavailable", { match: "GET *", times: 3 });
  await projectEvents(stripeCtx());
  const dueNow = () =>
    db()
      .update(stripeEvents)
      .set({ dueAt: new Date(0) });
  expect(await recorded()).toMatchObject([{ id: event.id, state: "new", attempts: lastAttempt - 1 }]);

  await dueNow();
  await withoutPayments(() => projectEvents(stripeCtx()));
  await dueNow();
  expect(await retryFailed(stripeCtx())).toBe(0);
  expect(await recorded()).toMatchObject([{ state: "failed", attempts: lastAttempt }]);
}, 15_000);

test("a thousand events about one payment are worked off together", async () => {
  const { who, event } = await aPaidEvent();
  const ids = Array.from({ length: 1_000 }, (_, place) => `evt_many_${place}`);
  const startedAt = performance.now();
  for (let place = 0; place < ids.length; place += 50) {
    const batch = ids.slice(place, place + 50);
    const answers = await Promise.all(batch.map((id) => send(JSON.stringify({ ...event, id }))));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
  }
  await projectEvents(stripeCtx());
  const perSecond = Math.round(ids.length / ((performance.now() - startedAt) / 1_000));
  process.stdout.write(`  ${perSecond} events a second, from the request to the books\n`);
  expect(await balance(who)).toBe(170);
  const done = await db().select().from(stripeEvents).where(inArray(stripeEvents.id, ids));
  expect(done.filter(({ state }) => state !== "done")).toEqual([]);
  expect(await db().select().from(stripeEvents).where(eq(stripeEvents.state, "new"))).toEqual([]);
}, 30_000);
