import { expect, test } from "vitest";
import { readHistory } from "./read-history";

test("an empty address asks for the latest of everything", () => {
  expect(readHistory({})).toEqual({ asked: { limit: 25 }, filters: {}, query: "", paid: undefined, buys: undefined });
});

test("what makes no sense is left out, and the rest holds", () => {
  const { asked, filters, query } = readHistory({
    kind: "purchase",
    from: "yesterday",
    minAmount: "-3",
    text: "  ",
    cursor: "x",
  });
  expect(filters).toEqual({ kind: "purchase" });
  expect(query).toBe("kind=purchase");
  expect(asked).toEqual({ kind: "purchase", limit: 25 });
});

test("a package, a page and a payment are read from it", () => {
  const paymentId = "payment_01ke6zv3s80q4n7xw2m5j9t8cd";
  expect(readHistory({ buy: "3", cursor: "17", paid: paymentId })).toMatchObject({
    ...{ buys: 3, paid: paymentId },
    asked: { cursor: "17" },
  });
  expect(readHistory({ buy: "9", paid: "payment_1" })).toMatchObject({ buys: undefined, paid: undefined });
});
