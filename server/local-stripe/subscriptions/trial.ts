import { defaultMethodOf } from "../customers/default-method";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { scheduleNext } from "./build";
import { endSubscription } from "./cancel";

const WARNING_SECONDS = 3 * 86_400;

/** Three days before a trial ends, or at once when it is shorter, its end is told. */
export function warnOfTrialEnd(space: Space, { id, trial_end }: Kinds["subscription"]): void {
  if (trial_end !== null) space.schedule("trial_will_end", id, Math.max(trial_end - WARNING_SECONDS, space.now));
}

/** A trial is over. Says whether billing begins: without a card the customer's choice may be to cancel or to pause. */
export async function endTrial(space: Space, subscription: Kinds["subscription"]): Promise<boolean> {
  const customer = await space.own("customer", String(subscription.customer));
  const hasMethod = defaultMethodOf(customer, subscription) !== null;
  const missing = subscription.trial_settings?.end_behavior.missing_payment_method ?? "create_invoice";
  if (!hasMethod && missing === "cancel" && subscription.collection_method === "charge_automatically") {
    await endSubscription(space, subscription, "cancellation_requested");
    return false;
  }
  if (!hasMethod && missing === "pause" && subscription.collection_method === "charge_automatically") {
    subscription.status = "paused";
    subscription.status_details = {
      paused: {
        ...{ subscription: { type: "trial_end_without_payment_method" }, transitioned_at: space.now },
        type: "subscription",
      },
    };
    scheduleNext(space, subscription);
    space.announce("customer.subscription.paused", subscription);
    return false;
  }
  subscription.status = "active";
  space.announceChange("customer.subscription.updated", subscription);
  return true;
}
