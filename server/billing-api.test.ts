import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { log } from "@/lib/log";
import { aShop, hearAll, intentOf } from "@/lib/testing/plans";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { ask, bearer, post, registerAt } from "./testing/callers";
import { type Served, serve } from "./testing/serve";

let served: Served;
let house: TestStripe;
beforeAll(async () => {
  log().level = "silent";
  house = await aStripe();
  served = await serve();
});
afterAll(async () => {
  await served.close();
  await house.stop();
});
beforeEach(() => aShop(house));

const at = (path: string) => `${served.url}${path}`;
const person = () => registerAt(served.url);

test("the documented calls run: take up, use, see, change, cancel", async () => {
  const { token, key } = await person();
  const as = bearer(token);
  const refused = await post(at("/rooms"), {}, { "x-api-key": key });
  expect(refused).toMatchObject({
    status: 402,
    body: {
      error: "Active subscription required",
      message: "Please subscribe to use the multimedia API features.",
    },
  });
  const begun = await post(at("/api/billing/create-subscription"), { planId: "starter" }, as);
  expect(begun).toMatchObject({ status: 201, body: { subscription: { status: "incomplete" } } });
  const again = await post(at("/api/billing/create-subscription"), { planId: "starter" }, as);
  expect(again.body.clientSecret).toBe(begun.body.clientSecret);
  await house.pay(intentOf(String(begun.body.clientSecret)));
  await hearAll(house);

  expect((await post(at("/rooms"), {}, { "x-api-key": key })).status).toBe(201);
  expect((await ask(at("/api/billing/usage"), { headers: { "x-api-key": key } })).body).toMatchObject({
    usage: { currentMonthMinutes: 0, currentMonthRooms: 1 },
    ...{ limits: { maxMinutes: 1_000, maxRooms: 5, maxParticipants: 10 }, notices: [] },
  });
  expect((await ask(at("/api/billing/subscriptions"), { headers: as })).body).toMatchObject({
    subscriptions: [{ status: "active", plan: { id: "rooms-starter" } }],
  });

  const preview = await post(at("/api/billing/update-subscription/preview"), { planId: "professional" }, as);
  const { quoteId, dueNow } = preview.body as { quoteId: string; dueNow: { amount: string } };
  const change = { planId: "professional", quoteId };
  const once = { ...as, "idempotency-key": randomUUID() };
  const changed = await post(at("/api/billing/update-subscription"), change, once);
  expect(changed).toMatchObject({ status: 200, body: { outcome: "changed" } });
  expect(await post(at("/api/billing/update-subscription"), change, once)).toMatchObject({ body: changed.body });
  await hearAll(house);
  const { body } = await ask(at("/api/billing/invoices"), { headers: as });
  const [invoice] = (body as { invoices: { id: string; amount: number }[] }).invoices;
  expect(invoice?.amount).toBe(Number(dueNow.amount));
  const pdf = await fetch(at(`/api/billing/invoices/${invoice?.id}/pdf`), { headers: as });
  expect([pdf.status, pdf.headers.get("content-type")]).toEqual([200, "application/pdf"]);

  // The first key may cancel, and may not change what is paid.
  expect((await post(at("/api/billing/update-subscription"), { planId: "starter" }, { "x-api-key": key })).status).toBe(
    403,
  );
  expect((await post(at("/api/billing/cancel-subscription"), {}, { "x-api-key": key })).body).toMatchObject({
    subscription: { status: "active", cancelAt: expect.any(String) },
  });
});

test("an address speaks for its family, and a bare plan is read in its words", async () => {
  const { token } = await person();
  const as = bearer(token);
  const pro = await post(at("/api/plugins/billing/create-subscription"), { planId: "pro" }, as);
  expect(pro.body).toMatchObject({ subscription: { plan: { id: "compute-professional" } } });
  expect((await ask(at("/api/plugins/billing/subscription"), { headers: as })).body).toMatchObject({
    subscription: { family: "compute" },
  });
  expect((await ask(at("/billing/subscription"), { headers: as })).body).toEqual({ subscription: null });
  const gateway = await post(at("/billing/create-subscription"), { planId: "gateway" }, as);
  expect(gateway.body).toMatchObject({ subscription: { family: "gateway", status: "active" } });
  expect(await post(at("/billing/subscription/cancel"), { when: "now" }, as)).toMatchObject({
    status: 200,
    body: { subscription: { family: "gateway", status: "canceled" } },
  });
  const rooms = await post(at("/api/billing/create-subscription"), { planId: "compute-free" }, as);
  expect(rooms).toMatchObject({ status: 400, body: { details: { fields: { planId: expect.any(String) } } } });
});

test("whoever registers with a plan hears what is still to be paid, and has nothing before", async () => {
  const wanted = (plan: string) => ({
    ...{ name: "Robin Hale", password: "quiet-ledger-seven", plan },
    email: `robin-${randomUUID()}@parley.example`,
  });
  const { status, body } = await post(at("/api/auth/register"), wanted("professional"));
  expect([status, body.plan]).toMatchObject([
    201,
    { planId: "rooms-professional", due: { amount: "99.00" }, status: "incomplete", confirm: { kind: "payment" } },
  ]);
  const free = await post(at("/api/auth/register"), wanted("compute-free"));
  expect(free.body.plan).toMatchObject({ planId: "compute-free", due: { micros: 0 }, status: "active", confirm: null });
  expect((await post(at("/auth/register"), wanted("professional"))).status).toBe(400);
  const plain = await post(at("/api/auth/register"), { ...wanted(""), plan: undefined });
  expect([plain.status, plain.body.plan]).toEqual([201, null]);

  await house.fault("unavailable", { times: 50 });
  const later = await post(at("/api/auth/register"), wanted("starter"));
  await house.control("DELETE", "faults");
  expect([later.status, later.body.plan]).toMatchObject([
    201,
    { status: "new", confirm: null, due: { amount: "29.00" } },
  ]);
});

test("the plans are public, at both addresses", async () => {
  const all = await ask(at("/api/plans"));
  expect(all.body.plans).toHaveLength(7);
  expect((await ask(at("/api/auth/plans"))).body).toMatchObject({
    plans: [
      { id: "rooms-starter", price: 29, limits: { maxRooms: 5, maxParticipants: 10, maxMinutes: 1_000 } },
      { id: "rooms-professional", price: 99 },
      { id: "rooms-enterprise", price: 299 },
    ],
  });
});

test("the portal and the checkout answer with a page, and send nobody astray", async () => {
  const { token } = await person();
  const as = bearer(token);
  for (const path of ["/api/billing/portal", "/billing/portal"])
    expect(await post(at(path), { returnUrl: "https://evil.example/" }, as)).toMatchObject({ status: 400 });
  const portal = await post(at("/billing/portal"), {}, as);
  expect((await fetch(String(portal.body.url))).status).toBe(200);
  const page = await post(at("/api/billing/create-checkout"), { planId: "starter" }, as);
  expect((await fetch(String(page.body.url))).status).toBe(200);
});
