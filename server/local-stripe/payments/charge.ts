import { newStripeId, randomText } from "../store/ids";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { addBalanceEntry, availableAfter, chargeFee } from "./balance-entry";
import { type Behaviour, behaviourOfKey } from "./behaviours";
import type { Decline } from "./declines";

type Charge = Kinds["charge"];
type Intent = Kinds["payment_intent"];
type Method = Kinds["payment_method"];

export const HOLD_SECONDS = 7 * 86_400;
const EMPTY_ADDRESS = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };

/** What a charge takes over from the intent it is made for, if it is made for one. */
type Bill = Pick<
  Intent,
  | ("amount" | "application_fee_amount" | "currency" | "customer" | "description" | "metadata" | "on_behalf_of")
  | ("receipt_email" | "shipping" | "statement_descriptor" | "statement_descriptor_suffix" | "transfer_data")
  | "transfer_group"
> & { id: string | null };

export function addCharge(
  space: Space,
  intent: Bill,
  method: Method,
  state: { status: Charge["status"]; captured: boolean; decline?: Decline; authenticated: boolean; mandate?: string },
): Charge {
  const behaviour = behaviourOfKey(space.inner(method).behaviour ?? "");
  const id = newStripeId(method.type === "us_bank_account" ? "py" : "ch");
  const { status, captured, decline } = state;
  const charge: Charge = {
    id,
    object: "charge",
    amount: intent.amount,
    amount_captured: captured && status === "succeeded" ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: intent.application_fee_amount ?? null,
    balance_transaction: null,
    billing_details: { ...method.billing_details, address: method.billing_details.address ?? EMPTY_ADDRESS },
    calculated_statement_descriptor: "LOCAL STRIPE",
    captured: captured && status !== "failed",
    created: space.now,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: { ...intent.metadata },
    on_behalf_of: intent.on_behalf_of,
    outcome: outcomeOf(behaviour, decline),
    paid: status === "succeeded",
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: detailsOf(space, method, {
      authenticated: state.authenticated,
      amount: intent.amount,
      captured,
      mandate: state.mandate,
    }),
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: `${space.origin()}/_local/receipts/${id}`,
    refunded: false,
    review: null,
    shipping: intent.shipping,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status,
    transfer_data: intent.transfer_data
      ? { amount: intent.transfer_data.amount ?? null, destination: intent.transfer_data.destination }
      : null,
    transfer_group: intent.transfer_group,
  };
  return space.add<"charge">(charge, {
    ...(behaviour?.available && { available: behaviour.available }),
    ...(behaviour?.refunds && { refunds: behaviour.refunds }),
  });
}

/** Puts the money of a captured charge on the balance. */
export function bookCharge(space: Space, charge: Charge): void {
  const available = space.inner(charge).available === "now" ? space.now : availableAfter(space.now);
  const amount = charge.amount_captured;
  charge.balance_transaction = addBalanceEntry(space, {
    ...{
      amount,
      currency: charge.currency,
      type: charge.id.startsWith("py_") ? "payment" : "charge",
      reporting_category: "charge",
    },
    ...{ source: charge.id, fee: chargeFee(amount), description: charge.description, availableOn: available },
    ...(space.account !== space.root && { applicationFee: charge.application_fee_amount ?? 0 }),
  }).id;
}

function outcomeOf(behaviour: Behaviour | undefined, decline: Decline | undefined): Charge["outcome"] {
  const risk = behaviour?.risk;
  const blocked = risk === "blocked" && decline !== undefined;
  const risk_level = risk === undefined ? "normal" : risk === "elevated" ? "elevated" : "highest";
  const common = {
    network_advice_code: null,
    network_decline_code: decline && !blocked ? "05" : null,
    risk_level,
    risk_score: risk === undefined ? 10 : 80,
  };
  if (!decline) {
    const seller_message = "Payment complete.";
    return {
      ...common,
      advice_code: null,
      network_status: "approved_by_network",
      reason: risk === "elevated" ? "elevated_risk_level" : null,
      seller_message,
      type: "authorized",
    };
  }
  return {
    ...common,
    advice_code: advice(decline.advice_code),
    network_status: blocked ? "not_sent_to_network" : "declined_by_network",
    reason: blocked ? "highest_risk_level" : decline.decline_code,
    seller_message: blocked
      ? "Stripe blocked this payment as too risky."
      : "The bank did not return any further details with this decline.",
    type: blocked ? "blocked" : "issuer_declined",
  };
}

type Advice = NonNullable<Charge["outcome"]>["advice_code"];
const advice = (code: string | undefined): Advice =>
  code === "try_again_later" || code === "do_not_try_again" || code === "confirm_card_data" ? code : null;

type Seen = { authenticated: boolean; amount: number; captured: boolean; mandate: string | undefined };

function detailsOf(
  space: Space,
  method: Method,
  { authenticated, amount, captured, mandate }: Seen,
): Charge["payment_method_details"] {
  if (method.us_bank_account) {
    const { account_holder_type, account_type, bank_name, fingerprint, last4, routing_number } = method.us_bank_account;
    return {
      type: "us_bank_account",
      us_bank_account: {
        account_holder_type,
        account_type,
        bank_name,
        fingerprint,
        last4,
        ...(mandate !== undefined && { mandate }),
        payment_reference: null,
        routing_number,
      },
    };
  }
  const { card } = method;
  if (!card) return { type: method.type };
  return {
    type: "card",
    card: {
      amount_authorized: amount,
      authorization_code: randomText(6).toUpperCase(),
      brand: card.brand,
      ...(!captured && { capture_before: space.now + HOLD_SECONDS }),
      checks: {
        address_line1_check: null,
        address_postal_code_check: null,
        cvc_check: card.checks?.cvc_check ?? "pass",
      },
      country: card.country,
      electronic_commerce_indicator: null,
      exp_month: card.exp_month,
      exp_year: card.exp_year,
      extended_authorization: { status: "disabled" },
      fingerprint: card.fingerprint ?? null,
      funding: card.funding,
      incremental_authorization: { status: "unavailable" },
      installments: null,
      last4: card.last4,
      mandate: null,
      multicapture: { status: "unavailable" },
      network: card.brand,
      network_token: { used: false },
      network_transaction_id: randomText(15),
      overcapture: { maximum_amount_capturable: amount, status: "unavailable" },
      regulated_status: "unregulated",
      three_d_secure: authenticated ? THREE_D_SECURE : null,
      transaction_link_id: null,
      wallet: null,
    },
  };
}

const THREE_D_SECURE = {
  ...{ authentication_flow: "challenge", electronic_commerce_indicator: "05", exemption_indicator: null },
  ...{ result: "authenticated", result_reason: null, transaction_id: null, version: "2.2.0" },
} as const;
