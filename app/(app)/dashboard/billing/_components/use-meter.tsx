import { toCount } from "@/components/brand/amounts";
import { cx } from "@/components/ui/cx";

type UseMeterProps = { label: string; used: number; limit: number };

/** So much of a limit is used. From 80 % on a word says so too. */
export function UseMeter({ label, used, limit }: UseMeterProps) {
  const percent = limit === 0 ? 100 : Math.min(100, Math.floor((used * 100) / limit));
  const isFull = used >= limit;
  const isNear = !isFull && percent >= 80;
  return (
    <div className="grid gap-1.5">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4 text-13">
        <span className="text-ink-soft">{label}</span>
        <span className="tabular-nums">
          {(isFull || isNear) && (
            <span className={cx("mr-2 font-[550]", isFull ? "text-danger" : "text-hold")}>
              {isFull ? "Used up" : `${percent} % used`}
            </span>
          )}
          <b className="font-semibold">{toCount(used)}</b> of {toCount(limit)}
        </span>
      </p>
      <meter className="sr-only" aria-label={label} value={Math.min(used, limit)} min={0} max={limit}>
        {toCount(used)} of {toCount(limit)}
      </meter>
      <div
        aria-hidden="true"
        className="h-2 overflow-hidden rounded-full bg-paper-sunk shadow-[inset_0_0_0_1px_var(--rule)]"
      >
        <div
          className={cx("h-full rounded-full", isFull ? "bg-danger-fill" : isNear ? "bg-hold-fill" : "bg-book")}
          style={{ width: `${percent}%` }}
        />
      </div>
    </div>
  );
}
