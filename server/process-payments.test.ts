// needs: processes
import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { expect, onTestFinished, test, vi } from "vitest";
import { plainClient } from "./local-stripe/testing/plain";
import { ask, bearer, post, registerAt } from "./testing/callers";
import { databaseUrlOf, newDataDir, type Serving, startServer } from "./testing/processes";

const LONGEST_WAIT_MS = 60_000;

/** A server that is gone by the end of the test, whatever became of it. */
async function start(dataDir: string, variables: Record<string, string> = {}): Promise<Serving> {
  const server = await startServer(dataDir, variables);
  onTestFinished(async () => {
    server.child.kill("SIGKILL");
    await server.ended;
  });
  return server;
}

const stripeOf = ({ output }: Serving) =>
  plainClient(/http:\/\/127\.0\.0\.1:\d+(?=\/_local)/.exec(output())?.[0] ?? "", "sk_test_local_parley");

test("a server that dies while it grants a payment grants it by itself once it is back", {
  timeout: 180_000,
}, async () => {
  const dataDir = newDataDir();
  const failing = await start(dataDir, { NODE_ENV: "test", FAILPOINTS: "settle.written:exit" });
  const { token } = await registerAt(failing.url);
  const intent = await post(
    `${failing.url}/api/payments/create-intent`,
    { packageId: 2 },
    { ...bearer(token), "idempotency-key": randomUUID() },
  );
  expect(intent.status).toBe(201);
  const paymentIntentId = String(intent.body.paymentIntentId);
  // Whoever tells it of the payment first has it die, be it a webhook.
  await stripeOf(failing)
    .paymentIntents.confirm(paymentIntentId, { payment_method: "pm_card_visa", return_url: "http://localhost/back" })
    .catch(() => undefined);
  await post(`${failing.url}/api/payments/confirm`, { paymentIntentId }, bearer(token)).catch(() => undefined);
  expect((await failing.ended).signal).toBe("SIGKILL");

  const server = await start(dataDir);
  const sql = postgres(databaseUrlOf(dataDir), { max: 1 });
  onTestFinished(() => sql.end());
  // What the dead had in hand would run out by itself, twenty seconds later.
  await sql`update stripe_events set leased_until = clock_timestamp() where leased_until > clock_timestamp()`;
  const told = (path: string) => ask(`${server.url}${path}`, { headers: bearer(token) });
  await vi.waitFor(async () => expect((await told("/api/credits/balance")).body).toMatchObject({ balance: 170 }), {
    timeout: LONGEST_WAIT_MS,
    interval: 100,
  });
  expect((await told(`/api/payments/${paymentIntentId}`)).body).toMatchObject({ status: "succeeded", credits: 150 });
  const again = await post(`${server.url}/api/payments/confirm`, { paymentIntentId }, bearer(token));
  expect(again).toMatchObject({ status: 200, body: { creditBalance: 170 } });
});
