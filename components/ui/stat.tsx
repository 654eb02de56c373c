import type { ReactNode } from "react";
import { cx } from "./cx";
import { Figure } from "./figure";

type StatProps = {
  label: string;
  value: string;
  unit?: string;
  /** 76 is for the one number that a page is about. */
  size?: 31 | 39 | 49 | 61 | 76;
  /** The sentence that makes the number mean something. */
  note?: ReactNode;
  className?: string;
};

export function Stat({ label, value, unit, size = 31, note, className }: StatProps) {
  const leads = size === 76;
  return (
    <dl className={cx("grid", leads ? "gap-3.5" : "gap-1", className)}>
      <dt className={cx("font-medium text-ink-soft", !leads && "text-13")}>{label}</dt>
      <dd>
        <Figure value={value} size={size} {...(unit !== undefined && { unit })} />
      </dd>
      {note && <dd className={leads ? "max-w-[56ch] text-ink-soft" : "text-13 text-ink-faint"}>{note}</dd>}
    </dl>
  );
}
