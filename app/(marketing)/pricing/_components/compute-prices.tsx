import { toMillionths, toPriceTag } from "@/components/brand/amounts";
import { Explain } from "@/components/brand/explain";
import { Price } from "@/components/brand/price";
import { Figure } from "@/components/ui/figure";
import { add, formatMoney, multiply } from "@/lib/money";
import { computePlans, computeRates } from "@/lib/plans/catalogue";
import { PlanComparison } from "../../_components/plan-comparison";
import { Section } from "../../_components/section";

const rates = [
  { amount: computeRates.coreHour, per: "a core-hour" },
  { amount: computeRates.gigabyteHour, per: "a GB-hour of memory" },
  { amount: computeRates.gigabyteMonth, per: "a GB-month of storage" },
];

const gigabytes = (count: number): string => `${count} GB`;

export function ComputePrices() {
  const cores = multiply(computeRates.coreHour, 20);
  const memory = multiply(computeRates.gigabyteHour, 40);

  const together = add(cores, memory);

  return (
    <Section
      id="compute"
      title="Compute, by the hour or by the month."
      intro="Pay for what runs, take a plan with a limit that holds, or take a plan and pay only for what goes over it."
    >
      <div className="mt-8 grid gap-x-18 gap-y-8 border-t border-ink pt-6 lg:grid-cols-2">
        <ul className="grid content-start gap-3">
          {rates.map(({ amount, per }) => (
            <li key={per}>
              <Price amount={amount} size={31} per={per} />
            </li>
          ))}
        </ul>
        <div>
          <p className="text-ink-soft">Two cores and 4 GB for ten hours</p>
          <Explain
            open
            className="mt-3"
            steps={[
              { label: `2 × 10 h × ${toPriceTag(computeRates.coreHour)}`, value: toMillionths(cores) },
              { label: `4 × 10 h × ${toPriceTag(computeRates.gigabyteHour)}`, value: toMillionths(memory) },
            ]}
            sum={{ label: "together", value: toMillionths(together) }}
          >
            <Figure value={formatMoney(together)} size={31} />
          </Explain>
        </div>
      </div>
      <div className="mt-12">
        <PlanComparison
          caption="Compute plans compared"
          plans={computePlans.map(({ id, name, monthlyPrice, yearlyPrice }) => ({
            id,
            name,
            monthlyPrice,
            yearlyPrice,
            isSuggested: id === "compute-professional",
          }))}
          rows={[
            { label: "Cores", values: computePlans.map(({ limits }) => String(limits.cores)) },
            { label: "Memory", values: computePlans.map(({ limits }) => gigabytes(limits.memoryGb)) },
            { label: "Storage", values: computePlans.map(({ limits }) => gigabytes(limits.storageGb)) },
          ]}
        />
      </div>
    </Section>
  );
}
