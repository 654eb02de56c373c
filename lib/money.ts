/** A whole number of millionths of a dollar. Only this file makes one. */
export type Micros = number & { readonly __unit: "micros" };

const MICROS_PER_DOLLAR = 1_000_000;
const MICROS_PER_CENT = 10_000;

export function micros(value: number): Micros {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole, safe number of micros`);
  return value as Micros; // checked on the line above
}

/** Reads a decimal amount exactly: `dollars("6.99")`. More than six decimals is an error, not a rounding. */
export function dollars(text: string): Micros {
  const match = /^(-?)(\d{1,10})(?:\.(\d{1,6}))?$/.exec(text);
  if (!match) throw new RangeError(`"${text}" is not an amount in dollars`);
  const [, sign, whole = "0", fraction = ""] = match;
  const size = Number(whole) * MICROS_PER_DOLLAR + Number(fraction.padEnd(6, "0"));
  return micros(sign === "-" && size !== 0 ? -size : size);
}

export const cents = (value: number): Micros => multiply(micros(MICROS_PER_CENT), value);

export const add = (...amounts: Micros[]): Micros => micros(amounts.reduce((sum, amount) => sum + amount, 0));

export const subtract = (from: Micros, amount: Micros): Micros => micros(from - amount);

/** Exact: `by` is a whole number and the product must stay safe. */
export function multiply(amount: Micros, by: number): Micros {
  return fromBig(BigInt(amount) * BigInt(by));
}

/** `amount` x `part` / `whole`, rounded once, half away from zero. The only rounding there is. */
export function share(amount: Micros, part: number, whole: number): Micros {
  if (whole <= 0) throw new RangeError("A share needs a whole above zero");
  const product = BigInt(amount) * BigInt(part);
  const half = BigInt(whole) / 2n;
  const size = product < 0n ? -product : product;
  const rounded =
    BigInt(whole) % 2n === 0n ? (size + half) / BigInt(whole) : (size * 2n + BigInt(whole)) / (2n * BigInt(whole));
  return fromBig(product < 0n ? -rounded : rounded);
}

/** The whole cents of a share, rounded down: what may be paid back of a price is never more than was paid. */
export function centsOfShare(amount: Micros, part: number, whole: number): Micros {
  if (amount < 0 || part < 0 || whole <= 0) throw new RangeError("Only a share of something is paid back");
  const exact = (BigInt(amount) * BigInt(part)) / BigInt(whole);
  return fromBig(exact - (exact % BigInt(MICROS_PER_CENT)));
}

/** How many of `whole` equal parts of a price it takes to reach an amount. */
export function partsFor(amount: Micros, price: Micros, whole: number): number {
  if (amount < 0 || price <= 0)
    throw new RangeError("Only an amount is reached, and only by something that has a price");
  return Number((BigInt(amount) * BigInt(whole) + BigInt(price) - 1n) / BigInt(price));
}

/** Floors the first share and gives the second the remainder, so the two always sum to the amount. */
export function split(amount: Micros, basisPoints: number): [Micros, Micros] {
  if (amount < 0) throw new RangeError("Only an amount of zero or more is split");
  if (!Number.isInteger(basisPoints) || basisPoints < 0 || basisPoints > 10_000)
    throw new RangeError("0 to 10,000 points");
  const first = fromBig((BigInt(amount) * BigInt(basisPoints)) / 10_000n);
  return [first, subtract(amount, first)];
}

/** Cash moves in whole cents; anything else has no business at that border. */
export function toCents(amount: Micros): number {
  if (amount % MICROS_PER_CENT !== 0) throw new RangeError(`${amount} micros is not a whole number of cents`);
  return amount / MICROS_PER_CENT;
}

export const isWholeCents = (amount: Micros): boolean => amount % MICROS_PER_CENT === 0;

/** "6.99", "0.001", "1250": as many decimals as the amount has, and at least two when it has any. */
export function toDecimal(amount: Micros): string {
  const size = Math.abs(amount);
  const whole = Math.floor(size / MICROS_PER_DOLLAR);
  const fraction = String(size % MICROS_PER_DOLLAR)
    .padStart(6, "0")
    .replace(/0+$/, "")
    .padEnd(2, "0");
  return `${amount < 0 ? "-" : ""}${whole}.${fraction}`;
}

export type WireMoney = { amount: string; currency: "usd"; micros: number };

export const toWire = (amount: Micros): WireMoney => ({ amount: toDecimal(amount), currency: "usd", micros: amount });

/** For people: "$1,250.00", "$0.001". */
export function formatMoney(amount: Micros, locale = "en-US"): string {
  const [whole = "0", fraction = "00"] = toDecimal(micros(Math.abs(amount))).split(".");
  const grouped = new Intl.NumberFormat(locale).format(BigInt(whole));
  const point = new Intl.NumberFormat(locale).formatToParts(1.5).find((part) => part.type === "decimal")?.value ?? ".";
  return `${amount < 0 ? "\u2212" : ""}$${grouped}${point}${fraction}`;
}

function fromBig(value: bigint): Micros {
  return micros(Number(value));
}
