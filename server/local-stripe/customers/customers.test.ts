import { afterAll, beforeAll, expect, test } from "vitest";
import { aLocalStripe, type TestHouse } from "../testing/house";

let house: TestHouse;
beforeAll(async () => {
  house = await aLocalStripe();
});
afterAll(() => house.stop());

test("keeps a customer and gives it back", async () => {
  const { stripe } = house;
  const made = await stripe.customers.create({ email: "ada@example.com", name: "Ada", metadata: { a: "1", b: "2" } });
  expect(made).toMatchObject({
    object: "customer",
    email: "ada@example.com",
    balance: 0,
    livemode: false,
    metadata: { a: "1", b: "2" },
  });
  expect(await stripe.customers.retrieve(made.id)).toMatchObject({ id: made.id, name: "Ada" });
});

test.each(["pm_card_visa", "one of its own"])("takes a card along as the default: %s", async (name) => {
  const { stripe } = house;
  const card =
    name === "pm_card_visa"
      ? name
      : (await stripe.paymentMethods.create({ type: "card", card: { token: "tok_visa" } })).id;
  const { id, invoice_settings } = await stripe.customers.create({
    ...{ payment_method: card, invoice_settings: { default_payment_method: card, footer: "Thank you" } },
  });
  const [attached, ...others] = (await stripe.customers.listPaymentMethods(id)).data;
  expect(others).toEqual([]);
  expect(invoice_settings).toMatchObject({ default_payment_method: attached?.id, footer: "Thank you" });
});

test("merges metadata, drops an emptied key, clears all of it", async () => {
  const { stripe } = house;
  const { id } = await stripe.customers.create({ metadata: { a: "1", b: "2" } });
  expect((await stripe.customers.update(id, { metadata: { b: "", c: "3" } })).metadata).toEqual({ a: "1", c: "3" });
  expect((await stripe.customers.update(id, { metadata: "" })).metadata).toEqual({});
});

test("says which parameter it does not know, does not have, or cannot read", async () => {
  const { stripe } = house;
  await expect(stripe.customers.create({ foo: "1" } as never)).rejects.toMatchObject({
    statusCode: 400,
    code: "parameter_unknown",
    param: "foo",
  });
  await expect(stripe.prices.create({ product: "p", unit_amount: 1 } as never)).rejects.toMatchObject({
    code: "parameter_missing",
    param: "currency",
  });
  await expect(stripe.paymentIntents.create({ amount: 9.99, currency: "usd" })).rejects.toMatchObject({
    code: "parameter_invalid_integer",
    param: "amount",
  });
  await expect(stripe.customers.create({ invoice_settings: { foo: "1" } } as never)).rejects.toMatchObject({
    param: "invoice_settings[foo]",
  });
});

test("answers an unknown path and an unknown id as Stripe does", async () => {
  const { stripe } = house;
  await expect(stripe.customers.retrieve("cus_nobody")).rejects.toMatchObject({
    statusCode: 404,
    code: "resource_missing",
    param: "id",
    message: "No such customer: 'cus_nobody'",
  });
  await expect(stripe.rawRequest("GET", "/v1/nothing")).rejects.toMatchObject({
    statusCode: 404,
    type: "StripeInvalidRequestError",
  });
  await expect(stripe.rawRequest("GET", "/v1/invoices/upcoming")).rejects.toMatchObject({ statusCode: 404 });
});

test("refuses keys that are not local ones", async () => {
  for (const key of ["sk_live_abcdefghijkl", "sk_test_abcdefghijklmnop"]) {
    const response = await fetch(`${house.url}/v1/customers`, { headers: { authorization: `Bearer ${key}` } });
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain(key);
  }
  expect((await fetch(`${house.url}/v1/customers`)).status).toBe(401);
});

test("keeps the accounts of two keys apart", async () => {
  const { id } = await house.stripe.customers.create();
  await expect(house.another().customers.retrieve(id)).rejects.toMatchObject({ code: "resource_missing" });
});

test("pages newest first, forwards and backwards", async () => {
  const stripe = house.another();
  const ids: string[] = [];
  for (let n = 0; n < 12; n += 1) ids.unshift((await stripe.customers.create({ name: `c${n}` })).id);
  const first = await stripe.customers.list();
  expect(first).toMatchObject({ has_more: true, url: "/v1/customers" });
  expect(first.data.map(({ id }) => id)).toEqual(ids.slice(0, 10));
  const rest = await stripe.customers.list({ starting_after: ids[9] ?? "" });
  expect(rest.data.map(({ id }) => id)).toEqual(ids.slice(10));
  const back = await stripe.customers.list({ ending_before: ids[10] ?? "", limit: 3 });
  expect(back.data.map(({ id }) => id)).toEqual(ids.slice(7, 10));
  expect((await stripe.customers.list({ limit: 5 }).autoPagingToArray({ limit: 100 })).map(({ id }) => id)).toEqual(
    ids,
  );
  await expect(stripe.customers.list({ starting_after: "cus_no" })).rejects.toMatchObject({ param: "starting_after" });
});

test("finds by exact, case-sensitive e-mail and by search", async () => {
  const stripe = house.another();
  await stripe.customers.create({ email: "Foo@example.com", metadata: { tier: "gold" } });
  await stripe.customers.create({ email: "foo@example.com", name: "Foo Bar" });
  expect((await stripe.customers.list({ email: "foo@example.com" })).data).toHaveLength(1);
  expect((await stripe.customers.search({ query: "metadata['tier']:'gold'" })).data).toHaveLength(1);
  expect((await stripe.customers.search({ query: "name~'bar' AND email:'foo@example.com'" })).data).toHaveLength(1);
  expect((await stripe.customers.search({ query: "-email:'foo@example.com'" })).data).toHaveLength(1);
  expect((await stripe.customers.search({ query: "metadata['tier']:null" })).data).toHaveLength(1);
  await expect(stripe.customers.search({ query: "shoe:'9'" })).rejects.toMatchObject({ param: "query" });
});

test("shows a deleted customer as a stub", async () => {
  const { stripe } = house;
  const { id } = await stripe.customers.create();
  expect(await stripe.customers.del(id)).toEqual(expect.objectContaining({ id, deleted: true }));
  expect(await stripe.customers.retrieve(id)).toMatchObject({ id, deleted: true });
});

test("says nothing when nothing changed, and exactly what changed when it did", async () => {
  const stripe = house.another();
  const { id } = await stripe.customers.create({ name: "A", metadata: { k: "1" } });
  await stripe.customers.update(id, { name: "A" });
  await stripe.customers.update(id, { name: "B", metadata: { k: "2" } });
  const events = await stripe.events.list({ type: "customer.updated" });
  expect(events.data).toHaveLength(1);
  expect(events.data[0]?.data.previous_attributes).toEqual({ name: "A", metadata: { k: "1" } });
});

test("moves the balance and pins the currency", async () => {
  const { stripe } = house;
  const { id } = await stripe.customers.create();
  const moved = await stripe.customers.createBalanceTransaction(id, { amount: -500, currency: "usd" });
  expect(moved).toMatchObject({ amount: -500, ending_balance: -500 });
  expect(await stripe.customers.retrieve(id)).toMatchObject({ balance: -500, currency: "usd" });
  await expect(stripe.customers.createBalanceTransaction(id, { amount: 1, currency: "eur" })).rejects.toMatchObject({
    statusCode: 400,
  });
});

test("survives a restart", async () => {
  const { id } = await house.stripe.customers.create({ name: "Stays" });
  await house.restart();
  expect(await house.stripe.customers.retrieve(id)).toMatchObject({ name: "Stays" });
});
