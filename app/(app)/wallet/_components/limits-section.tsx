import { PageSection } from "@/app/(app)/_components/page-head";
import { Notice } from "@/components/ui/notice";
import { formatInstant } from "@/lib/time";
import type { Wallet } from "@/lib/wallet/schema";
import { Limits } from "./limits";
import { Rest } from "./rest";
import { inDollars, limitsInWords } from "./wallet-words";

type LimitsSectionProps = { limits: Wallet["limits"]; isResting: boolean; mayChange: boolean };

export function LimitsSection({ limits, isResting, mayChange }: LimitsSectionProps) {
  const { daily, weekly, spentToday, spentThisWeek, next } = limits;
  const spent = { day: `${inDollars(spentToday)} were spent.`, week: `${inDollars(spentThisWeek)} were spent.` };
  const values = { daily: daily?.amount ?? "", weekly: weekly?.amount ?? "" };
  return (
    <>
      <PageSection title="Limits">
        <div className="border-t border-ink pt-4">
          {next && (
            <Notice tone="hold" title={`From ${formatInstant(next.at)}: ${limitsInWords(next)}.`} className="mb-5">
              What is looser waits a day. Until then: {limitsInWords(limits)}.
            </Notice>
          )}
          <p className="mb-4 max-w-measure text-ink-soft">
            What is tighter holds at once. What is looser holds a day later, because it was set on a calmer day.
          </p>
          {mayChange ? (
            <Limits key={JSON.stringify(values)} {...values} spent={spent} />
          ) : (
            <p>{limitsInWords(limits)}</p>
          )}
        </div>
      </PageSection>
      {mayChange && (
        <PageSection title="A rest">
          <div className="grid gap-4 border-t border-ink pt-4">
            <p className="max-w-measure text-ink-soft">
              {isResting
                ? "You rest already. It can be made longer."
                : "Some days in which nothing can be spent. What is in the wallet stays."}
            </p>
            <Rest />
          </div>
        </PageSection>
      )}
    </>
  );
}
