import { refused } from "../http/errors";
import { addBalanceEntry } from "../payments/balance-entry";
import { newStripeId } from "../store/ids";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";

type Fee = Kinds["application_fee"];
type FeeRefund = Kinds["fee_refund"];

/** Gives the platform's fee, or a part of it, back to the account it was taken from. */
export function refundFee(
  space: Space,
  fee: Fee,
  { amount, metadata = {} }: { amount?: number | undefined; metadata?: Record<string, string> },
): FeeRefund {
  const left = fee.amount - fee.amount_refunded;
  if (left <= 0) throw refused("This application fee has already been fully refunded.");
  const value = amount ?? left;
  if (value < 1 || value > left)
    throw refused(`Refund amount (${value}) is greater than unrefunded amount on fee (${left})`, { param: "amount" });
  const id = newStripeId("fr");
  const common = { currency: fee.currency, type: "application_fee_refund" as const, source: id };
  const entry = addBalanceEntry(space, { ...common, amount: -value, reporting_category: "platform_earning_refund" });
  addBalanceEntry(space.beside(String(fee.account)), { ...common, amount: value, reporting_category: "fee" });
  const refund = space.add<"fee_refund">({
    ...{ id, object: "fee_refund", amount: value, balance_transaction: entry.id, created: space.now },
    ...{ currency: fee.currency, fee: fee.id, metadata },
  });
  fee.amount_refunded += value;
  fee.refunded = fee.amount_refunded === fee.amount;
  fee.refunds.data.unshift(refund);
  space.announce("application_fee.refunded", fee);
  return refund;
}
