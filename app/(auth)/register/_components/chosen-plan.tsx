import Link from "next/link";
import { toPriceTag } from "@/components/brand/amounts";
import { askedPrice } from "@/lib/plans/calculate";
import type { BillingInterval, Plan } from "@/lib/plans/catalogue";
import { planTitle } from "@/lib/plans/rules";

type ChosenPlanProps = { plan: Plan; interval: BillingInterval };

/** The plan that somebody pressed on the price page, and when it is paid. */
export function ChosenPlan({ plan, interval: wanted }: ChosenPlanProps) {
  const { amount, interval } = askedPrice(plan, wanted);
  return (
    <div className="mb-7 flex items-baseline justify-between gap-4 border-y border-rule py-3">
      <p>
        <b className="font-semibold">{planTitle(plan)}</b>
        <span className="block text-13 text-ink-faint">
          {amount === 0 ? "It costs nothing to begin." : "Paid on the next page. Nothing is charged before."}
        </span>
      </p>
      <p className="text-right whitespace-nowrap tabular-nums">
        {toPriceTag(amount)} {interval === "year" ? "a year" : "a month"}
        <Link href="/pricing" className="block text-13">
          Change
        </Link>
      </p>
    </div>
  );
}
