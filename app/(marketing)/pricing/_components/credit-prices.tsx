import { toCount, toPriceTag } from "@/components/brand/amounts";
import { Figure } from "@/components/ui/figure";
import { Stamp } from "@/components/ui/tag";
import { formatMoney, multiply, share } from "@/lib/money";
import {
  type CreditPackage,
  creditPackages,
  creditsPerExtra,
  creditsPerMinute,
  signUpCredits,
} from "@/lib/plans/catalogue";
import { Section } from "../../_components/section";

const MICROS_IN_A_HUNDREDTH_OF_A_CENT = 100;

export function CreditPrices() {
  return (
    <Section
      id="credits"
      title="Credits, in four packages."
      intro={`Every account begins with ${signUpCredits}. Credits that were bought or given with a package never expire.`}
    >
      <ul className="mt-8 grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        {creditPackages.map((one) => (
          <PackageCard key={one.id} {...one} />
        ))}
      </ul>
      <VideoCosts />
    </Section>
  );
}

function PackageCard({ name, price, credits, bonusCredits, isBestValue }: CreditPackage) {
  const total = credits + bonusCredits;
  const each = multiply(share(price, 1, total * MICROS_IN_A_HUNDREDTH_OF_A_CENT), MICROS_IN_A_HUNDREDTH_OF_A_CENT);
  return (
    <li className="grid content-start rounded-control bg-paper-raised p-4 shadow-[inset_0_0_0_1px_var(--rule)]">
      <h3 className="flex min-h-[22px] items-center justify-between gap-2 font-[550]">
        {name}
        {isBestValue && <Stamp>Best value</Stamp>}
      </h3>
      <p className="mt-5">
        <Figure value={toCount(total)} size={49} /> <span className="text-13 text-ink-faint">credits</span>
      </p>
      <p className="min-h-5 text-13 text-ink-faint tabular-nums">
        {bonusCredits > 0 && `${toCount(credits)} + ${toCount(bonusCredits)} given`}
      </p>
      <p className="mt-4 flex flex-wrap items-baseline justify-between gap-x-3 border-t border-dashed border-rule-firm pt-3 tabular-nums">
        <b className="text-16 font-semibold">{toPriceTag(price)}</b>
        <span className="text-13 text-ink-faint">{formatMoney(each)} a credit</span>
      </p>
    </li>
  );
}

const costs = [
  { label: "A minute of 720p", credits: creditsPerMinute["720p"] },
  { label: "A minute of 1080p", credits: creditsPerMinute["1080p"] },
  { label: "Your own music, once", credits: creditsPerExtra.customMusic },
  { label: "Premium voice, once", credits: creditsPerExtra.premiumVoice },
  { label: "AI enhancement, once", credits: creditsPerExtra.aiEnhancement },
];

const example = 5 * creditsPerMinute["1080p"] + creditsPerExtra.customMusic;

function VideoCosts() {
  return (
    <div className="mt-10 grid gap-x-18 gap-y-6 lg:grid-cols-2">
      <dl className="border-t border-ink">
        {costs.map(({ label, credits }) => (
          <div key={label} className="flex justify-between gap-4 border-b border-rule py-2.5">
            <dt>{label}</dt>
            <dd className="tabular-nums">{credits}</dd>
          </div>
        ))}
      </dl>
      <div className="max-w-measure text-ink-soft lg:pt-3">
        <p>
          Five minutes of 1080p with your own music are 5 × {creditsPerMinute["1080p"]} + {creditsPerExtra.customMusic}{" "}
          = <b className="font-semibold text-ink">{example} credits</b>. They are taken when the work begins.
        </p>
        <p className="mt-3">
          If the video fails or takes too long, the same number comes back by itself. Credits do not turn into dollars.
        </p>
      </div>
    </div>
  );
}
