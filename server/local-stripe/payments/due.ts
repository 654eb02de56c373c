import type { Space } from "../store/space";
import { bankBehaviourOf } from "./behaviours";
import { cancelIntent } from "./cancel-intent";
import { bookCharge } from "./charge";
import { failCharged, succeed } from "./confirm";
import { closeDispute } from "./disputes";
import { settleRefund } from "./refund";

type Work = Record<string, (space: Space, ref: string) => Promise<unknown>>;

/** What payments do when their time comes. */
export const paymentWork: Work = {
  async hold_expires(space, id) {
    const intent = await space.find("payment_intent", id);
    if (intent?.status === "requires_capture") await cancelIntent(space, intent, "automatic", "expired");
  },
  async debit_settles(space, id) {
    const intent = await space.find("payment_intent", id);
    if (intent?.status === "processing") await settleDebit(space, id);
  },
  async refund_settles(space, id) {
    const refund = await space.find("refund", id);
    if (refund) await settleRefund(space, refund);
  },
  async dispute_due(space, id) {
    const dispute = await space.find("dispute", id);
    if (dispute && !["won", "lost", "warning_closed"].includes(dispute.status))
      await closeDispute(space, dispute, { how: "lost" });
  },
};

async function settleDebit(space: Space, id: string): Promise<void> {
  const intent = await space.own("payment_intent", id);
  const charge = await space.own("charge", intent.latest_charge ?? "");
  const method = await space.own("payment_method", intent.payment_method ?? "");
  const behaviour = bankBehaviourOf(space.inner(method).behaviour ?? "");
  if (behaviour?.ends !== "fails") {
    charge.status = "succeeded";
    charge.paid = true;
    charge.amount_captured = charge.amount;
    bookCharge(space, charge);
    space.announce("charge.succeeded", charge);
    return succeed(space, intent, charge.amount);
  }
  const message = "The customer's bank account could not be debited.";
  charge.status = "failed";
  charge.captured = false;
  charge.failure_code = behaviour.failure ?? "debit_failed";
  charge.failure_message = message;
  space.announce("charge.failed", charge);
  await failCharged(space, intent, {
    ...{
      charge: charge.id,
      code: "payment_intent_payment_attempt_failed",
      decline_code: charge.failure_code,
      message,
      type: "card_error",
    },
    payment_method: structuredClone(method),
  });
}
