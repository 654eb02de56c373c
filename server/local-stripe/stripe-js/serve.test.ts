import { afterAll, beforeAll, expect, test } from "vitest";
import { aLocalStripe, type TestHouse } from "../testing/house";

let house: TestHouse;
beforeAll(async () => {
  house = await aLocalStripe();
});
afterAll(() => house.stop());

const PAGE = "http://localhost:3000";
const form = (values: Record<string, string>) => new URLSearchParams(values);

/** What a page of this machine asks with its publishable key. */
const asPage = (method: string, path: string, body?: URLSearchParams, key = house.key.replace("sk_", "pk_")) =>
  fetch(house.url + path, { method, headers: { authorization: `Bearer ${key}`, origin: PAGE }, ...(body && { body }) });

const anIntent = () =>
  house.stripe.paymentIntents.create({
    amount: 500,
    currency: "usd",
    metadata: { order: "7" },
    automatic_payment_methods: { enabled: true },
  });
const TYPED = { "payment_method_data[type]": "card", "payment_method_data[card][exp_month]": "12" };
const typed = (number: string) => ({
  ...TYPED,
  ...{ "payment_method_data[card][exp_year]": "2034", "payment_method_data[card][cvc]": "123" },
  "payment_method_data[card][number]": number,
});

test.each(["/v3", "/v3/stripe.js", "/endive/stripe.js", "/js/endive/stripe.js"])(
  "the script is at %s and asked for again only when it changed",
  async (path) => {
    const first = await fetch(house.url + path);
    expect(first.headers.get("content-type")).toContain("text/javascript");
    expect(await first.text()).toContain("createConfirmationToken");
    const again = await fetch(house.url + path, { headers: { "if-none-match": first.headers.get("etag") ?? "" } });
    expect(again.status).toBe(304);
  },
);

test("a frame speaks to its own origin alone and stands in pages of this machine alone", async () => {
  const frame = await fetch(`${house.url}/v3/elements-inner.html`);
  const policy = frame.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("connect-src 'self'");
  expect(policy).toContain("frame-ancestors http://localhost:*");
  expect(await frame.text()).toContain(`data-now="${house.now.getTime() / 1_000}"`);
});

test("a page of this machine may ask with a key, and nobody else's page may", async () => {
  const asked = (origin: string) =>
    fetch(`${house.url}/v1/payment_methods`, { method: "OPTIONS", headers: { origin } });
  expect((await asked(PAGE)).headers.get("access-control-allow-origin")).toBe(PAGE);
  expect((await asked("https://evil.example")).headers.get("access-control-allow-origin")).toBeNull();
});

test("a publishable key sees of an intent what its secret opens, and not all of it", async () => {
  const { id, client_secret } = await anIntent();
  expect((await asPage("GET", `/v1/payment_intents/${id}`)).status).toBe(400);
  const seen = await (await asPage("GET", `/v1/payment_intents/${id}?client_secret=${client_secret}`)).json();
  expect(seen).toMatchObject({ id, amount: 500, status: "requires_payment_method" });
  expect(seen).not.toHaveProperty("metadata");
});

test("a decline tells a page no more of the intent than that", async () => {
  const { id, client_secret } = await anIntent();
  const answer = await asPage(
    "POST",
    `/v1/payment_intents/${id}/confirm`,
    form({ client_secret: client_secret ?? "", ...typed("4000000000000002") }),
  );
  expect(answer.status).toBe(402);
  const { error } = await answer.json();
  expect(error).toMatchObject({ code: "card_declined", payment_intent: { id, status: "requires_payment_method" } });
  expect(error.payment_intent).not.toHaveProperty("metadata");
  expect(error.payment_intent).not.toHaveProperty("latest_charge");

  const wrong = await asPage("POST", `/v1/payment_intents/${id}/confirm`, form({ client_secret: client_secret ?? "" }));
  expect(wrong.status).toBe(400);
});

test.each([
  ["POST", "/v1/payment_intents", { amount: "500", currency: "usd" }],
  ["POST", "/v1/refunds", { payment_intent: "pi_x" }],
  ["GET", "/v1/customers", undefined],
  ["GET", "/v1/confirmation_tokens/ctoken_x", undefined],
  ["GET", "/v1/checkout/sessions", undefined],
])("a publishable key may not %s %s", async (method, path, values) => {
  const answer = await asPage(method, path, values && form(values));
  expect(answer.status).toBe(403);
  expect((await answer.json()).error.code).toBe("secret_key_required");
});

test.each(["off_session", "error_on_requires_action"])("a page does not decide on %s", async (param) => {
  const { id, client_secret } = await anIntent();
  const answer = await asPage(
    "POST",
    `/v1/payment_intents/${id}/confirm`,
    form({ client_secret: client_secret ?? "", [param]: "true", ...typed("4242424242424242") }),
  );
  expect(answer.status).toBe(400);
  expect((await answer.json()).error).toMatchObject({ code: "secret_key_required", param });
  expect((await house.stripe.paymentIntents.retrieve(id)).status).toBe("requires_payment_method");
});

test("another account's key opens nothing", async () => {
  const { id, client_secret } = await anIntent();
  const theirs = house.fresh().key.replace("sk_", "pk_");
  const answer = await asPage("GET", `/v1/payment_intents/${id}?client_secret=${client_secret}`, undefined, theirs);
  expect(answer.status).toBe(404);
});
