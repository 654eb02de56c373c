import { toMillionths, toPriceTag } from "@/components/brand/amounts";
import { Formula } from "@/components/brand/explain";
import { Price } from "@/components/brand/price";
import { split } from "@/lib/money";
import { exampleRatePerMinute, providerBasisPoints } from "@/lib/plans/catalogue";
import { Section } from "../../_components/section";

export function SessionSplit() {
  const rate = exampleRatePerMinute;
  const [provider, platform] = split(rate, providerBasisPoints);

  return (
    <Section
      id="sessions"
      title="Sessions and gifts, seventy to thirty."
      intro="The person who talks sets the rate. Whoever asks for the call sees it, agrees to it, and pays for what both sides received."
    >
      <div className="mt-8 grid gap-x-18 gap-y-8 border-t border-ink pt-6 lg:grid-cols-[1fr_1fr]">
        <div>
          <p>
            <Price amount={rate} per="a minute, for example" />
          </p>
          <div className="mt-6 flex h-3 gap-0.5" aria-hidden="true">
            <span className="w-[70%] bg-voice" />
            <span className="flex-1 bg-ink" />
          </div>
          <dl className="mt-3 flex justify-between gap-6">
            <div>
              <dt className="text-ink-soft">To the person, 70 %</dt>
              <dd className="text-16 font-semibold tabular-nums">{toPriceTag(provider)}</dd>
            </div>
            <div className="text-right">
              <dt className="text-ink-soft">To Parley, 30 %</dt>
              <dd className="text-16 font-semibold tabular-nums">{toPriceTag(platform)}</dd>
            </div>
          </dl>
        </div>
        <div>
          <Formula
            steps={[
              { label: `${toPriceTag(rate)} × 70 %`, value: toMillionths(provider) },
              { label: "the remainder", value: toMillionths(platform) },
            ]}
            sum={{ label: "one minute", value: toMillionths(rate) }}
          />
          <ul className="mt-6 grid gap-2 text-ink-soft">
            <li>Paid from a wallet that was filled before, so a call ends when the money does.</li>
            <li>A lost line pauses the clock, dated back to the first bad second.</li>
            <li>Gifts in a stream are split the same way.</li>
          </ul>
        </div>
      </div>
    </Section>
  );
}
