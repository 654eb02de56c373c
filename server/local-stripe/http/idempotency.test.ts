import { afterAll, beforeAll, expect, test } from "vitest";
import { aLocalStripe, type TestHouse } from "../testing/house";

let house: TestHouse;
beforeAll(async () => {
  house = await aLocalStripe();
});
afterAll(() => house.stop());

const DAY = 86_400;

test("answers a repeated key with the first answer and does nothing again", async () => {
  const stripe = house.another();
  const first = await stripe.customers.create({ name: "A" }, { idempotencyKey: "k1" });
  const again = await stripe.customers.create({ name: "A" }, { idempotencyKey: "k1" });
  expect(again.id).toBe(first.id);
  expect((await stripe.customers.list()).data).toHaveLength(1);
});

test("says that an answer is a repeated one", async () => {
  const ask = () =>
    fetch(`${house.url}/v1/customers`, {
      method: "POST",
      headers: { authorization: `Bearer ${house.key}`, "idempotency-key": "k0" },
      body: new URLSearchParams({ name: "A" }),
    });
  const [first, again] = [await ask(), await ask()];
  expect([first.headers.get("idempotent-replayed"), again.headers.get("idempotent-replayed")]).toEqual([null, "true"]);
  expect(again.headers.get("original-request")).toBe(first.headers.get("request-id"));
  expect(await again.text()).toBe(await first.text());
});

test("refuses the same key with other parameters", async () => {
  const stripe = house.another();
  await stripe.customers.create({ name: "A" }, { idempotencyKey: "k2" });
  await expect(stripe.customers.create({ name: "B" }, { idempotencyKey: "k2" })).rejects.toMatchObject({
    type: "StripeIdempotencyError",
    statusCode: 400,
  });
});

test("lets one of two at once through and refuses or repeats the other", async () => {
  const stripe = house.another();
  const both = await Promise.allSettled(
    Array.from({ length: 4 }, () => stripe.customers.create({ name: "A" }, { idempotencyKey: "k3" })),
  );
  for (const one of both)
    if (one.status === "rejected")
      expect(one.reason).toMatchObject({ statusCode: 409, code: "idempotency_key_in_use" });
  expect(both.some(({ status }) => status === "fulfilled")).toBe(true);
  expect((await stripe.customers.list()).data).toHaveLength(1);
});

test("repeats a decline, and forgets a key after a day", async () => {
  const stripe = house.another();
  const pay = () =>
    stripe.paymentIntents.create(
      {
        amount: 1_000,
        currency: "usd",
        payment_method: "pm_card_visa_chargeDeclined",
        confirm: true,
        return_url: "http://localhost/back",
      },
      { idempotencyKey: "k4" },
    );
  await expect(pay()).rejects.toMatchObject({ statusCode: 402 });
  await expect(pay()).rejects.toMatchObject({ statusCode: 402 });
  expect((await stripe.paymentIntents.list()).data).toHaveLength(1);
  await house.advance(DAY + 3_600);
  await expect(pay()).rejects.toMatchObject({ statusCode: 402 });
  expect((await stripe.paymentIntents.list()).data).toHaveLength(2);
});

test("does not keep a request that could not be read", async () => {
  const stripe = house.another();
  await expect(stripe.customers.create({ foo: "1" } as never, { idempotencyKey: "k5" })).rejects.toMatchObject({
    code: "parameter_unknown",
  });
  expect(await stripe.customers.create({ name: "A" }, { idempotencyKey: "k5" })).toMatchObject({ name: "A" });
});

test("keeps a newer answer for a month, and tries again what failed", async () => {
  const stripe = house.another();
  const send = (identifier: string, idempotencyKey: string) =>
    stripe.v2.billing.meterEvents.create(
      { event_name: "calls", payload: { stripe_customer_id: "cus_none", value: "1" }, identifier },
      { idempotencyKey },
    );
  const first = await send("a", "k6");
  await house.advance(29 * DAY);
  expect(await send("a", "k6")).toMatchObject({ created: first.created });
  await send("b", "k7");
  await expect(send("b", "k8")).rejects.toMatchObject({ statusCode: 400 });
  await house.advance(DAY);
  expect(await send("b", "k8")).toMatchObject({ identifier: "b" });
});
