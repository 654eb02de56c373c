import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import postgres from "postgres";
import Stripe from "stripe";
import { expect, inject } from "vitest";
import { type LocalStripe, startLocalStripe } from "../start";
import { randomText } from "../store/ids";
import { openContract } from "./contract";
import { aSandbox } from "./sandbox";
import { contractFileOf } from "./setting";

export const contract = openContract(contractFileOf(process.env));

export type TestHouse = LocalStripe & {
  now: Date;
  key: string;
  databaseUrl: string;
  stripe: Stripe;
  /** A fresh, empty account. */
  another(): Stripe;
  fresh(): { stripe: Stripe; key: string };
  control(method: string, path: string, body?: object): Promise<unknown>;
  restart(): Promise<void>;
  /** Stops the server and keeps its database. */
  pause(): Promise<void>;
  /** Moves the clock and does all that becomes due on the way. */
  advance(seconds: number): Promise<void>;
  /** The types of all events, oldest first. */
  events(): Promise<string[]>;
};

const keys = (): string => `sk_test_local_${randomText(20)}`;

/**
 * A local Stripe on a port of its own, a client of the official SDK, and a clock the test moves. Every answer is held
 * against the contract. With STRIPE_SANDBOX_KEY it is a sandbox instead, which has neither clock nor controls.
 */
export async function aLocalStripe(start = new Date("2026-01-05T12:00:00Z")): Promise<TestHouse> {
  const sandbox = aSandbox();
  if (sandbox) return sandbox;
  const database = await aDatabase();
  const held = { now: start };
  const options = { databaseUrl: database.url, port: 0, host: "127.0.0.1" as const, now: () => held.now };
  let server = await startLocalStripe(options);
  const key = keys();

  const house = {
    key,
    stripe: clientOf(server.url, key),
    another: () => house.fresh().stripe,
    fresh() {
      const another = keys();
      return { stripe: clientOf(server.url, another), key: another };
    },
    async control(method: string, path: string, body?: object) {
      const response = await fetch(`${server.url}/_local/${path}`, {
        method,
        headers: { authorization: `Bearer ${key}` },
        ...(body && { body: JSON.stringify(body) }),
      });
      const answer: unknown = await response.json();
      expect(response.status, JSON.stringify(answer)).toBe(200);
      return answer;
    },
    async restart() {
      const { port } = server;
      await server.stop();
      server = await startLocalStripe({ ...options, port });
    },
    pause: () => server.stop(),
    async advance(seconds: number) {
      held.now = new Date(held.now.getTime() + seconds * 1_000);
      await server.runDue(held.now);
    },
    async events() {
      const all = await house.stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: 1_000 });
      for (const event of all) expect(contract?.event(event) ?? [], event.type).toEqual([]);
      return all.map((event) => String(event.type)).reverse();
    },
    get now() {
      return held.now;
    },
    set now(instant: Date) {
      held.now = instant;
    },
    get url() {
      return server.url;
    },
    get port() {
      return server.port;
    },
    async stop() {
      await server.stop();
      const wrong = await brokenEvents(database.url);
      await database.drop();
      expect(wrong).toEqual([]);
    },
    databaseUrl: database.url,
    nextDue: () => server.nextDue(),
    landmarks: () => server.landmarks(),
    runDue: (until: Date) => server.runDue(until),
    settle: () => server.settle(),
  };
  return house;
}

export function clientOf(url: string, key: string): Stripe {
  const { hostname, port } = new URL(url);
  return new Stripe(key, {
    host: hostname,
    port: Number(port),
    protocol: "http",
    telemetry: false,
    maxNetworkRetries: 0,
    httpClient: Stripe.createFetchHttpClient(watched),
  });
}

/** Fetches, and holds the answer against the contract on its way back. */
const watched: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  const url = new URL(String(input instanceof Request ? input.url : input));
  const text = await response.clone().text();
  if (contract && text !== "") {
    const wrong = contract.answer(init?.method ?? "GET", url.pathname, response.status, JSON.parse(text));
    if (wrong.length > 0)
      return broken(`${init?.method} ${url.pathname} answered against the contract: ${wrong.slice(0, 8).join("; ")}`);
  }
  return response;
};

/** The SDK hides what a fetch throws, and shows what a server says. */
const broken = (message: string): Response =>
  Response.json({ error: { type: "contract_broken", message } }, { status: 400 });

/** What is wrong with the events a house has told of, each kind once. */
async function brokenEvents(databaseUrl: string): Promise<string[]> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  const rows = await sql<{ body: { type: string } }[]>`select body from stripe_local.objects where kind = 'event'`;
  await sql.end();
  const found = rows.flatMap(({ body }) => (contract?.event(body) ?? []).map((problem) => `${body.type}: ${problem}`));
  return [...new Set(found)];
}

/** Each house has a database to itself, because whoever moves a clock does all that is due in it. */
async function aDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const server = new URL(inject("databaseServer"));
  const name = `local_stripe_${randomText(12).toLowerCase()}`;
  const run = async (statement: string): Promise<void> => {
    const sql = postgres(inject("databaseServer"), { max: 1, onnotice: () => undefined });
    await sql.unsafe(statement);
    await sql.end();
  };
  await run(`create database ${name} strategy file_copy`);
  server.pathname = `/${name}`;
  return { url: server.href, drop: () => run(`drop database if exists ${name} with (force)`) };
}

export type Received = { type: string; id: string; body: string; signature: string; at: number };
export type Receiver = {
  url: string;
  received: Received[];
  answer: number;
  stop(): Promise<void>;
  waitFor(count: number): Promise<void>;
  waitForAll(ids: string[]): Promise<void>;
};

/** An endpoint that takes webhooks and writes them down. */
export async function aReceiver(): Promise<Receiver> {
  const waiting: { enough: () => boolean; done: () => void }[] = [];
  const receiver: Receiver = {
    url: "",
    received: [],
    answer: 200,
    stop: () => new Promise((resolve) => void server.close(() => resolve())),
    waitFor: (count) => until(() => receiver.received.length >= count),
    waitForAll: (ids) => until(() => ids.every((id) => receiver.received.some((one) => one.id === id))),
  };
  const until = (enough: () => boolean): Promise<void> =>
    enough() ? Promise.resolve() : new Promise((done) => waiting.push({ enough, done }));
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      const event = JSON.parse(body) as { type: string; id: string }; // the server under test sends events
      receiver.received.push({
        type: event.type,
        id: event.id,
        body,
        signature: String(request.headers["stripe-signature"]),
        at: Date.now(),
      });
      response.writeHead(receiver.answer).end();
      for (const one of waiting) if (one.enough()) one.done();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`; // it listens on TCP
  return receiver;
}
