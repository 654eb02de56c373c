"use client";

import { toCount, toPriceTag } from "@/components/brand/amounts";
import { ButtonLink } from "@/components/ui/button-link";
import { Figure } from "@/components/ui/figure";
import { askedPrice, type Fit, type Shortfall, smallestOf } from "@/lib/plans/calculate";
import type { BillingInterval, Plan } from "@/lib/plans/catalogue";
import { takeHref } from "../../../_components/plan-comparison";

type PlanAnswerProps = { fits: Fit<Plan>[]; interval: BillingInterval; beyond: string };

/** Which plan it takes, what it costs, and of what the others have too little. */
export function PlanAnswer({ fits, interval: wanted, beyond }: PlanAnswerProps) {
  const plan = smallestOf(fits);
  return (
    <div className="grid content-start gap-4">
      {plan ? <Needed plan={plan} wanted={wanted} /> : <p className="display text-25">{beyond}</p>}
      <ul className="grid gap-0 border-t border-ink">
        {fits.map((fit) => (
          <li
            key={fit.plan.id}
            className="grid grid-cols-[8rem_minmax(0,1fr)] gap-4 border-b border-rule py-2.5 tabular-nums"
          >
            <span className={fit.plan === plan ? "font-semibold" : ""}>{fit.plan.name}</span>
            <span className={fit.plan === plan ? "text-book" : "text-ink-soft"}>{verdict(fit, plan)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Needed({ plan, wanted }: { plan: Plan; wanted: BillingInterval }) {
  const { amount, interval } = askedPrice(plan, wanted);
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <p>
        <span className="mb-2 block text-13 text-ink-soft">You need {plan.name}</span>
        <Figure value={toPriceTag(amount)} unit={interval === "year" ? "a year" : "a month"} size={49} />
      </p>
      <ButtonLink href={takeHref(plan, wanted)}>Take {plan.name}</ButtonLink>
    </div>
  );
}

function verdict({ plan, shortfalls }: Fit<Plan>, needed: Plan | undefined): string {
  if (plan === needed) return "Holds it";
  return shortfalls.length === 0 ? "Holds it too" : `Holds ${shortfalls.map(tooFew).join(", ")}`;
}

const tooFew = ({ what, needed, limit }: Shortfall): string =>
  `${toCount(limit)} of ${toCount(needed)} ${needed === 1 ? what.replace(/s$/, "") : what}`;
