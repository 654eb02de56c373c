import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { wrongState } from "./intent-confirm";

type Intent = Kinds["payment_intent"];

const CANCELABLE: Intent["status"][] = [
  "requires_payment_method",
  "requires_capture",
  "requires_confirmation",
  "requires_action",
];

/** Gives up on a payment, and lets go of what was held for it. */
export async function cancelIntent(
  space: Space,
  intent: Intent,
  reason: Intent["cancellation_reason"],
  how: "asked" | "expired" = "asked",
): Promise<Intent> {
  if (!CANCELABLE.includes(intent.status)) throw wrongState(intent, "cancel", { done: "canceled", from: CANCELABLE });
  const held = intent.status === "requires_capture";
  intent.status = "canceled";
  intent.canceled_at = space.now;
  intent.cancellation_reason = reason;
  intent.next_action = null;
  intent.amount_capturable = 0;
  if (held) await release(space, intent, how);
  space.announce("payment_intent.canceled", intent);
  return intent;
}

async function release(space: Space, intent: Intent, how: "asked" | "expired"): Promise<void> {
  const charge = await space.own("charge", intent.latest_charge ?? "");
  charge.refunded = true;
  charge.amount_refunded = charge.amount;
  space.unschedule("hold_expires", intent.id);
  space.announce(how === "asked" ? "charge.refunded" : "charge.expired", charge);
}
