import { explained, StripeRefusal } from "../http/errors";
import { throwDecline } from "../payments/intent-confirm";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";

/** All or nothing was asked for, and it was not paid: the refusal undoes everything. */
export async function insist(space: Space, invoice: Kinds["invoice"]): Promise<never> {
  const intent = await space.own("payment_intent", space.inner(invoice).intent ?? "");
  try {
    throwDecline(intent);
  } catch (error) {
    if (error instanceof StripeRefusal) throw new StripeRefusal(error.status, error.body);
    throw error;
  }
  throw new StripeRefusal(402, {
    type: "card_error",
    ...explained("subscription_payment_intent_requires_action"),
    message: "Payment for this subscription requires additional user action before it can be completed successfully.",
  });
}
