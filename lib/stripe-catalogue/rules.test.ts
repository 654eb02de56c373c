import { expect, test } from "vitest";
import { dollars } from "@/lib/money";
import { differing, wantedOf } from "./rules";

const wanted = wantedOf({ pricePerCall: dollars("0.001"), freeCallsPerMonth: 1_000 });

test("every price has a key of its own, a product that is made, and a meter that is made", () => {
  const { prices, products, meters } = wanted;
  expect(new Set(prices.map(({ key }) => key)).size).toBe(prices.length);
  for (const { product, meter } of prices) {
    expect(products.map(({ id }) => id)).toContain(product);
    if (meter !== null) expect(meters.map(({ event_name }) => event_name)).toContain(meter);
  }
});

test("a plan that costs nothing has no yearly price", () => {
  expect(wanted.prices.filter(({ key }) => key.startsWith("compute-free")).map(({ key }) => key)).toEqual([
    "compute-free-month",
  ]);
});

test("an amount is written to the exact fraction of a cent", () => {
  const amountOf = (key: string) => wanted.prices.find((price) => price.key === key)?.amount;
  expect(amountOf("rooms-professional-year")).toBe("99000");
  expect(amountOf("compute-professional-month")).toBe("2999");
  expect(amountOf("compute-free-month")).toBe("0");
  expect(amountOf("compute-memory-gb-millihours-month")).toBe("0.001");
});

test.each([
  [{ a: 1 }, { a: 1, b: 2 }, []],
  [{ a: 1, b: { c: [1, 2] } }, { a: 2, b: { c: [2, 1], d: 3 } }, ["a"]],
  [{ b: { c: [1, 2] } }, { b: { c: [1] } }, ["b"]],
  [{ b: { c: true } }, { b: null }, ["b"]],
  [{ a: null }, {}, ["a"]],
])("of %j, %j has otherwise %j", (ours, theirs, fields) => {
  expect(differing(ours, theirs)).toEqual(fields);
});
