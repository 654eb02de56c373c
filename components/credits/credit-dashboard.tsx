import type { ReactNode } from "react";
import { toCount } from "@/components/brand/amounts";
import { Ledger } from "@/components/ui/ledger";
import { Notice } from "@/components/ui/notice";
import { Stat } from "@/components/ui/stat";
import type { Balance } from "@/lib/credits/schema";
import { formatDay } from "@/lib/time";

type CreditDashboardProps = { balance: Balance; action: ReactNode };

const KIND = { promotional: "Given", bonus: "Bonus of a package", paid: "Bought" };

/** How many there are, what of them waits, and in which order they are used up. */
export function CreditDashboard({ balance, action }: CreditDashboardProps) {
  return (
    <>
      {balance.frozen && (
        <Notice tone="loss" title="Spending is stopped." className="mt-5">
          A bank took a payment back. It goes on once the dispute is over, or what is owed is paid.
        </Notice>
      )}
      <div className="mt-7 flex flex-wrap items-end justify-between gap-6 sm:mt-10">
        <Stat size={76} label="Credits left" value={toCount(balance.balance)} note={noteOn(balance)} />
        {action}
      </div>
      {balance.lots.length > 1 && <Lots lots={balance.lots} />}
    </>
  );
}

function noteOn({ balance, held, owed, lifetimePurchased }: Balance): string {
  const parts = [
    held > 0 && `${toCount(held)} more wait for a video that is being made.`,
    owed > 0 && `${toCount(owed)} are owed and paid by the next purchase.`,
    lifetimePurchased > 0 && `${toCount(lifetimePurchased)} bought so far.`,
  ].filter(Boolean);
  if (parts.length > 0) return parts.join(" ");
  return balance > 0 ? "Yours from the start, and they never run out." : "A package brings them at once.";
}

const Lots = ({ lots }: { lots: Balance["lots"] }) => (
  <section className="mt-9 max-w-[640px]">
    <h2 className="text-16 font-semibold">Used up in this order</h2>
    <Ledger
      caption="Lots of credits, in the order in which they are used up"
      className="mt-2"
      columns={[
        { key: "kind", title: "Where they came from" },
        { key: "until", title: "Run out", kind: "when" },
        { key: "left", title: "Left", kind: "number" },
      ]}
      rows={lots.map(({ id, kind, since, expiresAt, remaining, amount }) => ({
        key: id,
        cells: {
          kind: (
            <>
              {KIND[kind]} <span className="text-13 text-ink-faint">{formatDay(since)}</span>
            </>
          ),
          until: expiresAt ? formatDay(expiresAt) : "never",
          left: (
            <>
              {toCount(remaining)} <span className="text-13 text-ink-faint">of {toCount(amount)}</span>
            </>
          ),
        },
      }))}
    />
  </section>
);
