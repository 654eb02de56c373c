import { expect, test } from "vitest";
import { cardName, isExpired } from "./rules";

const until = { expMonth: 2, expYear: 2028 };

test.each([
  ["2028-02-29T23:59:59.999Z", false],
  ["2028-03-01T00:00:00.000Z", true],
])("a card of February 2028 has expired at %s: %s", (now, expired) => {
  expect(isExpired(until, new Date(now))).toBe(expired);
});

test("a bank account does not expire", () => {
  expect(isExpired({ expMonth: null, expYear: null }, new Date("2100-01-01"))).toBe(false);
});

test("is called by its brand and its last digits", () => {
  expect(cardName({ brand: "amex", last4: "0005" })).toBe("American Express ending 0005");
  expect(cardName({ brand: "STRIPE TEST BANK", last4: "6789" })).toBe("STRIPE TEST BANK ending 6789");
});
