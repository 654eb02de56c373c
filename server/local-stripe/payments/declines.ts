/** How a refused charge is described: to the program, and to the card holder. */
export type Decline = { code: string; decline_code: string; message: string; advice_code?: string; hard: boolean };

const SOFT = "try_again_later";
const NEVER = "do_not_try_again";

const declined = (decline_code: string, message = "Your card was declined.", advice_code?: string): Decline => ({
  ...{ code: "card_declined", decline_code, message, hard: advice_code === NEVER },
  ...(advice_code !== undefined && { advice_code }),
});

/** Every decline this server can make, by decline code. */
export const DECLINES = {
  generic_decline: declined("generic_decline", undefined, SOFT),
  insufficient_funds: declined("insufficient_funds", "Your card has insufficient funds.", SOFT),
  lost_card: declined("lost_card", undefined, NEVER),
  stolen_card: declined("stolen_card", undefined, NEVER),
  do_not_honor: declined("do_not_honor", undefined, SOFT),
  fraudulent: declined("fraudulent", undefined, NEVER),
  card_velocity_exceeded: declined(
    "card_velocity_exceeded",
    "Your card was declined for making repeated attempts too frequently or exceeding its amount limit.",
    SOFT,
  ),
  transaction_not_allowed: declined(
    "transaction_not_allowed",
    "Your card does not support this type of purchase.",
    NEVER,
  ),
  try_again_later: declined("try_again_later", undefined, SOFT),
  expired_card: {
    code: "expired_card",
    decline_code: "expired_card",
    message: "Your card has expired.",
    advice_code: "confirm_card_data",
    hard: false,
  },
  incorrect_cvc: {
    code: "incorrect_cvc",
    decline_code: "incorrect_cvc",
    message: "Your card's security code is incorrect.",
    advice_code: "confirm_card_data",
    hard: false,
  },
  processing_error: {
    code: "processing_error",
    decline_code: "processing_error",
    message: "An error occurred while processing your card. Try again in a little bit.",
    advice_code: SOFT,
    hard: false,
  },
  authentication_required: {
    ...{ code: "authentication_required", decline_code: "authentication_required", hard: false },
    message: "Your card was declined. This transaction requires authentication.",
  },
} satisfies Record<string, Decline>;

export type DeclineCode = keyof typeof DECLINES;

export const isDeclineCode = (text: string): text is DeclineCode => text in DECLINES;
