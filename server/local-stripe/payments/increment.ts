import { explained, refused, StripeRefusal } from "../http/errors";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { judgeAmount } from "./intent-build";
import { wrongState } from "./intent-confirm";
import { mayGrow } from "./method-options";

type Intent = Kinds["payment_intent"];

/** Holds more on a card that was asked for it when it was charged. */
export async function incrementHold(space: Space, intent: Intent, amount: number): Promise<Intent> {
  if (intent.status !== "requires_capture") throw wrongState(intent, "increment");
  if (!mayGrow(intent))
    throw new StripeRefusal(400, {
      ...{ type: "invalid_request_error", ...explained("payment_intent_unexpected_state") },
      payment_intent: structuredClone(intent),
      message:
        "This PaymentIntent could not be incremented: its card did not ask for `request_incremental_authorization`.",
    });
  if (amount <= intent.amount)
    throw refused("The amount must be greater than the amount that is authorized already.", { param: "amount" });
  judgeAmount(amount, intent.currency);
  const charge = await space.own("charge", intent.latest_charge ?? "");
  charge.amount = amount;
  const { card } = charge.payment_method_details ?? {};
  if (card) card.amount_authorized = amount;
  intent.amount = amount;
  intent.amount_capturable = amount;
  space.announceChange("charge.updated", charge);
  space.announceChange("payment_intent.amount_capturable_updated", intent);
  return intent;
}
