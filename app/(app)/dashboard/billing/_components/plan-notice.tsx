import { ButtonLink } from "@/components/ui/button-link";
import { Notice } from "@/components/ui/notice";
import type { StripeInBrowser } from "@/lib/stripe/schema";
import type { Subscription } from "@/lib/subscriptions/schema";
import { formatDay } from "@/lib/time";
import { owesAfterEnd } from "./leaving";
import { ResumePlan } from "./resume-plan";
import { UndoChange } from "./undo-change";

type PlanNoticeProps = {
  subscription: Subscription;
  unpaid: string | undefined;
  stripe: StripeInBrowser | null;
};

/** What is about to happen to a plan, or is wrong with it, and the one thing to do. */
export function PlanNotice({ subscription, unpaid, stripe }: PlanNoticeProps) {
  const { standing, graceEndsAt, cancelAt, next, plan, family } = subscription;
  const pay = stripe && unpaid && (
    <ButtonLink href={`/dashboard/billing/invoices/${unpaid}`} variant="book" size="small">
      Pay now
    </ButtonLink>
  );
  const undo = stripe && subscription.can.includes("undo") && <UndoChange family={family} />;
  if (standing === "grace")
    return (
      <Notice tone="hold" title="The last invoice is not paid." action={pay}>
        {graceEndsAt && `The plan goes on until ${formatDay(graceEndsAt)}.`}
      </Notice>
    );
  if (standing === "suspended")
    return (
      <Notice tone="loss" title="The plan is suspended." action={pay}>
        Its last invoice is not paid. It goes on as soon as it is.
      </Notice>
    );
  if (standing === "paused")
    return (
      <Notice tone="hold" title="The plan is paused." action={stripe && <ResumePlan family={family} stripe={stripe} />}>
        Its trial is over, and there was no card. Save one below, then let it go on.
      </Notice>
    );
  if (owesAfterEnd(subscription) && unpaid)
    return (
      <Notice tone="hold" title="The last bill is not paid." action={pay}>
        It is for use until the end. Once it is paid, the plan can begin again.
      </Notice>
    );
  if (standing === "ended") return null;
  if (cancelAt)
    return (
      <Notice tone="hold" title={`${plan.title} ends on ${formatDay(cancelAt)}.`} action={undo}>
        Until then everything stays. Nothing more is charged.
      </Notice>
    );
  if (next)
    return (
      <Notice title={`${next.plan.title} begins on ${formatDay(next.startsAt)}.`} action={undo}>
        Until then {plan.title} stays as it is.
      </Notice>
    );
  return null;
}
