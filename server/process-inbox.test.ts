// needs: processes
import { randomUUID } from "node:crypto";
import postgres from "postgres";
import Stripe from "stripe";
import { expect, onTestFinished, test, vi } from "vitest";
import { plainClient } from "./local-stripe/testing/plain";
import { ask, bearer, post, registerAt } from "./testing/callers";
import { databaseUrlOf, newDataDir, type Serving, startServer } from "./testing/processes";

const KEY = "sk_test_local_parley";
const DELIVERIES = 50;

const stripeOf = ({ output }: Serving) => /http:\/\/127\.0\.0\.1:\d+(?=\/_local)/.exec(output())?.[0] ?? "";

async function control(stripe: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${stripe}/_local/${path}`, {
    method: body ? "POST" : "GET",
    headers: { authorization: `Bearer ${KEY}` },
    ...(body && { body: JSON.stringify(body) }),
  });
  return answer.json();
}

test(`R11: of ${DELIVERIES} deliveries at once of one event to two processes each is answered, and one has an effect`, {
  timeout: 120_000,
}, async () => {
  const dataDir = newDataDir();
  const pair = [await startServer(dataDir), await startServer(dataDir)] as const;
  const house = stripeOf(pair[0]);
  // Nothing but what is sent below brings the news.
  await control(house, "webhooks", { drop: "all" });
  const [endpoint] = (await control(house, "webhook_endpoints")) as { secrets: string[] }[]; // what this control answers
  const stripe = plainClient(house, KEY);

  const { token } = await registerAt(pair[0].url);
  const keyed = { ...bearer(token), "idempotency-key": randomUUID() };
  const { body: intent } = await post(`${pair[0].url}/api/payments/create-intent`, { packageId: 2 }, keyed);
  const paid = { payment_method: "pm_card_visa", return_url: "http://localhost/back" };
  await stripe.paymentIntents.confirm(String(intent.paymentIntentId), paid);
  const [event] = (await stripe.events.list({ type: "payment_intent.succeeded" })).data;

  const payload = JSON.stringify(event);
  const secret = endpoint?.secrets.at(-1) ?? "";
  const headers = {
    "stripe-signature": Stripe.webhooks.generateTestHeaderString({ payload, secret }),
    "content-type": "application/json; charset=utf-8",
  };
  const answers = await Promise.all(
    Array.from({ length: DELIVERIES }, (_, turn) =>
      fetch(`${pair[turn % 2 === 0 ? 0 : 1].url}/api/webhooks/stripe`, { method: "POST", headers, body: payload }),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: DELIVERIES }, () => 200));
  const balance = async () => (await ask(`${pair[1].url}/api/credits/balance`, { headers: bearer(token) })).body;
  await vi.waitFor(async () => expect(await balance()).toMatchObject({ balance: 170 }), { timeout: 20_000 });

  const sql = postgres(databaseUrlOf(dataDir), { max: 1 });
  onTestFinished(() => sql.end());
  const recorded = await sql`select state, attempts from stripe_events where id = ${event?.id ?? ""}`;
  const granted = await sql`select cause from transfers where kind = 'credits.bought'`;
  expect([recorded.length, granted.length]).toEqual([1, 1]);
});
