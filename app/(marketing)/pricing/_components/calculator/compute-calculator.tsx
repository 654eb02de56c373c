"use client";

import { useState } from "react";
import { toCount, toPriceTag } from "@/components/brand/amounts";
import { Explain } from "@/components/brand/explain";
import { Figure } from "@/components/ui/figure";
import { formatMoney } from "@/lib/money";
import { type ComputeUse, computeByTheHour, fitCompute, sumOf } from "@/lib/plans/calculate";
import type { BillingInterval } from "@/lib/plans/catalogue";
import { IntervalChoice } from "../../../_components/interval-choice";
import { CountFields } from "./count-fields";
import { PlanAnswer } from "./plan-answer";
import { type Count, useCounts } from "./use-counts";

const HOURS_IN_THE_LONGEST_MONTH = 744;

const COUNTS: Count<keyof ComputeUse>[] = [
  { name: "cores", label: "Cores at once", least: 0 },
  { name: "memoryGb", label: "GB of memory at once", least: 0 },
  { name: "storageGb", label: "GB of storage", least: 0 },
  { name: "hoursPerMonth", label: "Hours a month", least: 0, most: HOURS_IN_THE_LONGEST_MONTH },
];
const START: ComputeUse = { cores: 4, memoryGb: 8, storageGb: 50, hoursPerMonth: 160 };

export function ComputeCalculator() {
  const [interval, setInterval] = useState<BillingInterval>("month");
  const { fields, numbers } = useCounts(COUNTS, START);
  return (
    <div className="grid gap-x-18 gap-y-8 pt-2 lg:grid-cols-2">
      <div className="grid content-start gap-6">
        <CountFields fields={fields} />
        <IntervalChoice label="Paid" value={interval} onChange={setInterval} />
      </div>
      <div aria-live="polite" className="grid content-start gap-8">
        {numbers && (
          <>
            <PlanAnswer fits={fitCompute(numbers)} interval={interval} beyond="More than any plan holds." />
            <ByTheHour use={numbers} />
          </>
        )}
      </div>
    </div>
  );
}

function ByTheHour({ use }: { use: ComputeUse }) {
  const lines = computeByTheHour(use);
  const sum = formatMoney(sumOf(lines));
  return (
    <div>
      <p className="mb-1 text-13 text-ink-soft">Or without a plan, by the hour</p>
      <Explain
        steps={lines.map(({ label, count, each, amount }) => ({
          label: `${toCount(count)} ${label} × ${toPriceTag(each)}`,
          value: formatMoney(amount),
        }))}
        sum={{ label: "a month", value: sum }}
      >
        <Figure value={sum} unit="a month" size={31} />
      </Explain>
    </div>
  );
}
