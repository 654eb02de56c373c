import Stripe from "stripe";
import { TestRunner } from "vitest";
import { behaviourOfNumber } from "../payments/behaviours";
import type { TestHouse } from "./house";
import { sandboxOf } from "./setting";

const sandbox = sandboxOf(process.env);

/** What the house has and a sandbox has not, and why a test that needs it is left out there. */
const ONLY_HERE = {
  another: "needs an account of its own",
  fresh: "needs an account of its own",
  events: "needs an account of its own",
  control: "needs the local controls",
  advance: "moves the clock",
  runDue: "moves the clock",
  nextDue: "moves the clock",
  landmarks: "moves the clock",
  settle: "waits for the local deliveries",
  restart: "stops the server",
  pause: "stops the server",
} as const;

/** The same tests against Stripe itself: what only the local one can do leaves out the test that asks for it. */
export function aSandbox(): TestHouse | undefined {
  if (!sandbox) return undefined;
  const house = {
    stripe: clientOf(sandbox),
    get now() {
      return new Date();
    },
    set now(_instant: Date) {
      leaveOut(ONLY_HERE.advance);
    },
    stop: async () => undefined,
  };
  for (const name of ["url", "port", "key", "databaseUrl"])
    Object.defineProperty(house, name, { get: () => leaveOut("asks the server past the SDK") });
  const missing = Object.entries(ONLY_HERE).map(([name, why]) => [name, () => leaveOut(why)]);
  return Object.assign(house, Object.fromEntries(missing)) as TestHouse; // every other name of it is in ONLY_HERE
}

function clientOf({ key, url }: { key: string; url: string }): Stripe {
  const { hostname: host, port, protocol } = new URL(url);
  return new Stripe(key, {
    ...{ telemetry: false, maxNetworkRetries: 3, httpClient: Stripe.createFetchHttpClient(withTokens) },
    ...{ host, port: Number(port) || 443, protocol: protocol === "http:" ? "http" : "https" },
  });
}

/** Stripe takes no card number from a server; each test card has a token that stands for it. */
const withTokens: typeof fetch = (input, init) => {
  if (typeof init?.body !== "string" || !init.body.includes("number")) return fetch(input, init);
  const form = new URLSearchParams(init.body);
  for (const [field, number] of [...form].filter(([name]) => /card\]?\[number\]$/.test(name))) {
    const [name] = behaviourOfNumber(number)?.names ?? [];
    const card = field.slice(0, -"[number]".length);
    if (!name) continue;
    for (const part of ["number", "exp_month", "exp_year", "cvc"]) form.delete(`${card}[${part}]`);
    form.set(`${card}[token]`, `tok_${name}`);
  }
  const headers = new Headers(init.headers);
  headers.delete("content-length");
  return fetch(input, { ...init, headers, body: form.toString() });
};

/** For what only an empty account, or only this server, can show. */
export function onlyHere(why: string): void {
  if (sandbox) leaveOut(why);
}

function leaveOut(why: string): never {
  TestRunner.getCurrentTest()?.context.skip(why);
  throw new Error(`Not against a sandbox: this ${why}.`);
}
