import { findPackage } from "@/lib/credits/rules";
import { invalid } from "@/lib/errors";
import type { Id } from "@/lib/ids";
import { centsOfShare, dollars, formatMoney, isWholeCents, type Micros, micros, partsFor, subtract } from "@/lib/money";
import { hours, minutes } from "@/lib/time";
import { leastTopUp, mostTopUp } from "@/lib/wallet/rules";

export type Purchase = {
  purpose: "credits" | "wallet";
  packageId: number | null;
  title: string;
  credits: number;
  bonusCredits: number;
  price: Micros;
};

/** What is bought, and for how much: our price, whatever the caller thinks. */
export function purchaseOf({
  packageId,
  topUp,
}: {
  packageId?: number | undefined;
  topUp?: string | undefined;
}): Purchase {
  if (topUp !== undefined) return topUpOf(topUp);
  const found = findPackage(packageId ?? 0);
  if (!found) throw invalid({ packageId: "There are the packages 1 to 4." });
  const { id, name, credits, bonusCredits, price } = found;
  return { purpose: "credits", packageId: id, title: `${name} package`, credits, bonusCredits, price };
}

function topUpOf(amount: string): Purchase {
  const price = dollars(amount);
  if (!isWholeCents(price) || price < leastTopUp || price > mostTopUp)
    throw invalid({
      topUp: `Fill the wallet with ${formatMoney(leastTopUp)} to ${formatMoney(mostTopUp)}, in whole cents.`,
    });
  return { purpose: "wallet", packageId: null, title: "Wallet top-up", credits: 0, bonusCredits: 0, price };
}

/** How long after it was written, or last looked at, a payment is asked about when nobody has told us of it. */
const LOOKS_MS = [minutes(1), minutes(5), hours(1), hours(22)];

/** All of them within the day for which Stripe remembers what it was asked to do. */
export const lastLook = LOOKS_MS.length - 1;

export const nextLookMs = (looks: number): number => LOOKS_MS[Math.min(looks, lastLook)] ?? hours(22);

/** A lot that a payment brought, and what is left of it. */
export type BroughtLot = { id: Id<"lot">; amount: number; remaining: number };
export type Brought = { paid: BroughtLot; bonus: BroughtLot | undefined };
/** Of the paid lot and of the bonus lot: credits, or micros of a wallet. */
export type Part = { paid: number; bonus: number };

type Paid = { purpose: "credits" | "wallet"; price: Micros; refunded: Micros };

/** The most that may be paid back: what is unspent of this payment's own lot, at the price that was paid for it. */
export function refundableOf({ purpose, price, refunded }: Paid, { paid }: Brought): Micros {
  const unspent = purpose === "wallet" ? paid.remaining : centsOfShare(price, paid.remaining, paid.amount);
  const whole = centsOfShare(micros(unspent), 1, 1);
  return micros(Math.min(whole, subtract(price, refunded)));
}

/** What a refund takes: first all that is left of the bonus, then as much of what was paid as the amount is worth. */
export const refundTakes = (amount: Micros, { purpose, price }: Paid, { paid, bonus }: Brought): Part => ({
  paid: Math.min(purpose === "wallet" ? amount : partsFor(amount, price, paid.amount), paid.remaining),
  bonus: bonus?.remaining ?? 0,
});

/**
 * What a dispute takes back, and what of that is used already and therefore owed. A bank that takes all that was
 * left of the payment undoes all that was left of the purchase; one that takes a part undoes its share.
 */
export function disputeTakes(
  amount: Micros,
  payment: Paid,
  brought: Brought,
  refundedBefore: Part,
): { due: Part; taken: Part } {
  const { paid, bonus } = brought;
  const left = { paid: paid.amount - refundedBefore.paid, bonus: (bonus?.amount ?? 0) - refundedBefore.bonus };
  const due = dueOf(amount, payment, brought, left);
  return {
    due,
    taken: { paid: Math.min(due.paid, paid.remaining), bonus: Math.min(due.bonus, bonus?.remaining ?? 0) },
  };
}

function dueOf(amount: Micros, { purpose, price, refunded }: Paid, { paid, bonus }: Brought, left: Part): Part {
  if (purpose === "wallet") return { paid: amount, bonus: 0 };
  if (amount >= subtract(price, refunded)) return left;
  return {
    paid: Math.min(partsFor(amount, price, paid.amount), left.paid),
    bonus: Math.min(bonus?.remaining ?? 0, left.bonus),
  };
}

export const sizeOf = ({ paid, bonus }: Part): number => paid + bonus;

type Lost = { of: Micros; taken: number; owed: number };

/** What comes back with a part of a dispute's money: a share of what it took, rounded down, of which debts go first. */
export function reinstatementGives(
  amount: Micros,
  { of, taken, owed }: Lost,
): { forgiven: number; back: number; price: Micros } {
  const units = Number((BigInt(amount) * BigInt(taken)) / BigInt(of));
  const forgiven = Math.min(units, owed);
  const back = units - forgiven;
  return { forgiven, back, price: units === 0 ? micros(0) : centsOfShare(amount, back, units) };
}
