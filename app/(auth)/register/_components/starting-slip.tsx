import { toCount } from "@/components/brand/amounts";
import { Slip, SlipRow, SlipTotal } from "@/components/brand/slip";
import { add, formatMoney } from "@/lib/money";
import { computePlans, gatewayPlan } from "@/lib/plans/catalogue";

const free = computePlans.find(({ id }) => id === "compute-free");
const nothing = gatewayPlan.monthlyPrice;

/** What it costs to begin, from the price list. A plan that was chosen is paid on the page after. */
export function StartingSlip({ hasPlan }: { hasPlan: boolean }) {
  return (
    <Slip label="What it costs to begin" aside={<>Your first month</>}>
      <SlipRow amount={formatMoney(nothing)}>{toCount(gatewayPlan.freeCallsPerMonth)} API calls</SlipRow>
      {free && (
        <SlipRow amount={formatMoney(free.monthlyPrice)}>
          {free.limits.cores} cores, {free.limits.memoryGb} GB
        </SlipRow>
      )}
      {hasPlan && (
        <SlipRow tone="faint" amount="paid next">
          the chosen plan
        </SlipRow>
      )}
      <div className="mt-3">
        <SlipTotal label="To begin">{formatMoney(add(nothing, free?.monthlyPrice ?? nothing))}</SlipTotal>
      </div>
    </Slip>
  );
}
