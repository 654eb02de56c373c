import { createHmac } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { inTx } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { deliveries, endpoints, events, outbox } from "@/lib/db/schema";
import { emitEvent } from "@/lib/events/emit";
import { aMember, aPerson } from "@/lib/testing/people";
import { aTeam } from "@/lib/testing/teams";
import { aListener, allowLoopback, anEndpoint, happen } from "@/lib/testing/webhooks";
import { leaseDeliveries } from "@/lib/webhooks/lease";
import { rotateSecret } from "@/lib/webhooks/rotate";
import { LONGEST_FAILING_MS, WAITS_MS } from "@/lib/webhooks/rules";
import type { Endpoint, SecretEndpoint } from "@/lib/webhooks/schema";
import { sendTest } from "@/lib/webhooks/send-test";
import { settleDelivery } from "@/lib/webhooks/settle";
import { updateEndpoint } from "@/lib/webhooks/update";
import { aReceiver, type Received } from "../testing/receiver";
import type { Loop } from "./every";
import { startWebhookLoop } from "./webhooks";

let loop: Loop;
beforeEach(async () => {
  allowLoopback();
  await db().delete(events);
  loop = startWebhookLoop();
});
afterEach(() => loop.stop());

const rowsOf = ({ id }: Pick<Endpoint, "id">) =>
  db().select().from(deliveries).where(eq(deliveries.endpointId, id)).orderBy(deliveries.eventId);

async function settled(endpoint: Pick<Endpoint, "id">, state: string, count = 1) {
  loop.kick();
  await expect
    .poll(async () => (await rowsOf(endpoint)).map((row) => row.state), { timeout: 5_000 })
    .toEqual(Array(count).fill(state));
  return rowsOf(endpoint);
}

const stateOf = async ({ id }: Pick<Endpoint, "id">) => {
  const [row] = await db().select().from(endpoints).where(eq(endpoints.id, id));
  return row;
};

/** Written from the specification and from nothing of ours. */
const signatureBy = (secret: string, { id, headers, body }: Received) =>
  `v1,${createHmac("sha256", Buffer.from(secret.replace("whsec_", ""), "base64"))
    .update(`${id}.${headers["webhook-timestamp"]}.${body}`)
    .digest("base64")}`;

test("an event arrives signed, and what came back is kept", async () => {
  const receiver = await aReceiver((res) => res.writeHead(200).end(`thanks ${"a".repeat(2_000)}`));
  const listener = await aListener(receiver.url);
  await happen(listener, "Mika");
  const [row] = await settled(listener.endpoint, "delivered");

  const [got] = receiver.received;
  if (!got) throw new Error("Nothing arrived");
  expect(JSON.parse(got.body)).toEqual({
    type: "member.joined",
    timestamp: listener.ctx.now.toISOString(),
    accountId: listener.accountId,
    data: { userId: listener.userId, name: "Mika", role: "member" },
  });
  expect(got.headers["webhook-signature"]).toBe(signatureBy(listener.endpoint.secret, got));
  expect(Math.abs(Number(got.headers["webhook-timestamp"]) - got.at / 1_000)).toBeLessThan(5);
  expect(row).toMatchObject({ eventId: got.id, attempts: 1, status: 200, failure: null });
  expect(row?.answer).toHaveLength(1_024);
  expect(row?.durationMs).toBeGreaterThanOrEqual(0);
});

test("an endpoint hears of its own account and of what it listens to, and of nothing else", async () => {
  const [receiver, person, stranger] = [await aReceiver(), await aPerson(), await aPerson()];
  await anEndpoint(person.ctx, receiver.url, ["credits.purchased"]);
  const all = await anEndpoint(person.ctx, receiver.url);
  await happen(person);
  await happen(stranger);
  await settled(all, "delivered");
  expect(receiver.received).toHaveLength(1);
});

test("what is rolled back is told to nobody, and without endpoints nothing is kept", async () => {
  const [receiver, loner] = [await aReceiver(), await aPerson()];
  const listener = await aListener(receiver.url);
  const broken = inTx(listener.ctx, async (ctx) => {
    await emitEvent(ctx, listener.accountId, "member.joined", { userId: listener.userId, name: "x", role: "member" });
    throw new Error("changed my mind");
  });
  await expect(broken).rejects.toThrow("changed my mind");
  await happen(loner);
  expect(await db().$count(events)).toBe(0);
  expect(await rowsOf(listener.endpoint)).toEqual([]);
});

test("a failing receiver is tried ten times, each wait as promised, and then given up", async () => {
  const receiver = await aReceiver((res) => res.writeHead(500).end("no"));
  const listener = await aListener(receiver.url);
  await happen(listener);
  for (let tries = 1; tries <= WAITS_MS.length + 1; tries += 1) {
    loop.kick();
    await expect
      .poll(async () => (await rowsOf(listener.endpoint))[0]?.status && receiver.received.length, { timeout: 5_000 })
      .toBe(tries);
    await expect.poll(async () => (await rowsOf(listener.endpoint))[0]?.leasedUntil).toBe(null);
    const [row] = await rowsOf(listener.endpoint);
    const wait = WAITS_MS[tries - 1];
    if (!row?.triedAt) throw new Error("It was not tried");
    if (wait === undefined) break;
    const planned = row.dueAt.getTime() - row.triedAt.getTime();
    expect(planned, `after try ${tries}`).toBeGreaterThanOrEqual(wait);
    expect(planned).toBeLessThan(wait * 1.2 + 2_000);
    expect(row).toMatchObject({ state: "waiting", attempts: tries, failure: "The receiver answered 500." });
    await db().update(deliveries).set({ dueAt: sql`clock_timestamp()` });
  }
  expect(await rowsOf(listener.endpoint)).toMatchObject([{ state: "failed", attempts: 10 }]);
  expect(new Set(receiver.ids()).size).toBe(1);
  expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
});

test("410 switches the endpoint off at once, and its people hear of it", async () => {
  const receiver = await aReceiver((res) => res.writeHead(410).end());
  const { accountId, owner } = await aTeam("Lantern");
  const [admin, member] = [await aMember(accountId, "admin"), await aMember(accountId, "member")];
  const endpoint = await anEndpoint(owner.ctx, receiver.url);
  await happen(owner);
  await settled(endpoint, "failed");
  await expect.poll(async () => (await stateOf(endpoint))?.reason).toBe("gone");

  expect((await mailsAbout(endpoint)).map(({ to }) => to).sort()).toEqual([owner.email, admin.email].sort());
  expect((await mailsAbout(endpoint))[0]).toMatchObject({
    facts: { accountName: "Lantern", reason: "gone", url: receiver.url },
  });
  expect((await mailsAbout(endpoint)).some(({ to }) => to === member.email)).toBe(false);
  await happen(owner);
  expect(await rowsOf(endpoint)).toHaveLength(1);
});

test("after five days without a success the endpoint is switched off; a success in between starts the count anew", async () => {
  let status = 503;
  const receiver = await aReceiver((res) => res.writeHead(status).end());
  const listener = await aListener(receiver.url);
  const { endpoint } = listener;
  const pretendFailingFor = (ms: number) =>
    db()
      .update(endpoints)
      .set({ failingSince: sql`clock_timestamp() - make_interval(secs => ${ms / 1_000})` })
      .where(eq(endpoints.id, endpoint.id));

  await happen(listener);
  await expect.poll(async () => (await stateOf(endpoint))?.failingSince, { timeout: 5_000 }).toBeInstanceOf(Date);
  await pretendFailingFor(LONGEST_FAILING_MS - 60_000);
  await db().update(deliveries).set({ dueAt: sql`clock_timestamp()` });
  await expect.poll(async () => (await rowsOf(endpoint))[0]?.attempts, { timeout: 5_000 }).toBe(2);
  await expect.poll(async () => (await rowsOf(endpoint))[0]?.leasedUntil).toBe(null);
  expect((await stateOf(endpoint))?.state).toBe("enabled");

  status = 200;
  await db().update(deliveries).set({ dueAt: sql`clock_timestamp()` });
  await settled(endpoint, "delivered");
  expect((await stateOf(endpoint))?.failingSince).toBe(null);

  status = 503;
  await pretendFailingFor(LONGEST_FAILING_MS + 60_000);
  await happen(listener);
  loop.kick();
  await expect.poll(async () => (await stateOf(endpoint))?.reason, { timeout: 5_000 }).toBe("failing");
  expect(await mailsAbout(endpoint)).toHaveLength(1);
  expect((await rowsOf(endpoint)).map((row) => row.state)).toEqual(["delivered", "failed"]);
});

test("a redirect is a failure and is not followed", async () => {
  const behind = await aReceiver();
  const receiver = await aReceiver((res) => res.writeHead(301, { location: behind.url }).end());
  const listener = await aListener(receiver.url);
  await happen(listener);
  await expect.poll(async () => (await rowsOf(listener.endpoint))[0]?.status, { timeout: 5_000 }).toBe(301);
  expect((await rowsOf(listener.endpoint))[0]?.failure).toBe("The receiver answered 301. Redirects are not followed.");
  expect(behind.received).toEqual([]);
});

test("what a dead worker had in hand is sent by another, and the dead one's word counts no more", async () => {
  await loop.stop();
  const receiver = await aReceiver();
  const listener = await aListener(receiver.url);
  await happen(listener);
  const [held] = await leaseDeliveries(10);
  if (!held) throw new Error("Nothing was due");
  expect(await leaseDeliveries(10)).toEqual([]);

  await db().update(deliveries).set({ leasedUntil: sql`clock_timestamp() - interval '1 second'` });
  loop = startWebhookLoop();
  await settled(listener.endpoint, "delivered");
  expect(receiver.ids()).toEqual([held.eventId]);

  await settleDelivery(listener.ctx, held, { outcome: "failed", why: "I was away.", durationMs: 1 });
  expect(await rowsOf(listener.endpoint)).toMatchObject([{ state: "delivered", attempts: 2, failure: null }]);
});

test("several workers at once take each delivery once", async () => {
  await loop.stop();
  const people = await Promise.all(Array.from({ length: 6 }, () => aListener("http://localhost:9999/")));
  for (const person of people) for (let i = 0; i < 4; i += 1) await happen(person);
  for (let round = 0; round < 10; round += 1) {
    await Promise.all(Array.from({ length: 10 }, () => db().execute(sql`select pg_sleep(0.01)`)));
    const taken = (await Promise.all(Array.from({ length: 10 }, () => leaseDeliveries(24)))).flat();
    const keys = [...taken, ...(await drain())].map(({ endpointId, eventId }) => `${endpointId} ${eventId}`);
    expect(keys).toHaveLength(24);
    expect(new Set(keys).size).toBe(24);
    await db().update(deliveries).set({ leasedUntil: null });
  }
});

test("a slow receiver gets four requests at a time and holds up nobody else", async () => {
  const waiting: (() => void)[] = [];
  const slow = await aReceiver((res) => void waiting.push(() => res.writeHead(204).end()));
  const [quick, dana, noor] = [await aReceiver(), await aPerson(), await aPerson()];
  const stuck = await anEndpoint(dana.ctx, slow.url);
  const free = await anEndpoint(noor.ctx, quick.url);
  for (let i = 0; i < 40; i += 1) await happen(dana);
  await happen(noor);
  await settled(free, "delivered");
  await expect.poll(() => slow.received.length, { timeout: 5_000 }).toBe(4);
  expect((await rowsOf(stuck)).filter((row) => row.leasedUntil)).toHaveLength(4);

  const answering = setInterval(() => {
    for (const answer of waiting.splice(0)) answer();
  }, 20);
  await expect
    .poll(async () => (await rowsOf(stuck)).every((row) => row.state === "delivered"), { timeout: 15_000 })
    .toBe(true);
  clearInterval(answering);
  expect(new Set(slow.ids()).size).toBe(40);
});

test("while a secret changes over, both sign; afterwards the new one alone", async () => {
  const receiver = await aReceiver();
  const listener = await aListener(receiver.url);
  const before = listener.endpoint.secret;
  const { id, secret } = await rotateSecret(listener.ctx, { id: listener.endpoint.id, overlapHours: 24 });
  await happen(listener);
  await settled({ id }, "delivered");
  await db()
    .update(endpoints)
    .set({ previousUntil: sql`clock_timestamp() - interval '1 second'` })
    .where(eq(endpoints.id, id));
  await happen(listener);
  await settled({ id }, "delivered", 2);

  const [during, after] = receiver.received;
  if (!during || !after) throw new Error("Two were expected");
  expect(secret).not.toBe(before);
  expect(during.headers["webhook-signature"]).toBe(`${signatureBy(secret, during)} ${signatureBy(before, during)}`);
  expect(after.headers["webhook-signature"]).toBe(signatureBy(secret, after));
});

test("a test comes once, to an endpoint that listens to something else, and counts as no failure", async () => {
  const receiver = await aReceiver((res) => res.writeHead(500).end());
  const person = await aPerson();
  const endpoint = await anEndpoint(person.ctx, receiver.url, ["credits.purchased"]);
  expect(await sendTest(person.ctx, { id: endpoint.id })).toMatchObject({ type: "webhook.test", state: "waiting" });
  await settled(endpoint, "failed");
  expect(receiver.received).toHaveLength(1);
  expect(await stateOf(endpoint)).toMatchObject({ state: "enabled", failingSince: null });
});

test("an endpoint that is off gets nothing, not even what waited", async () => {
  const receiver = await aReceiver((res) => res.writeHead(500).end());
  const listener = await aListener(receiver.url);
  await happen(listener);
  await expect.poll(async () => (await rowsOf(listener.endpoint))[0]?.status, { timeout: 5_000 }).toBe(500);
  await updateEndpoint(listener.ctx, { id: listener.endpoint.id, changes: { enabled: false } });
  await db().update(deliveries).set({ dueAt: sql`clock_timestamp()` });
  await happen(listener);
  expect(await leaseDeliveries(10)).toEqual([]);
  expect(await rowsOf(listener.endpoint)).toMatchObject([
    { state: "failed", failure: "The endpoint was switched off." },
  ]);
  expect(receiver.received).toHaveLength(1);
});

async function drain() {
  const all = [];
  for (let some = await leaseDeliveries(50); some.length > 0; some = await leaseDeliveries(50)) all.push(...some);
  return all;
}

async function mailsAbout({ id }: Pick<SecretEndpoint, "id">) {
  const rows = await db()
    .select({ payload: outbox.payload })
    .from(outbox)
    .where(and(eq(outbox.kind, "mail"), sql`${outbox.payload} -> 'facts' ->> 'endpointId' = ${id}`));
  return rows.map(({ payload }) => payload as { to: string; facts: Record<string, string> }); // as it was queued
}
