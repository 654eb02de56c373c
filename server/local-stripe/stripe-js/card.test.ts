import { expect, test } from "vitest";
import { brandOf, cvcFault, expiryFault, grouped, numberFault, spacedExpiry } from "./card";

const NOW = new Date("2026-03-15T12:00:00Z");

test.each([
  ["4242424242424242", "visa", "4242 4242 4242 4242"],
  ["5555555555554444", "mastercard", "5555 5555 5555 4444"],
  ["2223003122003222", "mastercard", "2223 0031 2200 3222"],
  ["378282246310005", "amex", "3782 822463 10005"],
  ["3056930009020004", "diners", "3056 930009 020004"],
  ["6011111111111117", "discover", "6011 1111 1111 1117"],
  ["6200000000000005", "unionpay", "6200 0000 0000 0005"],
  ["3566002020360505", "jcb", "3566 0020 2036 0505"],
])("%s is a %s and is written as on the card", (number, brand, written) => {
  expect(brandOf(number)).toBe(brand);
  expect(grouped(number)).toBe(written);
  expect(numberFault(number)).toBeUndefined();
});

test.each([
  ["", "incomplete_number"],
  ["4242 4242", "incomplete_number"],
  ["4242 4242 4242 4241", "invalid_number"],
  ["3782 822463 10006", "invalid_number"],
])("the number %j is refused with %s", (number, code) => {
  expect(numberFault(number)?.code).toBe(code);
});

test.each([
  ["", "incomplete_expiry"],
  ["12 / 3", "incomplete_expiry"],
  ["13 / 30", "incomplete_expiry"],
  ["12 / 25", "invalid_expiry_year_past"],
  ["02 / 26", "invalid_expiry_month_past"],
  ["12 / 99", "invalid_expiry_year"],
  ["03 / 26", undefined],
  ["12 / 34", undefined],
])("the date %j is judged %s in March 2026", (text, code) => {
  expect(expiryFault(text, NOW)?.code).toBe(code);
});

test.each([
  ["1", "1"],
  ["4", "04 / "],
  ["1/", "01 / "],
  ["12", "12 / "],
  ["1234", "12 / 34"],
  ["12/34", "12 / 34"],
  ["12 / 345", "12 / 34"],
])("typing %j shows %j", (typed, shown) => {
  expect(spacedExpiry(typed)).toBe(shown);
});

test("a security code is as long as the brand prints it", () => {
  expect(cvcFault("12", "4242")?.code).toBe("incomplete_cvc");
  expect(cvcFault("123", "4242")).toBeUndefined();
  expect(cvcFault("123", "3782")?.code).toBe("incomplete_cvc");
  expect(cvcFault("1234", "3782")).toBeUndefined();
});
