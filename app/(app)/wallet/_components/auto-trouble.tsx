import type { ReactNode } from "react";
import { Notice } from "@/components/ui/notice";
import type { Id } from "@/lib/ids";
import type { StripeInBrowser } from "@/lib/stripe/schema";
import type { Wallet } from "@/lib/wallet/schema";
import { AddCard } from "./add-card";
import type { AutoValues } from "./auto-top-up";
import { ResumePayment } from "./resume-payment";
import { TryAgain } from "./try-again";
import { inDollars } from "./wallet-words";

type AutoTroubleProps = {
  auto: NonNullable<Wallet["autoTopUp"]>;
  values: AutoValues;
  /** The payment that waits for its bank, where there is one. */
  waiting: Id<"payment"> | null;
  /** None for whoever may only look. */
  stripe: StripeInBrowser | null;
};

/** Why the wallet does not fill itself just now, and the one thing to do. */
export function AutoTrouble({ auto: { paused, trouble, monthlyCap, usedThisMonth }, ...rest }: AutoTroubleProps) {
  const { values, waiting, stripe } = rest;
  switch (paused) {
    case null:
      return null;
    case "needs_you":
      return (
        <Paused
          title="Your bank wants to see you."
          action={stripe && waiting && <ResumePayment stripe={stripe} paymentId={waiting} />}
        >
          {trouble ?? "It does not let the card be charged without you."} You were not charged.
        </Paused>
      );
    case "declined":
      return (
        <Paused title="The card was declined." action={stripe && <OtherCard stripe={stripe} values={values} />}>
          {trouble} You were not charged, and it is not tried again by itself.
        </Paused>
      );
    case "no_card":
      return (
        <Paused title="There is no card to charge." action={stripe && <AddCard stripe={stripe}>Add a card</AddCard>}>
          The wallet fills by itself again once there is one.
        </Paused>
      );
    case "cap_reached":
      return (
        <Paused title={`${inDollars(usedThisMonth)} of ${inDollars(monthlyCap)} are used this month.`}>
          Another top-up would go beyond that. Raise what may be added in a month, or add money by hand.
        </Paused>
      );
  }
}

const Paused = ({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) => (
  <Notice tone="hold" title={title} action={action} className="mb-5">
    {children}
  </Notice>
);

const OtherCard = ({ stripe, values }: { stripe: StripeInBrowser; values: AutoValues }) => (
  <span className="flex flex-wrap gap-2">
    <TryAgain values={values} />
    <AddCard stripe={stripe}>Use another card</AddCard>
  </span>
);
