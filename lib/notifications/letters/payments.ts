import type { Facts } from "@/lib/mail";
import { formatMoney, micros } from "@/lib/money";
import { formatDay } from "@/lib/time";
import type { At, Letter } from "./letter";

const money = (amount: number) => formatMoney(micros(amount));
const day = (instant: string) => formatDay(new Date(instant));

export function receiptLetter(facts: Facts<"receipt">, at: At): Letter {
  const { accountName, number, paidAt, method, lines, totalMicros, path } = facts;
  const total = money(totalMicros);
  return {
    subject: `Receipt ${number}: ${total}`,
    heading: `Receipt ${number}`,
    figure: { value: total, words: `paid on ${day(paidAt)} with ${method}`, tone: "book" },
    paragraphs: [`${total} was paid for the account ${accountName}. Nothing is left to do.`],
    rows: lines.map((line) => ({ label: line.label, value: money(line.micros) })),
    total: { label: "Total", value: total },
    action: { label: "Open the receipt", href: at(path) },
    note: "You get this because you look after the payments of this account. A receipt cannot be switched off.",
  };
}

export function paymentFailedLetter(facts: Facts<"payment_failed">, at: At): Letter {
  const { accountName, what, micros: amount, method, reason, nextTryAt, endsAt } = facts;
  const next = nextTryAt ? `The next try is on ${day(nextTryAt)}.` : "There is no further try.";
  const end = endsAt ? ` Without a payment, ${what} stops on ${day(endsAt)}.` : "";
  return {
    subject: `${money(amount)} could not be paid`,
    heading: "A payment did not go through",
    figure: { value: money(amount), words: `not paid, from ${method}`, tone: "danger" },
    paragraphs: [
      `For the account ${accountName}, ${what} was to be paid. ${reason} You were not charged.`,
      `${next}${end}`,
    ],
    action: { label: "Pay now, or use another card", href: at("/dashboard/billing") },
    note: "You get this because you look after the payments of this account. Mail about a failed payment cannot be switched off.",
  };
}

export const autoTopUpFailedLetter = (facts: Facts<"auto_top_up_failed">, at: At): Letter => ({
  subject: `${money(facts.micros)} was not added to your wallet`,
  heading: "The wallet was not topped up",
  figure: { value: money(facts.balanceMicros), words: "left in the wallet", tone: "hold" },
  paragraphs: [
    `${money(facts.micros)} was to be added to the wallet of ${facts.accountName} from ${facts.method}. ${facts.reason} You were not charged.`,
    "Automatic top-up is off until you switch it on again. Calls end when the wallet is empty.",
  ],
  action: { label: "Top up the wallet", href: at("/wallet") },
  note: "You get this because you look after the payments of this account. Mail about a failed payment cannot be switched off.",
});

export const cardExpiringLetter = ({ accountName, method, lastDay }: Facts<"card_expiring">, at: At): Letter => ({
  subject: `${method} works until ${day(lastDay)}`,
  heading: "A card is about to expire",
  paragraphs: [
    `${method} pays for the account ${accountName}. Its last day is ${day(lastDay)}. Payments after that day would fail.`,
    "Add the new card before then and nothing stops.",
  ],
  action: { label: "Add another card", href: at("/dashboard/billing") },
  note: "You get this because you look after the payments of this account.",
});
