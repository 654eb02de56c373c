import { toMillionths, toPriceTag } from "@/components/brand/amounts";
import { Formula } from "@/components/brand/explain";
import { PersonPane } from "@/components/brand/person-pane";
import { Ring } from "@/components/brand/ring";
import { Strip } from "@/components/brand/strip";
import { cx } from "@/components/ui/cx";
import { add, multiply, split } from "@/lib/money";
import {
  computeRates,
  creditsPerMinute,
  exampleRatePerMinute,
  gatewayPlan,
  providerBasisPoints,
  signUpCredits,
} from "@/lib/plans/catalogue";

export const PeopleInARoom = () => (
  <div className="grid h-[84px] grid-cols-3 gap-1">
    <PersonPane name="Dana" look="coral" nameAt="hidden" className="rounded-control!" />
    <PersonPane name="Noor" look="fern" facing="left" nameAt="hidden" className="rounded-control!" />
    <PersonPane name="Teo" look="ochre" nameAt="hidden" className="rounded-control!" />
  </div>
);

export const CallsCounted = () => (
  <div>
    <Strip
      label="A month of calls: the first thousand are free, the rest are billed"
      className="h-12 w-full"
      stretches={[
        { kind: "free", seconds: gatewayPlan.freeCallsPerMonth },
        { kind: "billed", seconds: 1_600 },
      ]}
    />
    <p className="mt-1.5 flex justify-between font-mono text-12 text-ink-faint">
      <span>1 to 1,000 free</span>
      <span>{toPriceTag(gatewayPlan.pricePerCall)} each</span>
    </p>
  </div>
);

export function HoursComputed() {
  const hours = 10;
  const cores = multiply(computeRates.coreHour, 2 * hours);
  const memory = multiply(computeRates.gigabyteHour, 4 * hours);
  return (
    <Formula
      steps={[
        { label: `2 cores × ${hours} h`, value: toMillionths(cores) },
        { label: `4 GB × ${hours} h`, value: toMillionths(memory) },
      ]}
      sum={{ label: "together", value: toMillionths(add(cores, memory)) }}
    />
  );
}

export function SomebodyCalls() {
  const [kept] = split(exampleRatePerMinute, providerBasisPoints);
  return (
    <div className="flex items-center gap-4">
      <Ring look="ochre" secondsLeft={43} className="size-[84px]" />
      <p>
        <span className="display text-20">Teo is calling.</span>
        <span className="block text-13 text-ink-soft tabular-nums">
          You keep <b className="font-semibold text-book">{toPriceTag(kept)}</b> a minute
        </span>
      </p>
    </div>
  );
}

export function CreditsSpent() {
  const spent = creditsPerMinute["720p"];
  return (
    <div>
      <div className="flex justify-between" aria-hidden="true">
        {Array.from({ length: signUpCredits }, (_, credit) => credit).map((credit) => (
          <span
            key={credit}
            className={cx(
              "size-[18px] rounded-full",
              credit < signUpCredits - spent ? "bg-book" : "border-[1.5px] border-dashed border-rule-firm",
            )}
          />
        ))}
      </div>
      <p className="mt-2.5 flex justify-between font-mono text-12 text-ink-faint">
        <span>{signUpCredits} given</span>
        <span>1 min of 720p, {spent} spent</span>
      </p>
    </div>
  );
}
