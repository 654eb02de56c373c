/** What Stripe says of a payment or a set-up that did not go through. */
export type StripeRefusal = {
  type: string;
  code?: string | undefined;
  decline_code?: string | undefined;
};

export type Purpose = "pay" | "save";

/** The sentence, what it means for the money, and whether what was typed is to blame. */
export type RefusalWords = { title: string; meaning: string; isTyping: boolean };

type Words = { title: string; advice: string; isTyping?: true };

const DECLINES: Record<string, Words> = {
  insufficient_funds: { title: "There is too little money on this card.", advice: "Use another card." },
  card_velocity_exceeded: { title: "This card has reached its limit for now.", advice: "Use another card." },
  withdrawal_count_limit_exceeded: { title: "This card has reached its limit for now.", advice: "Use another card." },
  transaction_not_allowed: { title: "This card does not allow this kind of payment.", advice: "Use another card." },
  card_not_supported: { title: "This card does not allow this kind of payment.", advice: "Use another card." },
  currency_not_supported: { title: "This card does not pay in this currency.", advice: "Use another card." },
  try_again_later: { title: "The bank could not answer just now.", advice: "Try again in a minute." },
  issuer_not_available: { title: "The bank could not answer just now.", advice: "Try again in a minute." },
  test_mode_live_card: { title: "This is a test, and that is not a test card.", advice: "Use one of the test cards." },
};

const CODES: Record<string, Words> = {
  expired_card: { title: "This card has expired.", advice: "Check the date, or use another card.", isTyping: true },
  incorrect_cvc: { title: "The security code is wrong.", advice: "Check the digits on the card.", isTyping: true },
  invalid_cvc: { title: "The security code is wrong.", advice: "Check the digits on the card.", isTyping: true },
  incorrect_number: { title: "The card number is wrong.", advice: "Check the digits on the card.", isTyping: true },
  invalid_number: { title: "The card number is wrong.", advice: "Check the digits on the card.", isTyping: true },
  invalid_expiry_month: { title: "The expiry date is wrong.", advice: "Check the date on the card.", isTyping: true },
  invalid_expiry_year: { title: "The expiry date is wrong.", advice: "Check the date on the card.", isTyping: true },
  incorrect_zip: {
    title: "The postal code is not the card's.",
    advice: "Check it, or use another card.",
    isTyping: true,
  },
  processing_error: { title: "The bank could not handle the card just now.", advice: "Try again in a minute." },
  authentication_required: {
    title: "Your bank wants to hear from you first.",
    advice: "Try again and confirm it there.",
  },
  payment_intent_authentication_failure: {
    title: "Your bank did not confirm that it was you.",
    advice: "Try again, or use another card.",
  },
  setup_intent_authentication_failure: {
    title: "Your bank did not confirm that it was you.",
    advice: "Try again, or use another card.",
  },
  account_closed: { title: "This bank account is closed.", advice: "Use another account or a card." },
  no_account: { title: "There is no such bank account.", advice: "Check the numbers.", isTyping: true },
};

const BY_TYPE: Record<string, Words> = {
  card_error: { title: "The bank declined this card.", advice: "Use another card, or ask the bank why." },
  rate_limit_error: { title: "Too many tries in a row.", advice: "Wait a moment, then try again." },
};

const OTHERWISE: Words = { title: "That did not go through.", advice: "Try again, or use another card." };

const NOTHING_HAPPENED: Record<Purpose, string> = { pay: "You were not charged.", save: "Nothing was saved." };

/** Never says that a card is lost or stolen: whoever holds it may not be whose it is. */
export function refusalWords(refusal: StripeRefusal, purpose: Purpose): RefusalWords {
  const { type, code = "", decline_code = "" } = refusal;
  if (type === "api_connection_error") return outOfReach(purpose);
  if (code.endsWith("_unexpected_state")) return endedAlready(purpose);
  const words = DECLINES[decline_code] ?? CODES[code] ?? BY_TYPE[type] ?? OTHERWISE;
  return {
    title: words.title,
    meaning: `${NOTHING_HAPPENED[purpose]} ${words.advice}`,
    isTyping: words.isTyping ?? false,
  };
}

/** Why there are no fields to fill in: what they were for is over, or they did not come. */
export function unusableWords({ code = "" }: StripeRefusal, purpose: Purpose): RefusalWords {
  if (code.endsWith("_unexpected_state")) return endedAlready(purpose);
  const meaning = `${NOTHING_HAPPENED[purpose]} Reload the page to try again.`;
  return { title: "The payment form did not load.", meaning, isTyping: false };
}

const outOfReach = (purpose: Purpose): RefusalWords => ({
  title: "The line to the bank broke.",
  meaning:
    purpose === "pay"
      ? "It is not known yet whether you were charged. Press again: one payment is never taken twice."
      : "It is not known yet whether the card was saved. Press again.",
  isTyping: false,
});

const endedAlready = (purpose: Purpose): RefusalWords => ({
  title: purpose === "pay" ? "This payment has ended already." : "This has ended already.",
  meaning: purpose === "pay" ? "You were not charged again. Reload the page to see how it ended." : "Reload the page.",
  isTyping: false,
});
