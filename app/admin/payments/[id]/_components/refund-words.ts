import { toCount } from "@/components/brand/amounts";
import { dollars, formatMoney, type Micros, subtract } from "@/lib/money";
import { type Brought, refundTakes } from "@/lib/payments/rules";
import type { Refund } from "@/lib/payments/schema";

type Before = {
  paid: { purpose: "credits" | "wallet"; price: Micros; refunded: Micros };
  brought: Brought;
  most: Micros;
};

/** What a refund of so much takes, before anybody presses the button. */
export function takesInWords(amount: string, { paid, brought, most }: Before): string {
  if (!/^\d{1,6}(\.\d{1,2})?$/.test(amount)) return 'Send an amount in dollars, such as "5.00".';
  const wanted = dollars(amount);
  if (wanted === 0) return "Pay back more than nothing.";
  if (wanted > most) return `That is ${formatMoney(subtract(wanted, most))} more than may be paid back.`;
  const part = refundTakes(wanted, paid, brought);
  if (paid.purpose === "wallet") return `It takes ${formatMoney(wanted)} out of the wallet.`;
  return `It takes ${creditsInWords(part.paid, part.bonus)}.`;
}

/** "10 bonus credits, which go first, and 31 bought ones" */
function creditsInWords(bought: number, bonus: number): string {
  if (bonus === 0) return `${toCount(bought)} bought ${bought === 1 ? "credit" : "credits"}`;
  return `${toCount(bonus)} bonus ${bonus === 1 ? "credit" : "credits"}, which go first, and ${toCount(bought)} bought`;
}

export type Answered = { status: Refund["status"]; micros: Micros; credits: number; bonusCredits: number };

export function answerInWords({ status, micros, credits, bonusCredits }: Answered) {
  const took = credits + bonusCredits > 0 ? `${toCount(credits + bonusCredits)} credits went back for it.` : "";
  if (status === "succeeded")
    return { tone: "settled", title: `${formatMoney(micros)} is paid back.`, words: took } as const;
  if (status === "failed" || status === "refused")
    return { tone: "loss", title: "It was not paid back.", words: "What it took is there again." } as const;
  return {
    tone: "hold",
    title: `${formatMoney(micros)} is on its way.`,
    words: `${took} Whether it arrives is asked by itself, and said here.`.trim(),
  } as const;
}
