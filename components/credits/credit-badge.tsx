import Link from "next/link";
import { toCount } from "@/components/brand/amounts";
import { cx } from "@/components/ui/cx";
import { lowBalance } from "@/lib/credits/rules";

type CreditBadgeProps = { balance: number; className?: string; onClick?: () => void };

/** How many credits there are, from anywhere. Under ten it says so in a word too. */
export function CreditBadge({ balance, className, onClick }: CreditBadgeProps) {
  const isLow = balance < lowBalance;
  return (
    <Link
      href="/credits"
      {...(onClick && { onClick })}
      className={cx(
        "flex min-h-9 items-center justify-between gap-3 border-y border-rule px-2.5 text-13 text-ink-soft no-underline hover:text-ink touch:min-h-11",
        className,
      )}
    >
      <span>Credits{isLow && <span className="sr-only">, running low</span>}</span>
      <b className={cx("font-semibold tabular-nums", isLow ? "text-hold" : "text-ink")}>{toCount(balance)}</b>
    </Link>
  );
}
