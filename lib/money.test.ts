import fc from "fast-check";
import { expect, test } from "vitest";
import {
  add,
  cents,
  centsOfShare,
  dollars,
  formatMoney,
  isWholeCents,
  type Micros,
  micros,
  multiply,
  partsFor,
  share,
  split,
  subtract,
  toCents,
  toDecimal,
  toWire,
} from "./money";

const amount = fc.integer({ min: -9_000_000_000_000, max: 9_000_000_000_000 }).map(micros);

test("reads and writes decimals exactly", () => {
  for (const [text, value] of [
    ["6.99", 6_990_000],
    ["0.001", 1_000],
    ["0", 0],
    ["-0", 0],
    ["1250", 1_250_000_000],
    ["-3.50", -3_500_000],
    ["0.000001", 1],
  ] as const) {
    expect(dollars(text)).toBe(value);
  }
  for (const text of ["", "1.", ".5", "1e3", "1,000", " 1", "0.0000001", "NaN", "12345678901"])
    expect(() => dollars(text)).toThrow(RangeError);
  fc.assert(fc.property(amount, (value) => dollars(toDecimal(value)) === value));
});

test("refuses what is no whole, safe number", () => {
  for (const value of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])
    expect(() => micros(value)).toThrow(RangeError);
  expect(() => multiply(micros(2 ** 52), 3)).toThrow(RangeError);
  expect(() => add(micros(2 ** 52), micros(2 ** 52))).toThrow(RangeError);
});

test("a million random splits lose nothing and favour the platform by less than one micro", () => {
  fc.assert(
    fc.property(fc.nat(9_000_000_000_000_000), fc.integer({ min: 0, max: 10_000 }), (size, points) => {
      const [first, second] = split(micros(size), points);
      const exact = BigInt(size) * BigInt(points);
      // A million calls of `expect` take longer than all that they look at; a property that is false fails as well.
      return first + second === size && BigInt(first) * 10_000n <= exact && exact < (BigInt(first) + 1n) * 10_000n;
    }),
    { numRuns: 1_000_000 },
  );
}, 120_000);

test("a million random shares round once, half away from zero, as whole numbers do", () => {
  const oracle = (value: bigint, part: bigint, whole: bigint): bigint => {
    const [size, sign] = value * part < 0n ? [-(value * part), -1n] : [value * part, 1n];
    const [quotient, rest] = [size / whole, size % whole];
    return sign * (rest * 2n >= whole ? quotient + 1n : quotient);
  };
  fc.assert(
    fc.property(amount, fc.nat(86_400), fc.integer({ min: 1, max: 86_400 }), (value, part, whole) => {
      const expected = oracle(BigInt(value), BigInt(part), BigInt(whole));
      fc.pre(expected <= BigInt(Number.MAX_SAFE_INTEGER) && expected >= BigInt(Number.MIN_SAFE_INTEGER));
      return BigInt(share(value, part, whole)) === expected;
    }),
    { numRuns: 1_000_000 },
  );
}, 120_000);

const CALLS = process.env.PARLEY_TEST === "full" ? 1_000_000 : 100_000;

test(`the price of ${CALLS} random calls, rate by second by split, is exact to the micro`, () => {
  const rate = fc.integer({ min: 1, max: 100_000_000 });
  const seconds = fc.integer({ min: 0, max: 86_400 });
  fc.assert(
    fc.property(rate, seconds, fc.integer({ min: 0, max: 10_000 }), (perMinute, lasted, points) => {
      const price = share(micros(perMinute), lasted, 60);
      const [theirs, ours] = split(price, points);
      const exact = BigInt(perMinute) * BigInt(lasted);
      const isNearest = 2n * (BigInt(price) * 60n - exact) <= 60n && 2n * (exact - BigInt(price) * 60n) < 60n;
      return isNearest && BigInt(theirs) === (BigInt(price) * BigInt(points)) / 10_000n && theirs + ours === price;
    }),
    { numRuns: CALLS },
  );
}, 120_000);

test("the worked prices come out", () => {
  expect(share(dollars("6.99"), 714, 60)).toBe(dollars("83.181"));
  expect(split(dollars("83.181"), 7_000)).toEqual([dollars("58.2267"), dollars("24.9543")]);
  expect(add(multiply(multiply(dollars("0.05"), 2), 10), multiply(multiply(dollars("0.01"), 4), 10))).toBe(
    dollars("1.4"),
  );
  expect(subtract(dollars("25"), dollars("0.001"))).toBe(24_999_000);
});

test("only whole cents cross to cash", () => {
  expect(toCents(dollars("24.99"))).toBe(2_499);
  expect(cents(2_499)).toBe(dollars("24.99"));
  expect(isWholeCents(dollars("0.001"))).toBe(false);
  expect(() => toCents(dollars("0.001"))).toThrow(RangeError);
});

test("people and programs read the same amount", () => {
  const cases: [Micros, string, string][] = [
    [dollars("1250"), "$1,250.00", "1250.00"],
    [dollars("0.001"), "$0.001", "0.001"],
    [dollars("-6.99"), "\u2212$6.99", "-6.99"],
    [dollars("6.9"), "$6.90", "6.90"],
  ];
  for (const [value, words, decimal] of cases) {
    expect(formatMoney(value)).toBe(words);
    expect(toWire(value)).toEqual({ amount: decimal, currency: "usd", micros: value });
  }
  expect(formatMoney(dollars("1250.5"), "de-DE")).toBe("$1.250,50");
});

test("what is paid back of a price is in whole cents and never too much, and takes as many parts as it needs", () => {
  expect(centsOfShare(dollars("24.99"), 150, 150)).toBe(dollars("24.99"));
  expect(centsOfShare(dollars("9.99"), 49, 50)).toBe(dollars("9.79"));
  expect(centsOfShare(dollars("9.99"), 0, 50)).toBe(0);
  expect(partsFor(dollars("24.99"), dollars("24.99"), 150)).toBe(150);
  expect(partsFor(dollars("9.79"), dollars("9.99"), 50)).toBe(49);
  expect(partsFor(dollars("0.01"), dollars("9.99"), 50)).toBe(1);
  expect(() => centsOfShare(dollars("-1"), 1, 2)).toThrow(RangeError);
  expect(() => partsFor(dollars("1"), dollars("0"), 2)).toThrow(RangeError);
});
