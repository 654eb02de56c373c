import type { ReactNode } from "react";
import { cx } from "./cx";

const sizes = { 25: "text-25", 31: "text-31", 39: "text-39", 49: "text-49", 61: "text-61", 76: "text-61 sm:text-76" };

type FigureProps = { value: string; unit?: string; size?: keyof typeof sizes; className?: string };

/** A number that matters. Behind ten and more, what follows the point is smaller, as on a price tag. */
export function Figure({ value, unit, size = 31, className }: FigureProps) {
  const [whole, rest] = splitAtPoint(value);
  return (
    <span className={cx("display leading-none tracking-[-0.03em] lining-nums tabular-nums", sizes[size], className)}>
      {whole}
      {rest && <Small>{rest}</Small>}
      {unit && <Small> {unit}</Small>}
    </span>
  );
}

const Small = ({ children }: { children: ReactNode }) => (
  <span className="align-[0.02em] text-[0.58em] tracking-normal text-ink-soft">{children}</span>
);

function splitAtPoint(value: string): [string, string] {
  const point = value.search(/(?<=\d\d)[.,]\d{2}$/);
  return point === -1 ? [value, ""] : [value.slice(0, point), value.slice(point)];
}
