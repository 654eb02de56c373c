import { afterAll, beforeAll, expect, test } from "vitest";
import { aLocalStripe, type TestHouse } from "../testing/house";
import { chargeFor, totalOf } from "./charge-for";
import { scaledWhole } from "./decimal";

let house: TestHouse;
beforeAll(async () => {
  house = await aLocalStripe();
});
afterAll(() => house.stop());

test("makes a product with its default price", async () => {
  const { stripe } = house;
  const product = await stripe.products.create({
    name: "Pro",
    default_price_data: { currency: "usd", unit_amount: 2_900, recurring: { interval: "month" } },
    expand: ["default_price"],
  });
  expect(product.default_price).toMatchObject({
    unit_amount: 2_900,
    type: "recurring",
    recurring: { interval: "month", interval_count: 1, usage_type: "licensed" },
  });
  await expect(stripe.products.del(product.id)).rejects.toMatchObject({ statusCode: 400 });
});

test("moves a lookup key only when asked to", async () => {
  const stripe = house.another();
  const { id: product } = await stripe.products.create({ name: "Pro" });
  const old = await stripe.prices.create({ product, currency: "usd", unit_amount: 100, lookup_key: "pro" });
  await expect(
    stripe.prices.create({ product, currency: "usd", unit_amount: 200, lookup_key: "pro" }),
  ).rejects.toMatchObject({ code: "resource_already_exists" });
  const moved = await stripe.prices.create({
    product,
    currency: "usd",
    unit_amount: 200,
    lookup_key: "pro",
    transfer_lookup_key: true,
  });
  expect((await stripe.prices.list({ lookup_keys: ["pro"] })).data.map(({ id }) => id)).toEqual([moved.id]);
  expect(await stripe.prices.retrieve(old.id)).toMatchObject({ lookup_key: null });
});

test("cannot change what a price costs", async () => {
  const { stripe } = house;
  const price = await stripe.prices.create({ currency: "usd", unit_amount: 100, product_data: { name: "Once" } });
  await expect(stripe.prices.update(price.id, { unit_amount: 200 } as never)).rejects.toMatchObject({
    code: "parameter_unknown",
    param: "unit_amount",
  });
  expect(await stripe.prices.update(price.id, { active: false, nickname: "old" })).toMatchObject({
    active: false,
    nickname: "old",
  });
});

test("shows tiers only to who asks", async () => {
  const { stripe } = house;
  const price = await stripe.prices.create({
    ...{
      currency: "usd",
      product_data: { name: "Calls" },
      billing_scheme: "tiered",
      tiers_mode: "graduated",
      recurring: { interval: "month" },
    },
    tiers: [
      { up_to: 1_000, unit_amount: 0 },
      { up_to: "inf", unit_amount_decimal: "0.1" as never },
    ],
  });
  expect(price.tiers).toBeUndefined();
  const asked = await stripe.prices.retrieve(price.id, { expand: ["tiers"] });
  expect(asked.tiers?.map(({ up_to, unit_amount }) => [up_to, unit_amount])).toEqual([
    [1_000, 0],
    [null, null],
  ]);
  await expect(stripe.prices.retrieve(price.id, { expand: ["nothing"] })).rejects.toMatchObject({
    message: "This property cannot be expanded (nothing).",
  });
});

const tiered = {
  billing_scheme: "tiered",
  tiers_mode: "graduated",
  unit_amount: null,
  unit_amount_decimal: null,
  transform_quantity: null,
} as const;
const tiers = [
  { up_to: 1_000, unit: "0", flat: null },
  { up_to: null, unit: "0.1", flat: null },
];

test.each([
  [0, 0],
  [1_000, 0],
  [1_001, 0],
  [1_005, 1],
  [1_500, 50],
  [250_000, 24_900],
])("prices %i calls at %i cents", (calls, cents) => {
  expect(totalOf(chargeFor(tiered, tiers, scaledWhole(calls)))).toBe(cents);
});

test("keeps coupons and the codes that stand for them", async () => {
  const stripe = house.another();
  const coupon = await stripe.coupons.create({
    percent_off: 25,
    duration: "repeating",
    duration_in_months: 3,
    name: "Spring",
  });
  await expect(stripe.coupons.create({ percent_off: 5, amount_off: 5, currency: "usd" })).rejects.toMatchObject({
    code: "parameters_exclusive",
  });
  await expect(stripe.coupons.create({ id: coupon.id, percent_off: 5 })).rejects.toMatchObject({
    code: "resource_already_exists",
  });
  const promotion = await stripe.promotionCodes.create({
    promotion: { type: "coupon", coupon: coupon.id },
    code: "SPRING",
  });
  expect(promotion).toMatchObject({ code: "SPRING", promotion: { type: "coupon", coupon: coupon.id } });
  await expect(
    stripe.promotionCodes.create({ promotion: { type: "coupon", coupon: coupon.id }, code: "SPRING" }),
  ).rejects.toMatchObject({ param: "code" });
});
