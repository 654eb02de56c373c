import type { Brand } from "../payments/behaviours";
import type { Fault } from "./wire";

type BrandRule = { brand: Brand; starts: RegExp; lengths: number[]; gaps: number[]; cvc: number };

const FOURS = [4, 8, 12, 16];
const RULES: BrandRule[] = [
  { brand: "amex", starts: /^3[47]/, lengths: [15], gaps: [4, 10], cvc: 4 },
  { brand: "diners", starts: /^3(?:0[0-5]|[689])/, lengths: [14, 16, 19], gaps: [4, 10], cvc: 3 },
  { brand: "jcb", starts: /^35/, lengths: [16], gaps: FOURS, cvc: 3 },
  { brand: "discover", starts: /^6(?:011|4[4-9]|5)/, lengths: [16], gaps: FOURS, cvc: 3 },
  { brand: "unionpay", starts: /^62/, lengths: [16, 17, 18, 19], gaps: FOURS, cvc: 3 },
  { brand: "mastercard", starts: /^(?:5[1-5]|2[2-7])/, lengths: [16], gaps: FOURS, cvc: 3 },
  { brand: "visa", starts: /^4/, lengths: [16], gaps: FOURS, cvc: 3 },
];
const UNKNOWN = { brand: "unknown", lengths: [16], gaps: FOURS, cvc: 3 } as const;

export const digitsOf = (text: string): string => text.replace(/\D/g, "");

const ruleOf = (digits: string) => RULES.find(({ starts }) => starts.test(digits)) ?? UNKNOWN;

export const brandOf = (number: string): Brand | "unknown" => ruleOf(digitsOf(number)).brand;
export const cvcLength = (number: string): number => ruleOf(digitsOf(number)).cvc;

/** In groups, as it is printed on the card. */
export function grouped(number: string): string {
  const digits = digitsOf(number);
  const { gaps, lengths } = ruleOf(digits);
  const longest = Math.max(...lengths);
  return [...digits.slice(0, longest)]
    .map((digit, at) => (gaps.some((gap) => gap === at) ? ` ${digit}` : digit))
    .join("");
}

export function numberFault(number: string): Fault | undefined {
  const digits = digitsOf(number);
  const { lengths } = ruleOf(digits);
  if (digits.length < Math.min(...lengths)) return fault("incomplete_number", "Your card number is incomplete.");
  if (!passesLuhn(digits)) return fault("invalid_number", "Your card number is invalid.");
  return undefined;
}

export function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** `4` can only be April, `1` can still become December. */
export function spacedExpiry(text: string): string {
  const typed = digitsOf(text);
  const digits = /^[2-9]/.test(typed) || /^\s*\d\s*\//.test(text) ? `0${typed}` : typed;
  const [month, year] = [digits.slice(0, 2), digits.slice(2, 4)];
  return month.length < 2 ? month : `${month} / ${year}`;
}

export function expiryOf(text: string): { exp_month: number; exp_year: number } | undefined {
  const digits = digitsOf(text);
  if (digits.length !== 4) return undefined;
  return { exp_month: Number(digits.slice(0, 2)), exp_year: 2_000 + Number(digits.slice(2)) };
}

const YEARS_AHEAD = 50;

export function expiryFault(text: string, now: Date): Fault | undefined {
  const expiry = expiryOf(text);
  const month = Number(digitsOf(text).slice(0, 2));
  if (!expiry || month < 1 || month > 12)
    return fault("incomplete_expiry", "Your card's expiration date is incomplete.");
  const [year, thisMonth] = [now.getUTCFullYear(), now.getUTCMonth() + 1];
  if (expiry.exp_year < year) return fault("invalid_expiry_year_past", "Your card's expiration year is in the past.");
  if (expiry.exp_year > year + YEARS_AHEAD)
    return fault("invalid_expiry_year", "Your card's expiration year is invalid.");
  if (expiry.exp_year === year && expiry.exp_month < thisMonth)
    return fault("invalid_expiry_month_past", "Your card's expiration date is in the past.");
  return undefined;
}

export const cvcFault = (cvc: string, number: string): Fault | undefined =>
  digitsOf(cvc).length < cvcLength(number)
    ? fault("incomplete_cvc", "Your card's security code is incomplete.")
    : undefined;

export const fault = (code: string, message: string): Fault => ({ type: "validation_error", code, message });
