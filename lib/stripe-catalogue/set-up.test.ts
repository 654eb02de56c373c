import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Ctx, SystemActor } from "@/lib/ctx";
import { db } from "@/lib/db/client";
import { audit } from "@/lib/db/schema";
import { env, provide } from "@/lib/env";
import { newId } from "@/lib/ids";
import { type Stripe, stripeRead, stripeWrite } from "@/lib/stripe/client";
import { STRIPE_API_VERSION } from "@/lib/stripe/version";
import { guestCtx } from "@/lib/testing/people";
import { type LocalStripe, startLocalStripe } from "@/server/local-stripe/start";
import { CONNECT_EVENTS, PLATFORM_EVENTS } from "./events";
import type { SetUpStripe } from "./schema";
import { setUpStripe } from "./set-up";

const HERE = "http://127.0.0.1:3999/api/webhooks/stripe";

let server: LocalStripe;
beforeAll(async () => {
  server = await startLocalStripe({ databaseUrl: env().DATABASE_URL ?? "", port: 0, host: "127.0.0.1" });
});
afterAll(() => server.stop());
/** Each test has an empty Stripe to itself. */
beforeEach(() =>
  provide({
    STRIPE_LOCAL_URL: server.url,
    STRIPE_SECRET_KEY: `sk_test_local_${newId("req")}`,
    STRIPE_PUBLISHABLE_KEY: "",
  }),
);

const ctx = (): Ctx<SystemActor> => ({ ...guestCtx(), actor: { kind: "system", name: "test" } });
const setUp = (given: Partial<SetUpStripe> = {}) =>
  setUpStripe(ctx(), {
    ...{ mode: "apply", webhookUrl: HERE, returnUrl: "http://localhost:3000/dashboard/billing", secrets: "keep" },
    ...given,
  });
const write = <T>(call: Parameters<typeof stripeWrite<T>>[1]) => stripeWrite(`test:${newId("req")}`, call);

async function priceOf(key: string): Promise<Stripe.Price> {
  const { data } = await stripeRead((stripe) => stripe.prices.list({ lookup_keys: [key], expand: ["data.tiers"] }));
  expect(data).toHaveLength(1);
  return data[0] as Stripe.Price; // there is one
}
const tiersOf = ({ tiers }: Stripe.Price) =>
  tiers?.map((tier) => `${tier.up_to ?? "more"} at ${tier.unit_amount_decimal}`);
const endpoints = async () => (await stripeRead((stripe) => stripe.webhookEndpoints.list({ limit: 100 }))).data;
const eventCount = async () =>
  (await stripeRead((stripe) => stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: 1_000 }))).length;

function settings(values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) vi.stubEnv(name, value);
  provide({});
}

test("makes the plans, the metered prices, the portal and both endpoints, and a second run changes nothing", async () => {
  const { findings, secrets } = await setUp();
  expect(findings.every(({ why }) => why === "missing")).toBe(true);
  expect(secrets).toEqual([expect.stringMatching(/^whsec_/), expect.stringMatching(/^whsec_/)]);

  const amounts = {
    "rooms-starter-month": 2_900,
    "rooms-enterprise-year": 299_000,
    "compute-professional-month": 2_999,
  };
  for (const [key, unit_amount] of Object.entries(amounts)) expect(await priceOf(key)).toMatchObject({ unit_amount });
  expect((await priceOf("rooms-enterprise-year")).recurring).toMatchObject({
    interval: "year",
    usage_type: "licensed",
  });
  expect(tiersOf(await priceOf("gateway-month"))).toEqual(["1000 at 0", "more at 0.1"]);
  expect(String((await priceOf("compute-core-millihours-month")).unit_amount_decimal)).toBe("0.005");

  const [platform, connect] = (await endpoints()).reverse();
  expect(platform).toMatchObject({ url: HERE, api_version: STRIPE_API_VERSION, enabled_events: PLATFORM_EVENTS });
  expect(connect).toMatchObject({ url: HERE, api_version: STRIPE_API_VERSION, enabled_events: CONNECT_EVENTS });

  const before = await eventCount();
  expect(await setUp()).toEqual({ findings: [], secrets: [] });
  expect(await eventCount()).toBe(before);
});

test("a call beyond the free ones is billed at a tenth of a cent", async () => {
  await setUp();
  const price = await priceOf("gateway-month");
  const customer = await write((stripe, options) => stripe.customers.create({ name: "Noor" }, options));
  const { id } = await write((stripe, options) =>
    stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] }, options),
  );
  await write((stripe, options) =>
    stripe.billing.meterEvents.create(
      { event_name: "gateway_calls", payload: { stripe_customer_id: customer.id, value: "1500" } },
      options,
    ),
  );
  const preview = await write((stripe, options) => stripe.invoices.createPreview({ subscription: id }, options));
  expect(preview.total).toBe(50);
});

test("a changed amount makes another price under the same key, and goes back within a day as well", async () => {
  await setUp();
  const first = await priceOf("gateway-month");
  settings({ COST_PER_CALL: "0.0025", FREE_TIER_CALLS: "0" });
  expect((await setUp()).findings).toEqual([{ what: "price gateway-month", why: "another amount" }]);
  const second = await priceOf("gateway-month");
  expect(tiersOf(second)).toEqual(["more at 0.25"]);
  expect(second.metadata.version).toBe("2");
  expect(await stripeRead((stripe) => stripe.prices.retrieve(first.id))).toMatchObject({
    active: false,
    lookup_key: null,
  });

  settings({ COST_PER_CALL: "0.001", FREE_TIER_CALLS: "1000" });
  await setUp();
  const third = await priceOf("gateway-month");
  expect(tiersOf(third)).toEqual(["1000 at 0", "more at 0.1"]);
  expect(third).toMatchObject({ active: true, metadata: { version: "3" } });
  expect(third.id).not.toBe(first.id);
  expect((await setUp()).findings).toEqual([]);
});

test("two runs at once make everything once", async () => {
  const both = await Promise.all([setUp(), setUp()]);
  expect(both.filter(({ findings }) => findings.length === 0)).toHaveLength(1);
  expect(await endpoints()).toHaveLength(2);
  const { data } = await stripeRead((stripe) => stripe.prices.list({ limit: 100 }));
  expect(data.every(({ lookup_key }) => lookup_key !== null)).toBe(true);
});

test("a look writes nothing, and names what is missing and what is otherwise", async () => {
  const { findings } = await setUp({ mode: "check" });
  expect(findings).toContainEqual({ what: "price rooms-starter-month", why: "missing" });
  expect(findings).toContainEqual({ what: "webhook endpoint (connect)", why: "missing" });
  expect(await eventCount()).toBe(0);

  await setUp();
  await write((stripe, options) => stripe.products.update("parley-rooms-starter", { name: "Cheap" }, options));
  expect((await setUp({ mode: "check" })).findings).toEqual([
    { what: "product parley-rooms-starter", why: "another name" },
  ]);
  expect(await stripeRead((stripe) => stripe.products.retrieve("parley-rooms-starter"))).toMatchObject({
    name: "Cheap",
  });
});

test("puts right what was changed by hand, and keeps the endpoint and its secret when the address moves", async () => {
  await setUp();
  const before = await endpoints();
  const [meter] = (await stripeRead((stripe) => stripe.billing.meters.list())).data;
  const [portal] = (await stripeRead((stripe) => stripe.billingPortal.configurations.list())).data;
  await write((stripe, options) => stripe.billing.meters.deactivate(meter?.id ?? "", {}, options));
  await write((stripe, options) =>
    stripe.billingPortal.configurations.update(
      portal?.id ?? "",
      { features: { subscription_cancel: { enabled: false } } },
      options,
    ),
  );
  await write((stripe, options) => stripe.webhookEndpoints.update(before[0]?.id ?? "", { disabled: true }, options));

  const { findings, secrets } = await setUp({ webhookUrl: HERE.replace("3999", "4001") });
  expect(findings.map(({ what }) => what)).toEqual([
    expect.stringMatching(/^meter /),
    "portal configuration",
    "webhook endpoint (platform)",
    "webhook endpoint (connect)",
  ]);
  expect(secrets).toEqual([]);
  const after = await endpoints();
  expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  expect(after.every(({ url, status }) => url.includes(":4001/") && status === "enabled")).toBe(true);
  expect((await setUp({ webhookUrl: HERE.replace("3999", "4001") })).findings).toEqual([]);
});

test("another secret comes with another endpoint, and the old one goes at the next run", async () => {
  const first = await setUp();
  const old = await endpoints();
  const rolled = await setUp({ secrets: "roll" });
  expect(rolled.secrets).toHaveLength(2);
  expect(rolled.secrets).not.toEqual(first.secrets);
  expect(await endpoints()).toHaveLength(4);

  expect((await setUp({ mode: "check" })).findings).toHaveLength(2);
  await setUp();
  const left = await endpoints();
  expect(left).toHaveLength(2);
  expect(left.filter(({ id }) => old.some((endpoint) => endpoint.id === id))).toEqual([]);
});

test("an event that somebody else counts otherwise stops it, with a word on what to do", async () => {
  await write((stripe, options) =>
    stripe.billing.meters.create(
      { event_name: "gateway_calls", display_name: "Theirs", default_aggregation: { formula: "count" } },
      options,
    ),
  );
  await expect(setUp()).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("gateway_calls") });
});

test("what it changed is in the audit log, and a run that changes nothing is not", async () => {
  const before = await audited();
  await setUp();
  await setUp();
  expect((await audited()) - before).toBe(1);
});

const audited = () => db().$count(audit, eq(audit.action, "stripe.set_up"));
