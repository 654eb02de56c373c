const PLACES = 12;
const ONE = 10n ** BigInt(PLACES);

/** A decimal as a whole number of trillionths. Prices are never floats. */
export type Scaled = bigint;

export function scaled(text: string): Scaled {
  const match = /^(-?)(\d+)(?:\.(\d{1,12}))?$/.exec(text);
  if (!match) throw new RangeError(`"${text}" is not a decimal`);
  const [, sign, whole = "0", fraction = ""] = match;
  const size = BigInt(whole) * ONE + BigInt(fraction.padEnd(PLACES, "0"));
  return sign === "-" ? -size : size;
}

export const scaledWhole = (value: number): Scaled => BigInt(value) * ONE;

/** Exact: the product of two scaled numbers would carry twice the places. */
export const times = (a: Scaled, b: Scaled): Scaled => (a * b) / ONE;

/** Whole minor units, rounded once, half away from zero. */
export function rounded(value: Scaled): number {
  const size = value < 0n ? -value : value;
  const whole = Number((size + ONE / 2n) / ONE);
  return value < 0n && whole !== 0 ? -whole : whole;
}

export function toText(value: Scaled): string {
  const size = value < 0n ? -value : value;
  const fraction = String(size % ONE)
    .padStart(PLACES, "0")
    .replace(/0+$/, "");
  return `${value < 0n ? "-" : ""}${size / ONE}${fraction === "" ? "" : `.${fraction}`}`;
}

export const isWhole = (value: Scaled): boolean => value % ONE === 0n;

export function smaller(a: Scaled, b: Scaled): Scaled {
  return a < b ? a : b;
}

/** `amount` x `part` / `whole`, rounded once, half away from zero. */
export function shareOf(amount: number, part: number, whole: number): number {
  const product = BigInt(amount) * BigInt(part);
  const size = product < 0n ? -product : product;
  const share = Number((size * 2n + BigInt(whole)) / (2n * BigInt(whole)));
  return product < 0n && share !== 0 ? -share : share;
}
