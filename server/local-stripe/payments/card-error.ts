import { type ErrorBody, explained, StripeRefusal } from "../http/errors";
import type { Kinds } from "../store/kinds";
import type { Decline } from "./declines";

type About = {
  charge?: string;
  payment_intent?: Kinds["payment_intent"];
  payment_method?: Kinds["payment_method"];
  setup_intent?: Kinds["setup_intent"];
};

/** A decline is answered with 402, and what led to it stays on record. */
export function cardError(
  { code, decline_code, message, advice_code }: Omit<Decline, "hard">,
  about: About,
): StripeRefusal {
  const body: ErrorBody = {
    ...{ type: "card_error", ...explained(code), decline_code, message },
    ...(advice_code !== undefined && { advice_code }),
    ...structuredClone(about),
  };
  return new StripeRefusal(402, body, { effects: "kept" });
}
