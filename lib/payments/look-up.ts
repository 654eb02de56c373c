import { type Id, isId } from "@/lib/ids";
import { cents, type Micros } from "@/lib/money";
import { type Stripe, stripeRead } from "@/lib/stripe/client";

/** What Stripe says of one payment, in our own words. */
export type Known = {
  intentId: string;
  /** The row of ours that the intent names. */
  paymentId: Id<"payment"> | undefined;
  state: "open" | "processing" | "succeeded" | "canceled";
  received: Micros;
  currency: string;
  failure: string | null;
  decline: KnownDecline | null;
  chargeId: string | null;
  card: { brand: string; last4: string } | null;
  /** Null until Stripe has booked the charge. */
  fee: Micros | null;
  /** What came after it, the oldest first. */
  aftermath: (KnownRefund | KnownDispute)[];
};

/** How the last try failed, and what it was that could not be charged. */
export type KnownDecline = { message: string; methodId: string | undefined; needsOwner: boolean };

export type KnownRefund = {
  kind: "refund";
  stripeId: string;
  /** The row of ours that asked for it; none where somebody did so at Stripe. */
  refundId: Id<"refund"> | undefined;
  amount: Micros;
  state: "pending" | "succeeded" | "failed";
  at: Date;
};

export type KnownDispute = {
  kind: "dispute";
  stripeId: string;
  amount: Micros;
  reason: string;
  /** Whether the bank has taken the money. */
  withdrawn: boolean;
  /** What it gave back, the first first: all at once where it was won, and perhaps a part where it was not. */
  reinstated: { id: string; amount: Micros }[];
  outcome: "won" | "lost" | "closed" | undefined;
  fees: { id: string; fee: Micros }[];
  dueAt: Date | null;
  at: Date;
};

const STATES: Partial<Record<Stripe.PaymentIntent.Status, Known["state"]>> = {
  succeeded: "succeeded",
  processing: "processing",
  canceled: "canceled",
};

/** Asks Stripe how a payment stands. Events and pages only say that it is worth asking. */
export async function lookUp(intentId: string, { hadAftermath }: { hadAftermath: boolean }): Promise<Known> {
  const intent = await stripeRead((stripe) =>
    stripe.paymentIntents.retrieve(intentId, { expand: ["latest_charge.balance_transaction"] }),
  );
  const charge = chargeOf(intent);
  const paymentId = intent.metadata.payment;
  const hasAftermath = hadAftermath || (charge !== null && (charge.amount_refunded > 0 || charge.disputed));
  return {
    intentId: intent.id,
    paymentId: isId("payment", paymentId) ? paymentId : undefined,
    state: STATES[intent.status] ?? "open",
    received: cents(intent.amount_received),
    currency: intent.currency,
    failure: intent.last_payment_error?.message ?? null,
    decline: declineOf(intent),
    chargeId: charge?.id ?? null,
    card: cardOf(charge),
    fee: feeOf(charge),
    aftermath: hasAftermath ? await lookUpAftermath(intentId) : [],
  };
}

const ASKS_FOR_OWNER: readonly (string | undefined)[] = [
  "authentication_required",
  "payment_intent_authentication_failure",
];

function declineOf({ last_payment_error: error }: Stripe.PaymentIntent): KnownDecline | null {
  if (!error) return null;
  return {
    message: error.message ?? "Your card was declined.",
    methodId: error.payment_method?.id,
    needsOwner: ASKS_FOR_OWNER.includes(error.code),
  };
}

/** It was expanded, so it is never only an id; before the first try there is none. */
const chargeOf = ({ latest_charge: charge }: Stripe.PaymentIntent): Stripe.Charge | null =>
  typeof charge === "string" ? null : charge;

function cardOf(charge: Stripe.Charge | null): Known["card"] {
  const { brand, last4 } = charge?.payment_method_details?.card ?? {};
  return brand && last4 ? { brand, last4 } : null;
}

function feeOf(charge: Stripe.Charge | null): Micros | null {
  const entry = charge?.balance_transaction;
  return entry && typeof entry !== "string" ? cents(entry.fee) : null;
}

async function lookUpAftermath(payment_intent: string): Promise<Known["aftermath"]> {
  const asked = { payment_intent, limit: 100 };
  const [refunds, disputes] = await Promise.all([
    stripeRead((stripe) => stripe.refunds.list(asked)),
    stripeRead((stripe) => stripe.disputes.list(asked)),
  ]);
  const all = [...refunds.data.map(refundOf), ...disputes.data.map(disputeOf)];
  // Of one second, the refund came first: nothing is refunded once a bank has taken it.
  return all.sort((a, b) => a.at.getTime() - b.at.getTime() || b.kind.localeCompare(a.kind));
}

function refundOf({ id, amount, status, metadata, created }: Stripe.Refund): KnownRefund {
  const refundId = metadata?.refund;
  return {
    kind: "refund",
    stripeId: id,
    refundId: isId("refund", refundId) ? refundId : undefined,
    amount: cents(amount),
    state: status === "failed" || status === "canceled" ? "failed" : status === "succeeded" ? "succeeded" : "pending",
    at: instantOf(created),
  };
}

const OUTCOMES: Partial<Record<Stripe.Dispute.Status, KnownDispute["outcome"]>> = {
  won: "won",
  lost: "lost",
  warning_closed: "closed",
};

function disputeOf(dispute: Stripe.Dispute): KnownDispute {
  const { id, amount, reason, status, balance_transactions: entries, evidence_details: evidence, created } = dispute;
  return {
    kind: "dispute",
    stripeId: id,
    amount: cents(amount),
    reason,
    withdrawn: entries.some((entry) => entry.amount < 0),
    reinstated: entries
      .filter((entry) => entry.amount > 0)
      .sort((one, other) => one.created - other.created)
      .map((entry) => ({ id: entry.id, amount: cents(entry.amount) })),
    outcome: OUTCOMES[status],
    fees: entries.filter(({ fee }) => fee !== 0).map((entry) => ({ id: entry.id, fee: cents(entry.fee) })),
    dueAt: evidence.due_by === null ? null : instantOf(evidence.due_by),
    at: instantOf(created),
  };
}

const instantOf = (seconds: number) => new Date(seconds * 1_000);
