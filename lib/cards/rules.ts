/** A card is good until the end of the month that is on it. */
export function isExpired(
  { expMonth, expYear }: { expMonth: number | null; expYear: number | null },
  now: Date,
): boolean {
  if (expMonth === null || expYear === null) return false;
  return now >= new Date(Date.UTC(expYear, expMonth, 1));
}

/** How people and mails call it. */
export const cardName = ({ brand, last4 }: { brand: string; last4: string }): string =>
  `${BRANDS[brand] ?? brand} ending ${last4}`;

const BRANDS: Record<string, string> = {
  visa: "Visa",
  mastercard: "Mastercard",
  amex: "American Express",
  discover: "Discover",
  diners: "Diners Club",
  jcb: "JCB",
  unionpay: "UnionPay",
};
