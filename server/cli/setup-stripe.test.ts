import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { env, provide } from "@/lib/env";
import { newId } from "@/lib/ids";
import { stripeRead, stripeWrite } from "@/lib/stripe/client";
import { noteAddress } from "../boot/address";
import { type LocalStripe, startLocalStripe } from "../local-stripe/start";
import { setupStripe } from "./setup-stripe";

// needs: database

let server: LocalStripe;
const dataDir = mkdtempSync(join(tmpdir(), "parley-setup-"));
beforeAll(async () => {
  server = await startLocalStripe({ databaseUrl: env().DATABASE_URL ?? "", port: 0, host: "127.0.0.1" });
});
afterAll(() => server.stop());
beforeEach(() => {
  vi.stubEnv("PARLEY_DATA", dataDir);
  rmSync(dataDir, { recursive: true, force: true });
  provide({ STRIPE_LOCAL_URL: server.url, STRIPE_SECRET_KEY: `sk_test_local_${newId("req")}` });
});

test("says what it put right and prints the secrets once; then it has nothing to do", async () => {
  noteAddress(dataDir, { host: "0.0.0.0", port: 4_003 });
  const told = await setupStripe([]);
  expect(told).toContain("  price rooms-starter-month: missing\n");
  expect(told).toMatch(/^STRIPE_WEBHOOK_SECRET=whsec_\w+,whsec_\w+$/m);
  const { data } = await stripeRead((stripe) => stripe.webhookEndpoints.list());
  expect(data.map(({ url }) => url)).toEqual(Array(2).fill("http://127.0.0.1:4003/api/webhooks/stripe"));
  expect(await setupStripe([])).toBe(`The local Stripe at ${server.url} has everything already. Nothing was changed.`);

  const rolled = await setupStripe(["--roll-secret"]);
  expect(rolled).toMatch(/^STRIPE_WEBHOOK_SECRET=/m);
  expect(rolled).toContain("then run this again");
  expect(await setupStripe([])).toContain("replaced by another");
});

test("with --check it fails where something is missing or different, and changes nothing", async () => {
  await expect(setupStripe(["--check"])).rejects.toThrow("is not in step:\n  product parley-rooms-starter: missing");
  await setupStripe([]);
  expect(await setupStripe(["--check"])).toContain("Nothing was changed.");
  await stripeWrite(`test:${newId("req")}`, (stripe, options) =>
    stripe.products.update("parley-gateway", { active: false }, options),
  );
  await expect(setupStripe(["--check"])).rejects.toThrow("is not in step:\n  product parley-gateway: another active");
});

test("leaves the endpoints to the start where nothing runs that could be told", async () => {
  expect(await setupStripe([])).toContain("The webhook endpoints are made when Parley starts.");
  expect((await stripeRead((stripe) => stripe.webhookEndpoints.list())).data).toEqual([]);
});

test("refuses a word that it does not know", async () => {
  await expect(setupStripe(["--roll-secrets"])).rejects.toThrow("--roll-secrets");
});
