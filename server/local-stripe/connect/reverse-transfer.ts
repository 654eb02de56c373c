import { shareOf } from "../catalogue/decimal";
import { refused } from "../http/errors";
import { addBalanceEntry } from "../payments/balance-entry";
import { newStripeId } from "../store/ids";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";

import { refundFee } from "./refund-fee";

type Transfer = Kinds["transfer"];
type Reversal = Kinds["transfer_reversal"];

/** Takes a transfer back, whole or in part. The connected account may go below zero. */
export async function reverseTransfer(
  space: Space,
  transfer: Transfer,
  {
    amount,
    metadata,
    refund,
    refundsFee = false,
  }: { amount?: number | undefined; metadata: Record<string, string>; refund?: string; refundsFee?: boolean },
): Promise<Reversal> {
  const left = transfer.amount - transfer.amount_reversed;
  const value = amount ?? left;
  if (left <= 0) throw refused("This transfer has already been fully reversed.");
  if (value < 1 || value > left)
    throw refused(`The reversal amount must be between 1 and ${left}.`, { param: "amount" });

  const id = newStripeId("trr");
  const common = { currency: transfer.currency, reporting_category: "transfer_reversal" as const, source: id };
  const entry = addBalanceEntry(space, { ...common, amount: value, type: "transfer_refund" });
  addBalanceEntry(space.beside(String(transfer.destination)), {
    ...common,
    amount: -value,
    type: "payment_refund",
    reporting_category: "refund",
  });
  const reversal = space.add<"transfer_reversal">({
    id,
    object: "transfer_reversal",
    amount: value,
    balance_transaction: entry.id,
    created: space.now,
    currency: transfer.currency,
    destination_payment_refund: newStripeId("pyr"),
    metadata,
    source_refund: refund ?? null,
    transfer: transfer.id,
  });
  transfer.amount_reversed += value;
  if (refundsFee) await refundShare(space, transfer.source_transaction, value, transfer.amount);
  transfer.reversed = transfer.amount_reversed === transfer.amount;
  transfer.reversals.data.unshift(reversal);
  space.announce("transfer.reversed", transfer);
  return reversal;
}

/** Gives back the same share of the fee that was kept of a charge. */
export async function refundShare(space: Space, chargeId: string | null, part: number, whole: number): Promise<void> {
  const charge = chargeId === null ? undefined : await space.find("charge", chargeId);
  if (!charge?.application_fee) throw refused("This charge has no application fee to refund.");
  const owner = space.account === space.root ? space : space.beside(space.root);
  const fee = await owner.own("application_fee", charge.application_fee);
  const amount = Math.min(shareOf(fee.amount, part, whole), fee.amount - fee.amount_refunded);
  if (amount > 0) refundFee(owner, fee, { amount });
}

/** A refund that takes the transfer with it takes the same share of it. */
export async function reverseForRefund(
  space: Space,
  charge: Kinds["charge"],
  refund: Kinds["refund"],
): Promise<Reversal> {
  if (!charge.transfer) throw refused("This charge has no transfer to reverse.", { param: "reverse_transfer" });
  const transfer = await space.own("transfer", charge.transfer);
  const amount = shareOf(transfer.amount, refund.amount, charge.amount_captured);
  return reverseTransfer(space, transfer, { amount, metadata: {}, refund: refund.id });
}
