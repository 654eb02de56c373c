import { refused, StripeRefusal } from "../http/errors";
import { newStripeId } from "../store/ids";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { addBalanceEntry } from "./balance-entry";

type Charge = Kinds["charge"];
type Refund = Kinds["refund"];

type Wanted = { amount?: number | undefined; reason?: Refund["reason"]; metadata: Record<string, string> };

const SETTLE_SECONDS = 3 * 86_400;
const REFERENCE_DIGITS = 19;
const dollarsOf = (amount: number): string =>
  `$${(BigInt(amount) / 100n).toString()}.${String(amount % 100).padStart(2, "0")}`;

/** Gives money back. Most cards answer at once; two test cards answer late. */
export function refundCharge(space: Space, charge: Charge, { amount, reason = null, metadata }: Wanted): Refund {
  const left = charge.amount_captured - (charge.amount_refunded - (charge.amount - charge.amount_captured));
  judge(charge, amount ?? left, left);
  const { refunds } = space.inner(charge);
  const value = amount ?? left;
  const id = newStripeId(charge.id.startsWith("py_") ? "pyr" : "re");
  const entry = addBalanceEntry(space, {
    ...{
      amount: -value,
      currency: charge.currency,
      type: charge.id.startsWith("py_") ? "payment_refund" : "refund",
      reporting_category: "refund",
      source: id,
    },
    description: `REFUND FOR CHARGE${charge.description === null ? "" : ` (${charge.description})`}`,
  });
  const refund = space.add<"refund">({
    id,
    object: "refund",
    amount: value,
    balance_transaction: entry.id,
    charge: charge.id,
    created: space.now,
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: {
      type: "card",
      card: { reference_status: "pending", reference_type: "acquirer_reference_number", type: "refund" },
    },
    metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: refunds === "pending" ? "pending" : "succeeded",
    transfer_reversal: null,
  });
  charge.amount_refunded += value;
  charge.refunded = charge.amount_refunded >= charge.amount;
  space.announce("refund.created", refund);
  space.announce("charge.refunded", charge, { previous: { amount_refunded: charge.amount_refunded - value } });
  if (!refunds) nameReference(space, refund);
  if (refunds) space.schedule("refund_settles", refund.id, space.now + SETTLE_SECONDS);
  return refund;
}

/** The bank says under which number its customer will find the money. */
function nameReference(space: Space, refund: Refund): void {
  const card = refund.destination_details?.card;
  if (!card) return;
  card.reference = `7400${String(space.now).padStart(REFERENCE_DIGITS, "0")}`;
  card.reference_status = "available";
  space.announceChange("refund.updated", refund);
  const previous = { destination_details: { card: { reference: null, reference_status: "pending" } } };
  space.announce("charge.refund.updated", refund, { previous });
}

function judge(charge: Charge, amount: number, left: number): void {
  if (charge.status === "failed" || !charge.captured) {
    throw refused(
      charge.captured
        ? "This charge failed and cannot be refunded."
        : "This charge has not been captured. Cancel its PaymentIntent to release the hold.",
      { code: "charge_not_refundable" },
    );
  }
  if (charge.disputed)
    throw refused(`Charge ${charge.id} has been charged back; cannot issue a refund.`, { code: "charge_disputed" });
  if (left <= 0) throw refused(`Charge ${charge.id} has already been refunded.`, { code: "charge_already_refunded" });
  if (amount < 1)
    throw refused("This value must be greater than or equal to 1.", {
      code: "parameter_invalid_integer",
      param: "amount",
    });
  if (amount > left) {
    throw new StripeRefusal(400, {
      ...{ type: "invalid_request_error", param: "amount" },
      message: `Refund amount (${dollarsOf(amount)}) is greater than unrefunded amount on charge (${dollarsOf(left)})`,
    });
  }
}

/** The bank's late answer. A failed refund puts the money back. */
export async function settleRefund(space: Space, refund: Refund): Promise<void> {
  if (refund.status !== "pending" && refund.status !== "succeeded") return;
  const charge = await space.own("charge", refund.charge ?? "");
  if (space.inner(charge).refunds === "fails") return failRefund(space, refund, "lost_or_stolen_card");
  refund.status = "succeeded";
  space.announceChange("refund.updated", refund);
  space.announce("charge.refund.updated", refund);
}

export async function failRefund(space: Space, refund: Refund, reason: string): Promise<void> {
  const charge = await space.own("charge", refund.charge ?? "");
  refund.status = "failed";
  refund.failure_reason = reason;
  refund.failure_balance_transaction = addBalanceEntry(space, {
    ...{
      amount: refund.amount,
      currency: refund.currency,
      type: "refund_failure",
      reporting_category: "refund_failure",
      source: refund.id,
    },
    description: "REFUND FAILURE",
  }).id;
  charge.amount_refunded -= refund.amount;
  charge.refunded = false;
  space.announceChange("charge.updated", charge);
  space.announceChange("refund.updated", refund);
  space.announce("charge.refund.updated", refund);
  space.announce("refund.failed", refund);
}
