// needs: processes
import postgres from "postgres";
import { expect, onTestFinished, test } from "vitest";
import { bearer, post, registerAt } from "./testing/callers";
import { databaseUrlOf, newDataDir, startServer } from "./testing/processes";
import { aReceiver } from "./testing/receiver";

test("a server that is killed in the middle of a delivery sends it again when it is back, under the same name", {
  timeout: 120_000,
}, async () => {
  const dataDir = newDataDir();
  const variables = { WEBHOOKS_TO_LOOPBACK: "true" };
  const answers = { held: true };
  const receiver = await aReceiver((res) => {
    if (!answers.held) res.writeHead(204).end();
  });
  const before = await startServer(dataDir, variables);
  const { token } = await registerAt(before.url);
  const made = await post(`${before.url}/api/webhook-endpoints`, { url: receiver.url }, bearer(token));
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const endpoint = `/api/webhook-endpoints/${made.body.id}`;
  const { body: delivery } = await post(`${before.url}${endpoint}/test`, {}, bearer(token));
  await expect.poll(() => receiver.ids(), { timeout: 10_000 }).toEqual([delivery.eventId]);

  before.child.kill("SIGKILL");
  await before.ended;
  answers.held = false;
  const after = await startServer(dataDir, variables);
  const sql = postgres(databaseUrlOf(dataDir), { max: 1 });
  onTestFinished(() => sql.end());
  // The lease of the dead would run out by itself, a minute later.
  const [held] =
    await sql`update deliveries set leased_until = clock_timestamp() where leased_until > clock_timestamp() returning attempts`;
  expect(held).toMatchObject({ attempts: 1 });
  await expect.poll(() => receiver.ids(), { timeout: 10_000 }).toEqual([delivery.eventId, delivery.eventId]);

  const stateNow = async () => {
    const answer = await fetch(`${after.url}${endpoint}/deliveries/${delivery.eventId}`, { headers: bearer(token) });
    return (await answer.json()).state;
  };
  await expect.poll(stateNow, { timeout: 5_000 }).toBe("delivered");
});
