import { newStripeId } from "../store/ids";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { addBalanceEntry, DISPUTE_FEE } from "./balance-entry";

type Dispute = Kinds["dispute"];
type DisputeKind = "fraudulent" | "product_not_received" | "inquiry";

const ANSWER_SECONDS = 9 * 86_400;

const noEvidence = (): Dispute["evidence"] => ({
  ...{
    access_activity_log: null,
    billing_address: null,
    cancellation_policy: null,
    cancellation_policy_disclosure: null,
    cancellation_rebuttal: null,
  },
  ...{
    customer_communication: null,
    customer_email_address: null,
    customer_name: null,
    customer_purchase_ip: null,
    customer_signature: null,
  },
  ...{
    duplicate_charge_documentation: null,
    duplicate_charge_explanation: null,
    duplicate_charge_id: null,
    enhanced_evidence: {},
  },
  ...{
    product_description: null,
    receipt: null,
    refund_policy: null,
    refund_policy_disclosure: null,
    refund_refusal_explanation: null,
  },
  ...{
    service_date: null,
    service_documentation: null,
    shipping_address: null,
    shipping_carrier: null,
    shipping_date: null,
  },
  ...{
    shipping_documentation: null,
    shipping_tracking_number: null,
    uncategorized_file: null,
    uncategorized_text: null,
  },
});

/** The bank's customer objects. An inquiry asks first; a dispute takes the money and a fee at once. */
export function openDispute(space: Space, charge: Kinds["charge"], kind: DisputeKind): Dispute {
  const inquiry = kind === "inquiry";
  const brand = charge.payment_method_details?.card?.brand ?? "visa";
  const due = space.now + ANSWER_SECONDS;
  const dispute = space.add<"dispute">({
    id: newStripeId("du"),
    object: "dispute",
    amount: charge.amount_captured - charge.amount_refunded,
    balance_transactions: [],
    charge: charge.id,
    created: space.now,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: noEvidence(),
    evidence_details: {
      due_by: due,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: "not_submitted",
    },
    intended_submission_method: null,
    is_charge_refundable: inquiry,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    payment_method_details: {
      type: "card",
      card: { brand, network: brand, case_type: inquiry ? "inquiry" : "chargeback", network_reason_code: "10.4" },
    },
    reason: inquiry ? "fraudulent" : kind,
    status: inquiry ? "warning_needs_response" : "needs_response",
  });
  charge.disputed = true;
  space.announceChange("charge.updated", charge);
  if (!inquiry) withdraw(space, dispute);
  space.announce("charge.dispute.created", dispute);
  if (!inquiry) space.announce("charge.dispute.funds_withdrawn", dispute);
  space.schedule("dispute_due", dispute.id, due);
  return dispute;
}

function withdraw(space: Space, dispute: Dispute): void {
  const entry = addBalanceEntry(space, {
    ...{
      amount: -dispute.amount,
      currency: dispute.currency,
      type: "adjustment",
      reporting_category: "dispute",
      source: dispute.id,
    },
    ...{ fee: DISPUTE_FEE, feeDescription: "Dispute fee", description: `Chargeback withdrawal for ${dispute.charge}` },
  });
  dispute.balance_transactions.push(entry);
}

/** The fee comes back with the whole of it. */
export function reinstate(space: Space, dispute: Dispute, amount: number): void {
  const fee = amount < dispute.amount ? {} : { fee: -DISPUTE_FEE, feeDescription: "Dispute fee refund" };
  const entry = addBalanceEntry(space, {
    ...{
      amount,
      currency: dispute.currency,
      type: "adjustment",
      reporting_category: "dispute_reversal",
      source: dispute.id,
    },
    ...{ ...fee, description: `Chargeback reversal for ${dispute.charge}` },
  });
  dispute.balance_transactions.push(entry);
}
