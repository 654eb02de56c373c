import { exclusive, refused } from "../http/errors";
import type { Kinds } from "../store/kinds";
import type { Space } from "../store/space";
import { endOfPeriods } from "./build";
import type { Change } from "./change";

type Subscription = Kinds["subscription"];

/** When a subscription is to end, if that was asked for: at the end of a period, at an instant, or not at all. */
export function ending(
  space: Space,
  subscription: Subscription,
  { cancel_at, cancel_at_period_end }: Pick<Change, "cancel_at" | "cancel_at_period_end">,
): void {
  if (cancel_at !== undefined && cancel_at_period_end !== undefined)
    throw exclusive("cancel_at", "cancel_at_period_end");
  if (cancel_at === undefined && cancel_at_period_end === undefined) return;
  const end = endAsked(subscription, { cancel_at, cancel_at_period_end });
  if (end !== null && end <= space.now) throw refused("cancel_at must be in the future.", { param: "cancel_at" });
  if (subscription.cancel_at === end && subscription.cancel_at_period_end === (cancel_at_period_end ?? false)) return;
  subscription.cancel_at = end;
  subscription.cancel_at_period_end = cancel_at_period_end ?? false;
  subscription.canceled_at = end === null ? null : space.now;
  subscription.cancellation_details = {
    ...{ comment: null, feedback: null, feedback_option: null },
    ...subscription.cancellation_details,
    reason: end === null ? null : "cancellation_requested",
  };
}

function endAsked(subscription: Subscription, { cancel_at, cancel_at_period_end }: Change): number | null {
  if (cancel_at_period_end || cancel_at === "min_period_end") return endOfPeriods(subscription);
  return cancel_at === "max_period_end" ? endOfPeriods(subscription, "last") : (cancel_at ?? null);
}
