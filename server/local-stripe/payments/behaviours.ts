import type { DeclineCode } from "./declines";

export type Brand = "visa" | "mastercard" | "amex" | "discover" | "diners" | "jcb" | "unionpay";

/** What a test card does. A field that is absent means the ordinary thing. */
export type Behaviour = {
  number: string;
  brand: Brand;
  /** Names that stand for it: `pm_card_<name>` and `tok_<name>`. */
  names: string[];
  funding?: "credit" | "debit" | "prepaid";
  country?: string;
  decline?: DeclineCode;
  /** The card check at attaching and setting up passes although charges are declined. */
  attaches?: true;
  /** When the bank asks its customer: always, unless the card was set up, or only when the customer is there. */
  asks?: "always" | "unless_set_up" | "on_session";
  dispute?: "fraudulent" | "product_not_received" | "inquiry";
  available?: "now";
  refunds?: "pending" | "fails";
  risk?: "elevated" | "highest" | "blocked";
};

const declines = (number: string, decline: DeclineCode, ...names: string[]): Behaviour => ({
  number,
  brand: "visa",
  decline,
  names,
});

const BEHAVIOURS: Behaviour[] = [
  { number: "4242424242424242", brand: "visa", names: ["visa", "us"] },
  { number: "4000056655665556", brand: "visa", names: ["visa_debit"], funding: "debit" },
  { number: "5555555555554444", brand: "mastercard", names: ["mastercard"] },
  { number: "2223003122003222", brand: "mastercard", names: [] },
  { number: "5200828282828210", brand: "mastercard", names: ["mastercard_debit"], funding: "debit" },
  { number: "5105105105105100", brand: "mastercard", names: ["mastercard_prepaid"], funding: "prepaid" },
  { number: "378282246310005", brand: "amex", names: ["amex"] },
  { number: "371449635398431", brand: "amex", names: [] },
  { number: "6011111111111117", brand: "discover", names: ["discover"] },
  { number: "3056930009020004", brand: "diners", names: ["diners"] },
  { number: "3566002020360505", brand: "jcb", names: ["jcb"] },
  { number: "6200000000000005", brand: "unionpay", names: ["unionpay"] },
  { number: "4000000000000077", brand: "visa", names: ["bypassPending"], available: "now" },
  declines("4000000000000002", "generic_decline", "visa_chargeDeclined", "chargeDeclined"),
  declines(
    "4000000000009995",
    "insufficient_funds",
    "visa_chargeDeclinedInsufficientFunds",
    "chargeDeclinedInsufficientFunds",
  ),
  declines("4000000000009987", "lost_card", "visa_chargeDeclinedLostCard", "chargeDeclinedLostCard"),
  declines("4000000000009979", "stolen_card", "visa_chargeDeclinedStolenCard", "chargeDeclinedStolenCard"),
  declines("4000000000000069", "expired_card", "visa_chargeDeclinedExpiredCard", "chargeDeclinedExpiredCard"),
  declines("4000000000000127", "incorrect_cvc", "visa_chargeDeclinedIncorrectCvc", "chargeDeclinedIncorrectCvc"),
  declines(
    "4000000000000119",
    "processing_error",
    "visa_chargeDeclinedProcessingError",
    "chargeDeclinedProcessingError",
  ),
  declines("4000000000006975", "card_velocity_exceeded", "visa_chargeDeclinedVelocityLimitExceeded"),
  {
    number: "4000000000000341",
    brand: "visa",
    names: ["chargeCustomerFail", "visa_chargeCustomerFail"],
    decline: "generic_decline",
    attaches: true,
  },
  { number: "4000002760003184", brand: "visa", names: ["authenticationRequired"], asks: "always" },
  { number: "4000002500003155", brand: "visa", names: ["authenticationRequiredOnSetup"], asks: "unless_set_up" },
  {
    number: "4000000000003220",
    brand: "visa",
    names: ["threeDSecure2Required", "threeDSecureRequired"],
    asks: "always",
  },
  { number: "4000000000003063", brand: "visa", names: [], asks: "always" },
  {
    number: "4000003800000446",
    brand: "visa",
    names: ["authenticationRequiredSetupForOffSession"],
    asks: "on_session",
  },
  {
    ...{
      number: "4000008400001629",
      brand: "visa" as const,
      asks: "always" as const,
      decline: "generic_decline" as const,
      attaches: true as const,
    },
    names: ["authenticationRequiredChargeDeclined", "threeDSecureRequiredChargeDeclined"],
  },
  {
    ...{
      number: "4000008260003178",
      brand: "visa" as const,
      asks: "always" as const,
      decline: "insufficient_funds" as const,
      attaches: true as const,
    },
    names: ["authenticationRequiredChargeDeclinedInsufficientFunds"],
  },
  { number: "4000000000000259", brand: "visa", names: ["createDispute"], dispute: "fraudulent" },
  {
    number: "4000000000002685",
    brand: "visa",
    names: ["createDisputeProductNotReceived"],
    dispute: "product_not_received",
  },
  { number: "4000000000001976", brand: "visa", names: ["createDisputeInquiry"], dispute: "inquiry" },
  { number: "4000000000005423", brand: "visa", names: ["createIssuerFraudRecord"] },
  { number: "4000000000009235", brand: "visa", names: ["riskLevelElevated"], risk: "elevated" },
  { number: "4000000000004954", brand: "visa", names: ["riskLevelHighest"], risk: "highest" },
  {
    number: "4100000000000019",
    brand: "visa",
    names: ["radarBlock"],
    risk: "blocked",
    decline: "fraudulent",
    attaches: true,
  },
  { number: "4000000000007726", brand: "visa", names: ["pendingRefund"], refunds: "pending" },
  { number: "4000000000005126", brand: "visa", names: ["refundFail"], refunds: "fails" },
];

const byNumber = new Map(BEHAVIOURS.map((behaviour) => [behaviour.number, behaviour]));
const byName = new Map(BEHAVIOURS.flatMap((behaviour) => behaviour.names.map((name) => [name, behaviour] as const)));

export const behaviourOfNumber = (number: string): Behaviour | undefined => byNumber.get(number);
export const behaviourOfName = (name: string): Behaviour | undefined => byName.get(name);

/** A saved method remembers the last four digits and a name of its behaviour, never the number. */
export const keyOf = (behaviour: Behaviour): string => behaviour.names[0] ?? `ends_${behaviour.number.slice(-4)}`;
const byKey = new Map(BEHAVIOURS.map((behaviour) => [keyOf(behaviour), behaviour]));
export const behaviourOfKey = (key: string): Behaviour | undefined => byKey.get(key);

/** What the account number of a US bank debit does. */
export type BankBehaviour = {
  number: string;
  names: string[];
  ends: "succeeds" | "fails";
  failure?: string;
  disputes?: true;
};

const BANK_BEHAVIOURS: BankBehaviour[] = [
  { number: "000123456789", names: ["usBankAccount", "usBankAccount_success"], ends: "succeeds" },
  { number: "000111111113", names: ["usBankAccount_closed"], ends: "fails", failure: "account_closed" },
  { number: "000000004954", names: [], ends: "fails", failure: "fraudulent" },
  { number: "000111111116", names: ["usBankAccount_noAccount"], ends: "fails", failure: "no_account" },
  { number: "000222222227", names: ["usBankAccount_insufficientFunds"], ends: "fails", failure: "insufficient_funds" },
  {
    number: "000333333335",
    names: ["usBankAccount_debitNotAuthorized"],
    ends: "fails",
    failure: "debit_not_authorized",
  },
  { number: "000666666661", names: ["usBankAccount_processing"], ends: "succeeds" },
];

export const bankBehaviourOf = (numberOrName: string): BankBehaviour | undefined =>
  BANK_BEHAVIOURS.find(({ number, names }) => number === numberOrName || names.includes(numberOrName));
