import { afterAll, beforeAll, expect, test } from "vitest";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { aPerson } from "@/lib/testing/people";
import { aStripe, type TestStripe } from "@/lib/testing/stripe";
import { ask, bearer, post } from "./testing/callers";
import { type Served, serve } from "./testing/serve";

let house: TestStripe;
let served: Served;
beforeAll(async () => {
  log().level = "silent";
  [house, served] = [await aStripe(), await serve()];
});
afterAll(async () => {
  await served.close();
  await house.stop();
});

const buy = (token: string, body: object, headers: Record<string, string> = {}) =>
  post(`${served.url}/api/payments/create-intent`, body, { ...bearer(token), ...headers });
const read = (token: string, path: string) => ask(`${served.url}${path}`, { headers: bearer(token) });

test("from sign-up to credits, as the documents have it", async () => {
  const signedUp = await post(`${served.url}/api/auth/signup`, {
    ...{ email: "buyer@payments.example", password: "quiet-ledger-seven", name: "Robin Hale" },
  });
  expect(signedUp).toMatchObject({ status: 201, body: { creditBalance: 10 } });
  const token = String(signedUp.body.token);
  const cost = { durationMinutes: 3, resolution: "720p", customMusic: false, premiumTTS: false, aiEnhancement: false };
  expect(await post(`${served.url}/api/credits/calculate-cost`, cost, bearer(token))).toMatchObject({
    ...{ status: 200, body: { credits: 15, affordable: false } },
  });
  const { packages } = (await read(token, "/api/credits/packages")).body as {
    packages: { id: number; price: number }[];
  };
  expect(packages.map(({ id, price }) => [id, price])).toEqual([
    ...[
      [1, 9.99],
      [2, 24.99],
      [3, 79.99],
      [4, 299.99],
    ],
  ]);

  const { status, body } = await buy(token, { packageId: 2 }, { "idempotency-key": "one-purchase" });
  expect([status, body.amount]).toEqual([201, 24.99]);
  expect((await buy(token, { packageId: 2 }, { "idempotency-key": "one-purchase" })).body).toEqual(body);
  const paymentIntentId = String(body.paymentIntentId);
  const confirm = () => post(`${served.url}/api/payments/confirm`, { paymentIntentId }, bearer(token));
  expect(await confirm()).toMatchObject({ status: 402, body: { code: "payment_required" } });
  await house.pay(paymentIntentId);
  expect(await confirm()).toMatchObject({
    status: 200,
    body: { creditBalance: 170, payment: { status: "succeeded" } },
  });
  expect(await confirm()).toMatchObject({ status: 200, body: { creditBalance: 170 } });
  expect((await read(token, "/api/auth/profile")).body).toMatchObject({ creditBalance: 170 });
  expect((await read(token, `/api/payments/${paymentIntentId}`)).body).toMatchObject({ refunds: [], disputes: [] });
  expect((await read(token, "/api/payments/history?limit=1")).body).toMatchObject({
    payments: [{ title: "Pro package" }],
  });
  expect((await read(token, "/api/credits/transactions")).body).toMatchObject({
    transactions: [
      { kind: "purchase", amount: 160 },
      { kind: "gift", amount: 10 },
    ],
  });
}, 20_000);

test("an export is a file, and nobody reads another's", async () => {
  const { token, apiKey } = await aPerson();
  const answer = await fetch(`${served.url}/api/credits/export`, { headers: bearer(token) });
  expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(answer.headers.get("content-disposition")).toBe('attachment; filename="credits-export.csv"');
  expect(await answer.text()).toMatch(/^Date,Kind.+\r\n.+,gift,Welcome credits,10,10,transfer_\w+\r\n$/);
  expect((await fetch(`${served.url}/api/credits/export`)).status).toBe(401);
  const byKey = await fetch(`${served.url}/api/credits/export`, { headers: { "x-api-key": apiKey } });
  expect(byKey.status).toBe(200);
});

test("a key may look, and may not buy", async () => {
  const { apiKey } = await aPerson();
  const headers = { "x-api-key": apiKey };
  expect((await ask(`${served.url}/api/credits/balance`, { headers })).status).toBe(200);
  expect(await post(`${served.url}/api/payments/create-intent`, { packageId: 1 }, headers)).toMatchObject({
    ...{ status: 403, body: { code: "forbidden" } },
  });
});

test("only staff may pay back; for everybody else there is nothing at that address", async () => {
  const { token } = await aPerson();
  const { body } = await buy(token, { packageId: 1 });
  expect((await post(`${served.url}/api/payments/${body.paymentId}/refund`, {}, bearer(token))).status).toBe(404);
  expect((await read(token, "/api/admin/stripe-events")).status).toBe(404);
});

test("whoever hammers the payment routes is stopped, and another account is not", async () => {
  const [hammering, other] = [await aPerson(), await aPerson()];
  const { RATE_LIMIT_PAYMENTS } = env();
  const statuses: number[] = [];
  for (let tries = 0; tries <= RATE_LIMIT_PAYMENTS; tries += 1)
    statuses.push((await buy(hammering.token, { packageId: 9 })).status);
  expect(statuses.slice(0, -1)).toEqual(Array(RATE_LIMIT_PAYMENTS).fill(400));
  expect(statuses.at(-1)).toBe(429);
  expect((await buy(other.token, { packageId: 9 })).status).toBe(400);
});

test.each([
  { paymentIntentId: 7 },
  { paymentIntentId: "x" },
  {},
  { paymentId: "payment_1" },
  { paymentIntentId: "pi_1", price: 1 },
])("confirming %j is refused by field", async (wrong) => {
  const { token } = await aPerson();
  expect(await post(`${served.url}/api/payments/confirm`, wrong, bearer(token))).toMatchObject({
    ...{ status: 400, body: { code: "invalid", details: { fields: expect.any(Object) } } },
  });
});
