import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import Stripe from "stripe";
import { expect, onTestFinished, test, vi } from "vitest";
import { aLocalStripe, clientOf } from "../testing/house";

const ROUNDS = process.env.PARLEY_TEST === "full" ? 20 : 5;
const LONGEST_WAIT_MS = 150;
/** Long enough that a kill finds deliveries on their way. */
const LONGEST_ANSWER_MS = 25;

type Running = { child: ChildProcess; url: string };

async function startAlone(databaseUrl: string): Promise<Running> {
  const words = ["--import", "tsx", "server/local-stripe/alone.ts", "--port", "0", "--database", databaseUrl];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(child.stdout ?? child, "data");
  return { child, url: /http:\/\/[\d.:]+\d/.exec(String(line))?.[0] ?? "" };
}

async function kill({ child }: Running): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

/** An application that takes its time, and believes only what the SDK believes. */
async function aListener(secret: () => string) {
  const listener = { url: "", open: 0, heard: [] as Stripe.Event[], forged: 0, stop: async () => undefined as unknown };
  const server: Server = createServer(async (request, response) => {
    listener.open += 1;
    response.once("close", () => {
      listener.open -= 1;
    });
    const body = await text(request).catch(() => undefined);
    const signature = String(request.headers["stripe-signature"]);
    await wait(randomInt(LONGEST_ANSWER_MS));
    // Cut off before the answer, it undoes what it did and has heard nothing.
    if (body === undefined || response.destroyed) return;
    try {
      listener.heard.push(Stripe.webhooks.constructEvent(body, signature, secret()));
    } catch {
      listener.forged += 1;
    }
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  listener.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`; // it listens on TCP
  listener.stop = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return listener;
}

/** Makes customers until it is stopped, and notes those it was told are made. */
function startWriter({ url }: Running, key: string, acknowledged: Set<string>) {
  let going = true;
  const stripe = clientOf(url, key);
  const write = async () => {
    while (going) {
      const made = await stripe.customers.create({ name: "Noor" }).catch(() => undefined);
      if (made) acknowledged.add(made.id);
      else await wait(5);
    }
  };
  const all = Promise.all([write(), write(), write()]);
  return async () => {
    going = false;
    await all;
  };
}

test(`of ${ROUNDS} kills with deliveries on their way none loses an event, and none is told of what never was`, {
  timeout: ROUNDS * 20_000 + 30_000,
}, async () => {
  const house = await aLocalStripe(new Date());
  // Another server on the same database would deliver too.
  await house.pause();
  const { databaseUrl, key } = house;
  let secret = "";
  const listener = await aListener(() => secret);
  let running = await startAlone(databaseUrl);
  onTestFinished(async () => {
    await kill(running);
    await listener.stop();
    await house.stop();
  });
  const endpoint = { url: listener.url, enabled_events: ["customer.created" as const] };
  secret = (await clientOf(running.url, key).webhookEndpoints.create(endpoint)).secret ?? "";

  const acknowledged = new Set<string>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = acknowledged.size;
    const stop = startWriter(running, key, acknowledged);
    await vi.waitFor(() => expect(acknowledged.size).toBeGreaterThan(before), { timeout: 15_000, interval: 5 });
    await wait(randomInt(LONGEST_WAIT_MS));
    await vi.waitFor(() => expect(listener.open).toBeGreaterThan(0), { timeout: 15_000, interval: 1 });
    await kill(running);
    await stop();
    running = await startAlone(databaseUrl);
  }

  const stripe = clientOf(running.url, key);
  const events = await stripe.events
    .list({ type: "customer.created", limit: 100 })
    .autoPagingToArray({ limit: 10_000 });
  const ids = events.map(({ id }) => id);
  const heard = () => new Map(listener.heard.map((event) => [event.id, event]));
  await vi.waitFor(() => expect(ids.filter((id) => !heard().has(id))).toEqual([]), { timeout: 20_000, interval: 50 });

  expect(listener.forged).toBe(0);
  expect([...heard().keys()].filter((id) => !ids.includes(id))).toEqual([]);
  for (const event of events) expect(heard().get(event.id)?.data).toEqual(event.data);
  const customers = new Set(events.map(({ data }) => (data.object as Stripe.Customer).id)); // the list holds these alone
  expect([...acknowledged].filter((id) => !customers.has(id))).toEqual([]);
  expect(acknowledged.size).toBeGreaterThanOrEqual(ROUNDS);
});
