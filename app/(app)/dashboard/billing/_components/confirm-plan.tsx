"use client";

import { ConfirmPayment } from "@/components/payments/confirm-payment";
import type { Outcome } from "@/components/payments/outcome";
import { SaveCardForm } from "@/components/payments/save-card-form";
import { Notice } from "@/components/ui/notice";
import type { StripeInBrowser } from "@/lib/stripe/schema";
import type { ToConfirm } from "@/lib/subscriptions/schema";
import { formatDay } from "@/lib/time";
import { returnUrl } from "./return-url";

type ConfirmPlanProps = {
  stripe: StripeInBrowser;
  confirm: NonNullable<ToConfirm>;
  trialEndsAt: Date | null;
  onDone: (outcome: Outcome) => void;
};

/** What a plan still needs before it counts: a payment, or a card for later ones. */
export function ConfirmPlan({ stripe, confirm: { kind, clientSecret }, trialEndsAt, onDone }: ConfirmPlanProps) {
  if (kind === "payment")
    return (
      <ConfirmPayment
        stripe={stripe}
        clientSecret={clientSecret}
        returnUrl={returnUrl()}
        onDone={onDone}
        aside="The card is kept for renewals. Declined means not charged."
      />
    );
  return (
    <div className="grid gap-5">
      <Notice
        tone="settled"
        title={trialEndsAt ? `Your trial runs until ${formatDay(trialEndsAt)}.` : "The plan begins."}
      >
        {trialEndsAt
          ? "With a card it goes on after that. Without one it pauses, and nothing is charged."
          : "What you use is charged to a card at the end of each month."}
      </Notice>
      <SaveCardForm
        stripe={stripe}
        clientSecret={clientSecret}
        returnUrl={returnUrl()}
        onDone={onDone}
        aside="Nothing is charged today."
      />
    </div>
  );
}
