import { resolve } from "node:path";
import Stripe from "stripe";
import { newId } from "@/lib/ids";
import { PRODUCT, PRODUCT_ENVIRONMENT, registeredKey } from "./api-call";
import { fixed } from "./print";
import { ask } from "./rounds";
import { spawnPinned, startSubject } from "./subjects";

const EVENTS = 1_000;
const AT_ONCE = 10;
const LOAD = { path: "/api/keys/current", connections: 32 };
const LONGEST_SECONDS = 20;

/** How long Stripe waits for the acknowledgement of an event: while nothing else is asked, and under the load of the API bench. */
export async function webhooks(): Promise<void> {
  const parley = await startSubject("Parley", PRODUCT, {
    ...PRODUCT_ENVIRONMENT,
    PARLEY_DATA: resolve(".data/bench"),
  });
  const client = spawnPinned("client", ["--import", "tsx", "bench/load.ts"]);
  try {
    const local = /http:\/\/127\.0\.0\.1:\d+(?=\/_local)/.exec(parley.said)?.[0] ?? "";
    const events = await signedEvents(local);
    const headers = { "X-API-Key": await registeredKey(parley) };
    await acknowledge(parley.port, events(AT_ONCE));

    console.log(`\n  ${EVENTS.toLocaleString("en")} events, ${AT_ONCE} on their way at a time`);
    console.log(`    ${"".padEnd(31)}${["p50", "p95", "p99", "longest"].map((name) => name.padStart(11)).join("")}`);
    say("nothing else is asked", await acknowledge(parley.port, events(EVENTS)));
    const loading = ask(client, { ...LOAD, headers, port: parley.port, seconds: LONGEST_SECONDS });
    say("beside 32 busy API connections", await acknowledge(parley.port, events(EVENTS)));
    const { calls, seconds, refused } = await loading;
    console.log(
      `    The API answered ${Math.round(calls / seconds).toLocaleString("en")} calls a second, ${refused} refused.`,
    );
  } finally {
    client.kill();
    await parley.stop();
  }
}

type Sent = { body: string; signature: string };

/** Events as the endpoint of this server gets them, each with an id of its own, about one payment. */
async function signedEvents(local: string): Promise<(count: number) => Sent[]> {
  const { hostname: host, port } = new URL(local);
  const key = "sk_test_local_parley";
  const stripe = new Stripe(key, { host, port, protocol: "http" });
  await stripe.paymentIntents.create({ amount: 500, currency: "usd" });
  const [event] = (await stripe.events.list({ type: "payment_intent.created", limit: 1 })).data;
  const endpoints = await fetch(`${local}/_local/webhook_endpoints`, { headers: { authorization: `Bearer ${key}` } });
  const [endpoint] = (await endpoints.json()) as { secrets: string[] }[]; // what this control answers
  const secret = endpoint?.secrets.at(-1) ?? "";
  return (count) =>
    Array.from({ length: count }, () => {
      const id = newId("req").replace("req_", "evt_");
      const body = JSON.stringify({ ...event, id, type: "payment_intent.succeeded" });
      return { body, signature: Stripe.webhooks.generateTestHeaderString({ payload: body, secret }) };
    });
}

/** In milliseconds, the shortest first. */
async function acknowledge(port: number, events: Sent[]): Promise<number[]> {
  const waits: number[] = [];
  const line = async () => {
    for (let sent = events.pop(); sent; sent = events.pop()) {
      const { body, signature } = sent;
      const startedAt = performance.now();
      const headers = { "stripe-signature": signature, "content-type": "application/json; charset=utf-8" };
      const answer = await fetch(`http://127.0.0.1:${port}/api/webhooks/stripe`, { method: "POST", headers, body });
      if (answer.status !== 200) throw new Error(`An event was answered ${answer.status} ${await answer.text()}`);
      await answer.arrayBuffer();
      waits.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, line));
  return waits.sort((a, b) => a - b);
}

function say(name: string, waits: number[]): void {
  const at = (share: number) => `${fixed(waits[Math.min(Math.floor(waits.length * share), waits.length - 1)] ?? 0)} ms`;
  console.log(`    ${name.padEnd(31)}${[0.5, 0.95, 0.99, 1].map((share) => at(share).padStart(11)).join("")}`);
}
