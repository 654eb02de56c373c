import { cx } from "@/components/ui/cx";
import type { DrawnName } from "./people";
import { Person } from "./person";

type RingProps = {
  look: DrawnName;
  secondsLeft: number;
  of?: number;
  className?: string;
};

/** Somebody is calling: a person inside a ring that closes. The words beside it say who, how much and how long. */
export function Ring({ look, secondsLeft, of = 60, className = "size-[168px]" }: RingProps) {
  return (
    <div className={cx("relative shrink-0", className)} role="img" aria-label={`${secondsLeft} seconds left to answer`}>
      <svg
        viewBox="0 0 168 168"
        aria-hidden="true"
        className="absolute inset-0 size-full -rotate-90 fill-none stroke-3 [stroke-linecap:round]"
      >
        <circle className="stroke-rule" cx="84" cy="84" r="81" />
        <circle
          className="stroke-voice transition-[stroke-dasharray] duration-1000 ease-linear"
          cx="84"
          cy="84"
          r="81"
          pathLength={of}
          strokeDasharray={`${secondsLeft} ${of}`}
        />
      </svg>
      <span className="absolute inset-[6.5%] overflow-hidden rounded-full">
        <Person look={look} viewBox="60 60 272 272" />
      </span>
    </div>
  );
}
