import { asc, eq, like, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { acceptInvitation } from "@/lib/accounts/accept";
import { inTx } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { audit, deliveries, endpoints, events } from "@/lib/db/schema";
import { provide } from "@/lib/env";
import { closeAccount } from "@/lib/registration/close";
import { aMember, aPerson } from "@/lib/testing/people";
import { anInvitation, aTeam } from "@/lib/testing/teams";
import { aListener, allowLoopback, anEndpoint, happen } from "@/lib/testing/webhooks";
import { createEndpoint } from "./create";
import { getDelivery, getEndpoint, listDeliveries, listEndpoints } from "./queries";
import { removeEndpoint } from "./remove";
import { replayDelivery, replaySince } from "./replay";
import { rotateSecret, sealAgain } from "./rotate";
import { MOST_ENDPOINTS } from "./schema";
import { open } from "./secret";
import { sendTest } from "./send-test";
import { updateEndpoint } from "./update";

const URL_HERE = "http://localhost:9999/hooks";
beforeEach(allowLoopback);

const deliveriesOf = (id: (typeof endpoints.$inferSelect)["id"]) =>
  db().select().from(deliveries).where(eq(deliveries.endpointId, id)).orderBy(asc(deliveries.eventId));

test("the secret is shown as it is made, and is nowhere to be read afterwards", async () => {
  const { ctx, endpoint } = await aListener(URL_HERE);
  expect(endpoint.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  const said = JSON.stringify([await listEndpoints(ctx), await getEndpoint(ctx, endpoint)]);
  const [row] = await db().select().from(endpoints).where(eq(endpoints.id, endpoint.id));
  const trail = await db().select().from(audit).where(eq(audit.target, endpoint.id));
  expect(`${said}${JSON.stringify([row, trail])}`).not.toContain(endpoint.secret.slice(6, 40));
  expect(open(row?.secret ?? "")).toBe(endpoint.secret);
});

test("after the server's secret was rotated, what it sealed is sealed anew and the old one can go", async () => {
  const { endpoint } = await aListener(URL_HERE);
  const before = "a-secret-for-tests-and-for-nothing-else";
  provide({ JWT_SECRET: "the-secret-that-took-its-place-in-tests", JWT_SECRET_PREVIOUS: before });
  const kept = async () => (await db().select().from(endpoints).where(eq(endpoints.id, endpoint.id)))[0]?.secret ?? "";
  expect(open(await kept())).toBe(endpoint.secret);
  let sealed = 1;
  while (sealed > 0) sealed = await db().transaction((tx) => sealAgain({ ...systemCtx(), db: tx }));
  provide({ JWT_SECRET_PREVIOUS: "something-else-that-sealed-nothing-here" });
  expect(open(await kept())).toBe(endpoint.secret);
  provide({ JWT_SECRET: before });
  await db().delete(endpoints);
});

test("an address on a private network is refused when it is saved and when it is changed", async () => {
  const { ctx, endpoint } = await aListener(URL_HERE);
  for (const url of [
    "http://10.0.0.1/",
    "http://169.254.169.254/",
    "http://[::ffff:127.0.0.1]:9999/",
    "http://2130706433:9999/",
    "https://u:p@8.8.8.8/",
  ]) {
    const wrong = { code: "invalid", extras: { details: { fields: { url: expect.stringMatching(/\.$/) } } } };
    await expect(createEndpoint(ctx, { url, description: "", events: [] })).rejects.toMatchObject(wrong);
    await expect(updateEndpoint(ctx, { id: endpoint.id, changes: { url } })).rejects.toMatchObject(wrong);
  }
  expect((await getEndpoint(ctx, endpoint)).url).toBe(URL_HERE);
});

test("another account's endpoint is not there, whatever is asked of it", async () => {
  const [mine, theirs] = [await aListener(URL_HERE), await aListener(URL_HERE)];
  await happen(theirs);
  const [row] = await deliveriesOf(theirs.endpoint.id);
  if (!row) throw new Error("Nothing was planned");
  const { id } = theirs.endpoint;
  const { ctx } = mine;
  for (const attempt of [
    () => getEndpoint(ctx, { id }),
    () => updateEndpoint(ctx, { id, changes: { enabled: false } }),
    () => removeEndpoint(ctx, { id }),
    () => rotateSecret(ctx, { id, overlapHours: 0 }),
    () => sendTest(ctx, { id }),
    () => listDeliveries(ctx, { id, limit: 10 }),
    () => getDelivery(ctx, { id, eventId: row.eventId }),
    () => getDelivery(ctx, { id: mine.endpoint.id, eventId: row.eventId }),
    () => replayDelivery(ctx, { id, eventId: row.eventId }),
    () => replayDelivery(ctx, { id: mine.endpoint.id, eventId: row.eventId }),
    () => replaySince(ctx, { id, since: new Date(0), which: "all" }),
  ])
    await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
  expect(await replaySince(ctx, { id: mine.endpoint.id, since: new Date(0), which: "all" })).toEqual({ replayed: 0 });
  expect(await getEndpoint(theirs.ctx, { id })).toMatchObject({ state: "enabled" });
});

test("owners and admins look after endpoints; members and billing do not", async () => {
  const { accountId, owner } = await aTeam();
  const { id } = await anEndpoint(owner.ctx, URL_HERE);
  for (const role of ["member", "billing"] as const) {
    const { ctx } = await aMember(accountId, role);
    await expect(listEndpoints(ctx)).rejects.toMatchObject({ code: "forbidden" });
    await expect(anEndpoint(ctx, URL_HERE)).rejects.toMatchObject({ code: "forbidden" });
    await expect(removeEndpoint(ctx, { id })).rejects.toMatchObject({ code: "forbidden" });
  }
  const admin = await aMember(accountId, "admin");
  expect(await updateEndpoint(admin.ctx, { id, changes: { description: "Books" } })).toMatchObject({
    description: "Books",
  });
});

test("of many that are made at once, an account keeps twenty", async () => {
  const { ctx, accountId } = await aPerson();
  const made = await Promise.allSettled(Array.from({ length: MOST_ENDPOINTS + 5 }, () => anEndpoint(ctx, URL_HERE)));
  expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(MOST_ENDPOINTS);
  expect(await db().$count(endpoints, eq(endpoints.accountId, accountId))).toBe(MOST_ENDPOINTS);
});

test("what failed and what was missed while it was off is replayed, and nothing that arrived", async () => {
  const listener = await aListener(URL_HERE);
  const { ctx, endpoint } = listener;
  const { id } = endpoint;
  await happen(listener, "arrived");
  await db().update(deliveries).set({ state: "delivered", attempts: 1 }).where(eq(deliveries.endpointId, id));
  await happen(listener, "failed");
  await db()
    .update(deliveries)
    .set({ state: "failed", attempts: 10 })
    .where(sql`${deliveries.endpointId} = ${id} and ${deliveries.state} = 'waiting'`);
  await updateEndpoint(ctx, { id, changes: { enabled: false } });
  await happen(listener, "missed");
  await expect(replaySince(ctx, { id, since: new Date(0), which: "undelivered" })).rejects.toMatchObject({
    code: "conflict",
  });
  await updateEndpoint(ctx, { id, changes: { enabled: true } });

  expect(await replaySince(ctx, { id, since: new Date(Date.now() + 60_000), which: "all" })).toEqual({ replayed: 0 });
  expect(await replaySince(ctx, { id, since: new Date(0), which: "undelivered" })).toEqual({ replayed: 2 });
  expect((await deliveriesOf(id)).map(({ state, attempts }) => [state, attempts])).toEqual([
    ["delivered", 1],
    ["waiting", 0],
    ["waiting", 0],
  ]);
  expect(await replaySince(ctx, { id, since: new Date(0), which: "undelivered" })).toEqual({ replayed: 0 });
  expect(await replaySince(ctx, { id, since: new Date(0), which: "all" })).toEqual({ replayed: 1 });

  await updateEndpoint(ctx, { id, changes: { events: ["credits.purchased"] } });
  await db().update(deliveries).set({ state: "failed" }).where(eq(deliveries.endpointId, id));
  expect(await replaySince(ctx, { id, since: new Date(0), which: "all" })).toEqual({ replayed: 0 });
});

test("one event is sent again from the start, by the same name", async () => {
  const listener = await aListener(URL_HERE);
  await happen(listener);
  const { id } = listener.endpoint;
  const [row] = await deliveriesOf(id);
  if (!row) throw new Error("Nothing was planned");
  await db()
    .update(deliveries)
    .set({ state: "delivered", attempts: 3, status: 200 })
    .where(eq(deliveries.endpointId, id));
  const again = await replayDelivery(listener.ctx, { id, eventId: row.eventId });
  expect(again).toMatchObject({ eventId: row.eventId, state: "waiting", attempts: 0 });
  expect(again.body).toContain('"type":"member.joined"');
});

test("the log is read page by page, the latest first, by state", async () => {
  const listener = await aListener(URL_HERE);
  const { ctx, endpoint } = listener;
  for (let i = 0; i < 5; i += 1) await happen(listener);
  const first = await listDeliveries(ctx, { id: endpoint.id, limit: 3 });
  const second = await listDeliveries(ctx, { id: endpoint.id, limit: 3, cursor: first.deliveries.at(-1)?.eventId });
  const ids = [...first.deliveries, ...second.deliveries].map(({ eventId }) => eventId);
  expect(ids).toEqual([...ids].sort().reverse());
  expect([new Set(ids).size, second.nextCursor]).toEqual([5, null]);
  expect((await listDeliveries(ctx, { id: endpoint.id, limit: 3, state: "failed" })).deliveries).toEqual([]);
});

test("removing an endpoint removes its log, and closing the account everything", async () => {
  const listener = await aListener(URL_HERE);
  const { ctx, endpoint, accountId } = listener;
  await happen(listener);
  await removeEndpoint(ctx, { id: endpoint.id });
  expect(await deliveriesOf(endpoint.id)).toEqual([]);
  await expect(getEndpoint(ctx, endpoint)).rejects.toMatchObject({ code: "not_found" });

  await anEndpoint(ctx, URL_HERE);
  await happen(listener);
  const { name } = await db()
    .query.accounts.findFirst({ where: (row) => eq(row.id, accountId) })
    .then((row) => row ?? { name: "" });
  await closeAccount(ctx, { confirm: name });
  expect(await db().$count(events, eq(events.accountId, accountId))).toBe(0);
  expect(await db().$count(endpoints, eq(endpoints.accountId, accountId))).toBe(0);
});

test("somebody who accepts an invitation is told of, once", async () => {
  const { accountId, owner } = await aTeam();
  const endpoint = await anEndpoint(owner.ctx, URL_HERE);
  const guest = await aPerson({ name: "Mika" });
  const { token } = await anInvitation(owner.ctx, { email: guest.email, role: "billing" });
  await acceptInvitation(guest.ctx, { token });
  await acceptInvitation(guest.ctx, { token });
  const told = await db()
    .select({ body: events.body })
    .from(events)
    .where(like(events.body, `%${accountId}%`));
  expect(told.map(({ body }) => JSON.parse(body).data)).toEqual([
    { userId: guest.userId, name: "Mika", role: "billing" },
  ]);
  expect(await deliveriesOf(endpoint.id)).toHaveLength(1);
});

const systemCtx = () => ({
  actor: { kind: "system" as const, name: "test" },
  db: db(),
  now: new Date(),
  origin: { requestId: "req_test", ip: null, userAgent: null },
});

test("a caller's transaction that fails takes the endpoint with it", async () => {
  const { ctx, accountId } = await aPerson();
  const failing = inTx(ctx, async (ctx) => {
    await anEndpoint(ctx, URL_HERE);
    throw new Error("not after all");
  });
  await expect(failing).rejects.toThrow("not after all");
  expect(await db().$count(endpoints, eq(endpoints.accountId, accountId))).toBe(0);
});
