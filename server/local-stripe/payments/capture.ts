import { refused } from "../http/errors";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { bookCharge } from "./charge";
import { succeed } from "./confirm";
import { transferForCharge } from "./destination";
import { unexpected } from "./intent-confirm";

type Intent = Kinds["payment_intent"];
type Charge = Kinds["charge"];

/** Takes what was held, or a part of it. The rest goes back at once. */
export async function captureIntent(space: Space, intent: Intent, wanted = intent.amount_capturable): Promise<Intent> {
  if (intent.status === "succeeded")
    throw unexpected(intent, "This PaymentIntent could not be captured because it has already been captured.");
  if (intent.status !== "requires_capture") {
    throw unexpected(
      intent,
      `This PaymentIntent could not be captured because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`,
    );
  }
  await captureCharge(space, await space.own("charge", intent.latest_charge ?? ""), wanted);
  return intent;
}

export async function captureCharge(space: Space, charge: Charge, wanted: number): Promise<void> {
  if (wanted < 1 || wanted > charge.amount) {
    throw refused(`The amount to capture must be between 1 and ${charge.amount}.`, {
      code: wanted < 1 ? "amount_too_small" : "amount_too_large",
      param: "amount_to_capture",
    });
  }
  charge.captured = true;
  charge.amount_captured = wanted;
  charge.amount_refunded = charge.amount - wanted;
  bookCharge(space, charge);
  await transferForCharge(space, charge);
  space.unschedule("charge_expires", charge.id);
  space.announce("charge.captured", charge);
  if (charge.payment_intent === null) return;
  space.unschedule("hold_expires", charge.payment_intent);
  await succeed(space, await space.own("payment_intent", charge.payment_intent), wanted);
}
