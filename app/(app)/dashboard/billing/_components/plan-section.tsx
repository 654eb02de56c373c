import Link from "next/link";
import { toPriceTag } from "@/components/brand/amounts";
import { cx } from "@/components/ui/cx";
import { Figure } from "@/components/ui/figure";
import { Tag } from "@/components/ui/tag";
import { micros } from "@/lib/money";
import { type PlanFamily, plans } from "@/lib/plans/catalogue";
import type { StripeInBrowser } from "@/lib/stripe/schema";
import type { Subscription } from "@/lib/subscriptions/schema";
import type { Usage } from "@/lib/usage/schema";
import { leaving } from "./leaving";
import { PlanDialog } from "./plan-dialog";
import { PlanNotice } from "./plan-notice";
import { FAMILY_WORDS, hasPlan, nextWords, perInterval, STANDING_WORDS } from "./plan-words";
import { UseMeter } from "./use-meter";

type PlanSectionProps = {
  family: PlanFamily;
  subscription: Subscription | undefined;
  usage: Usage | null;
  /** The invoice that is to be paid, where there is one. */
  unpaid: string | undefined;
  trialDays: number;
  /** None for whoever may only look. */
  stripe: StripeInBrowser | null;
  /** A plan that the address asks for. */
  asked: { planId: string; interval: "month" | "year" } | undefined;
};

/** One family: which plan, what it costs, how much of it is used, and what can be done. */
export function PlanSection({ family, subscription, usage, unpaid, trialDays, stripe, asked }: PlanSectionProps) {
  const current = hasPlan(subscription) ? subscription : undefined;
  return (
    <section
      aria-label={FAMILY_WORDS[family].title}
      className={cx("grid content-start gap-5 border-t border-ink pt-5", family === "rooms" && "lg:row-span-2")}
    >
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-48">
          <h2 className="font-sans text-13 font-medium tracking-normal text-ink-soft">{FAMILY_WORDS[family].title}</h2>
          {current ? <Current subscription={current} /> : <p className="display mt-1 text-25">No plan</p>}
          {!current && <p className="mt-1 text-ink-soft">{FAMILY_WORDS[family].what}</p>}
        </div>
        {stripe && (
          <PlanDialog
            family={family}
            plans={plans.filter((plan) => plan.family === family)}
            subscription={current}
            trialDays={trialDays}
            stripe={stripe}
            asked={asked}
          />
        )}
      </div>
      {subscription && <PlanNotice subscription={subscription} unpaid={unpaid} stripe={stripe} />}
      {current && family === "rooms" && usage && <Meters usage={usage} />}
      {current && leaving(current) && stripe && (
        <p className="text-13">
          <Link
            href={`/dashboard/billing/cancel/${family}`}
            className="touch:inline-flex touch:min-h-11 touch:items-center"
          >
            Cancel this plan
          </Link>
        </p>
      )}
    </section>
  );
}

function Current({ subscription }: { subscription: Subscription }) {
  const { word, tone } = STANDING_WORDS[subscription.standing];
  const next = nextWords(subscription);
  return (
    <>
      <p className="mt-1 flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <span className="display text-25">{subscription.plan.name}</span>
        <Tag tone={tone}>{word}</Tag>
      </p>
      <p className="mt-1 flex flex-wrap items-baseline gap-x-3 text-ink-soft">
        <Figure
          value={toPriceTag(micros(subscription.price.micros))}
          unit={perInterval(subscription.interval)}
          size={25}
        />
        {next && <span className="text-13">{next}</span>}
      </p>
    </>
  );
}

const Meters = ({ usage: { usage, limits } }: { usage: Usage }) => (
  <div className="grid gap-4">
    <UseMeter label="Rooms opened" used={usage.currentMonthRooms} limit={limits.maxRooms} />
    <UseMeter label="Minutes" used={usage.currentMonthMinutes} limit={limits.maxMinutes} />
    <p className="text-13 text-ink-faint">Up to {limits.maxParticipants} people in a room.</p>
  </div>
);
