import { cx } from "@/components/ui/cx";

type MarkProps = {
  /** Breathes, because a call is live somewhere. */
  live?: boolean;
  className?: string;
  strokeWidth?: number;
};

/** Two overlapping arcs like two voices. */
export function Mark({ live, className = "size-[25px]", strokeWidth = 3.6 }: MarkProps) {
  const arc = cx("fill-none [stroke-linecap:round]", live && "origin-center animate-breathe");
  return (
    <svg
      viewBox="0 0 32 32"
      aria-hidden="true"
      className={cx("shrink-0 overflow-visible", className)}
      strokeWidth={strokeWidth}
    >
      <path className={cx(arc, "stroke-voice")} d="M14.60 23.99A8.4 8.4 0 1 1 20.32 17.17" />
      <path className={cx(arc, "stroke-book [animation-delay:-1.8s]")} d="M17.40 8.01A8.4 8.4 0 1 1 11.68 14.83" />
    </svg>
  );
}

export function Wordmark({ live, small }: { live?: boolean; small?: boolean }) {
  return (
    <span
      className={cx(
        "inline-flex items-center gap-[9px] font-serif leading-none font-[470] tracking-[-0.02em] text-ink",
        small ? "text-[19px]" : "text-[21px]",
      )}
    >
      <Mark className={small ? "size-[22px]" : "size-[25px]"} {...(live && { live })} />
      Parley
    </span>
  );
}
