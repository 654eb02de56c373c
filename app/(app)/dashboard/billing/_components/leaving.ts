import { billsPastUse } from "@/lib/subscriptions/rules";
import type { Subscription } from "@/lib/subscriptions/schema";

type Facts = Pick<Subscription, "can" | "standing" | "cancelAt" | "currentPeriodEnd" | "trialEndsAt">;

/** How a plan can be left today: where what is paid for ends, or at once where it gives nothing. Undefined where it cannot. */
export function leaving({ can, standing, cancelAt, currentPeriodEnd, trialEndsAt }: Facts) {
  if (cancelAt !== null || standing === "starting" || !can.includes("cancel_now")) return undefined;
  // The end of a trial stays known after it.
  const at = standing === "trial" ? trialEndsAt : currentPeriodEnd;
  const waits = can.includes("cancel") && standing !== "suspended" && at !== null;
  return waits ? { when: "period_end" as const, at } : { when: "now" as const };
}

/** Whether what is unpaid of a plan is still to be paid once it has ended. */
export const owesAfterEnd = ({ standing, family }: Pick<Subscription, "standing" | "family">): boolean =>
  standing === "ended" && billsPastUse({ family });
