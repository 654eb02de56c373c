import { toCount, toPriceTag } from "@/components/brand/amounts";
import { Price } from "@/components/brand/price";
import { ButtonLink } from "@/components/ui/button-link";
import { Ledger } from "@/components/ui/ledger";
import { formatMoney, multiply } from "@/lib/money";
import { gatewayMonth } from "@/lib/plans/calculate";
import { gatewayPlan } from "@/lib/plans/catalogue";
import { Section } from "../../_components/section";

const { freeCallsPerMonth, pricePerCall, id } = gatewayPlan;

const rows = [1_000, 5_210, 100_000, 2_500_000].map((calls) => {
  const { count, amount } = gatewayMonth(calls);
  return {
    key: String(calls),
    cells: {
      calls: toCount(calls),
      billed: toCount(count),
      cost: formatMoney(amount),
    },
  };
});

export function GatewayPrice() {
  return (
    <Section
      id="gateway"
      title="Gateway, by the call."
      intro={`The first ${toCount(freeCallsPerMonth)} calls of each month are free. There is no base fee.`}
    >
      <div className="mt-8 grid items-start gap-x-18 gap-y-8 border-t border-ink pt-6 lg:grid-cols-[1fr_1fr]">
        <div>
          <p>
            <Price amount={pricePerCall} per="a call" />
          </p>
          <p className="mt-3 max-w-[40ch] text-ink-soft">
            A thousand calls are {toPriceTag(multiply(pricePerCall, 1_000))}. The month’s calls are on one invoice.
          </p>
          <ButtonLink href={`/register?plan=${id}`} variant="line" className="mt-5">
            Take Gateway
          </ButtonLink>
        </div>
        <Ledger
          caption="Gateway, what a month costs"
          columns={[
            { key: "calls", title: "Calls in a month" },
            { key: "billed", title: "Billed", kind: "number" },
            { key: "cost", title: "Cost", kind: "number" },
          ]}
          rows={rows}
        />
      </div>
    </Section>
  );
}
