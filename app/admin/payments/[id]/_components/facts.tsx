import type { ReactNode } from "react";
import { cardName } from "@/lib/cards/rules";
import { formatMoney } from "@/lib/money";
import type { readAnyPayment } from "@/lib/payments/staff-queries";
import { formatInstant } from "@/lib/time";
import { TransferLink } from "../../../books/_components/links";
import type { RefundDialogProps } from "./refund-dialog";

type Whole = Awaited<ReturnType<typeof readAnyPayment>>;
type Fact = [name: string, value: ReactNode];

export function factsOf({ payment, refundable }: Whole): Fact[] {
  const { price, fee, refunded, transferId, intentId, chargeId, failure, settledAt } = payment;
  return [
    ["Amount", formatMoney(price)],
    ["Bought", boughtWith(payment)],
    ["Paid with", methodOf(payment)],
    ["Begun", formatInstant(payment.createdAt)],
    ["Made", settledAt ? formatInstant(settledAt) : "not yet"],
    ["Granted by", transferId ? <TransferLink key="transfer" id={transferId} /> : "nothing yet"],
    ["Stripe's fee", fee === null ? "not said yet" : formatMoney(fee)],
    ["Paid back", formatMoney(refunded)],
    ["May be paid back", formatMoney(refundable)],
    ["At Stripe", <Mono key="ids">{[intentId, chargeId].filter(Boolean).join(" ") || "not known there yet"}</Mono>],
    ...(failure === null ? [] : [["Last try failed", failure] satisfies Fact]),
  ];
}

const boughtWith = ({ purpose, credits, bonusCredits, isAutomatic }: Whole["payment"]): string => {
  if (purpose === "wallet") return isAutomatic ? "money in the wallet, by itself" : "money in the wallet";
  return bonusCredits > 0 ? `${credits} credits and ${bonusCredits} as a bonus` : `${credits} credits`;
};

function methodOf({ cardBrand, cardLast4, state }: Whole["payment"]): string {
  if (cardBrand !== null && cardLast4 !== null) return cardName({ brand: cardBrand, last4: cardLast4 });
  return state === "succeeded" ? "a bank account" : "nothing yet";
}

const Mono = ({ children }: { children: string }) => <span className="font-mono text-12">{children}</span>;

/** What the dialog has to know, where anything was ever bought. */
export function forRefund({ payment, brought, refundable }: Whole): RefundDialogProps | undefined {
  if (!brought) return undefined;
  const { id, purpose, price, refunded } = payment;
  return { paymentId: id, paid: { purpose, price, refunded }, brought, most: refundable };
}
