import { PageSection } from "@/app/(app)/_components/page-head";
import { Tag } from "@/components/ui/tag";
import type { Id } from "@/lib/ids";
import type { StripeInBrowser } from "@/lib/stripe/schema";
import type { Wallet } from "@/lib/wallet/schema";
import { AutoTopUp } from "./auto-top-up";
import { AutoTrouble } from "./auto-trouble";
import { inDollars } from "./wallet-words";

type AutoSectionProps = {
  auto: Wallet["autoTopUp"];
  waiting: Id<"payment"> | null;
  stripe: StripeInBrowser | null;
  mayChange: boolean;
};

export function AutoSection({ auto, waiting, stripe, mayChange }: AutoSectionProps) {
  const values = auto && {
    threshold: auto.threshold.amount,
    amount: auto.amount.amount,
    monthlyCap: auto.monthlyCap.amount,
  };
  return (
    <PageSection title="Automatic top-up" aside={<State auto={auto} />}>
      <div className="border-t border-ink pt-4">
        {auto && values && <AutoTrouble auto={auto} values={values} waiting={waiting} stripe={stripe} />}
        <p className="mb-4 max-w-measure text-ink-soft">
          {auto
            ? `Below ${inDollars(auto.threshold)} your default card adds ${inDollars(auto.amount)}. ${inDollars(auto.usedThisMonth)} of ${inDollars(auto.monthlyCap)} were added this month.`
            : "When the balance falls below an amount, your default card fills it, up to what you allow in a month."}
        </p>
        {mayChange && <AutoTopUp key={JSON.stringify(values)} values={values} />}
      </div>
    </PageSection>
  );
}

function State({ auto }: Pick<AutoSectionProps, "auto">) {
  if (!auto) return <Tag tone="draft">Off</Tag>;
  return auto.paused ? <Tag tone="held">Paused</Tag> : <Tag tone="settled">On</Tag>;
}
