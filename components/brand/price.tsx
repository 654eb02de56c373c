import { Figure } from "@/components/ui/figure";
import type { Micros } from "@/lib/money";
import { toPriceTag } from "./amounts";

type PriceProps = { amount: Micros; size?: 25 | 31 | 39 | 49 | 61; per?: string };

/** A price and what it is for: "$29 a month". */
export function Price({ amount, size = 49, per }: PriceProps) {
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-2">
      <Figure value={toPriceTag(amount)} size={size} />
      {per && <span className="text-13 text-ink-faint">{per}</span>}
    </span>
  );
}
