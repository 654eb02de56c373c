"use client";

import { toCount, toPriceTag } from "@/components/brand/amounts";
import { Explain } from "@/components/brand/explain";
import { ButtonLink } from "@/components/ui/button-link";
import { Figure } from "@/components/ui/figure";
import { formatMoney } from "@/lib/money";
import { gatewayMonth } from "@/lib/plans/calculate";
import { gatewayPlan } from "@/lib/plans/catalogue";
import { takeHref } from "../../../_components/plan-comparison";
import { CountFields } from "./count-fields";
import { type Count, useCounts } from "./use-counts";

const COUNTS: Count<"calls">[] = [{ name: "calls", label: "API calls a month", least: 0 }];

export function GatewayCalculator() {
  const { fields, numbers } = useCounts(COUNTS, { calls: 25_000 });
  return (
    <div className="grid gap-x-18 gap-y-8 pt-2 lg:grid-cols-2">
      <CountFields fields={fields} />
      <div aria-live="polite">{numbers && <Month calls={numbers.calls} />}</div>
    </div>
  );
}

function Month({ calls }: { calls: number }) {
  const { free, count, each, amount } = gatewayMonth(calls);
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
      <Explain
        open
        className="min-w-[16rem] flex-1"
        steps={[
          { label: `${toCount(free)} free calls`, value: formatMoney(gatewayPlan.monthlyPrice) },
          { label: `${toCount(count)} × ${toPriceTag(each)}`, value: formatMoney(amount) },
        ]}
        sum={{ label: "a month", value: formatMoney(amount) }}
      >
        <Figure value={formatMoney(amount)} unit="a month" size={49} />
      </Explain>
      <ButtonLink href={takeHref(gatewayPlan, "month")}>Take {gatewayPlan.name}</ButtonLink>
    </div>
  );
}
