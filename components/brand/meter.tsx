import { cx } from "@/components/ui/cx";

type MeterProps = {
  /** "12:04" */
  time: string;
  /** "$83.18" */
  cost: string;
  /** "3:12" until the money that is set aside runs out. */
  left: string;
  /** How much of the runway is left, 0 to 1. */
  runway: number;
  state?: "live" | "low" | "paused" | "ended";
  className?: string;
};

/** Time, cost and runway in one chip; a thin line drains under it. */
export function Meter({ time, cost, left, runway, state = "live", className }: MeterProps) {
  const held = state === "low" || state === "paused";
  return (
    <p
      role="timer"
      aria-label={state === "paused" ? `Paused at ${time} and ${cost}, not billing` : `${time}, ${cost}, ${left} left`}
      className={cx(
        "relative inline-flex h-10 items-baseline overflow-hidden rounded-full px-[17px] text-14 leading-9 font-medium whitespace-nowrap tabular-nums lining-nums transition-colors duration-250",
        held
          ? "bg-hold-wash text-hold shadow-[inset_0_0_0_1px_color-mix(in_oklch,var(--hold)_45%,transparent)]"
          : "bg-paper-raised text-ink shadow-[inset_0_0_0_1px_var(--rule)]",
        className,
      )}
    >
      <span aria-hidden="true" className="grid">
        <span
          className={cx("col-start-1 row-start-1 transition-opacity duration-250", state === "paused" && "opacity-0")}
        >
          <b className="font-semibold">{time}</b>
          <Dot />
          {cost}
          <Dot />
          <span className={held ? "" : "text-ink-soft"}>{state === "ended" ? "ended" : `${left} left`}</span>
        </span>
        <b
          className={cx(
            "col-start-1 row-start-1 text-center font-semibold transition-opacity duration-250",
            state !== "paused" && "opacity-0",
          )}
        >
          Paused, not billing
        </b>
      </span>
      <span
        aria-hidden="true"
        style={{ scale: `${runway} 1` }}
        className={cx(
          "absolute right-[17px] bottom-1.5 left-[17px] h-0.5 origin-left rounded-[2px] transition-[scale] duration-1000 ease-linear",
          state === "paused" && "bg-[repeating-linear-gradient(90deg,var(--hold-fill)_0_5px,transparent_5px_9px)]",
          state === "low" && "bg-hold-fill",
          (state === "live" || state === "ended") && "bg-voice",
        )}
      />
    </p>
  );
}

const Dot = () => <span className="mx-2 text-ink-faint">·</span>;
