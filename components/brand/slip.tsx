import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { Wordmark } from "./mark";

type SlipProps = { label: string; aside: ReactNode; children: ReactNode; className?: string };

/** A receipt: always paper, torn at the foot, whatever the theme. */
export function Slip({ label, aside, children, className }: SlipProps) {
  return (
    <div className="lift-slip">
      <article
        aria-label={label}
        className={cx(
          "slip torn bg-paper-raised px-[26px] pt-[26px] pb-9 font-mono text-13 tracking-[-0.015em] tabular-nums max-sm:px-5",
          className,
        )}
      >
        <header className="mb-3.5 flex items-start justify-between gap-4 border-b border-dashed border-rule-firm pb-4">
          <Wordmark small />
          <div className="text-right text-ink-faint">{aside}</div>
        </header>
        {children}
      </article>
    </div>
  );
}

type SlipRowProps = { children: ReactNode; amount: ReactNode; tone?: "ink" | "faint" | "hold"; className?: string };

const tones = { ink: "", faint: "text-ink-faint", hold: "text-hold" };

export function SlipRow({ children, amount, tone = "ink", className }: SlipRowProps) {
  return (
    <div className={cx("flex justify-between gap-4", tones[tone], className)}>
      <span>{children}</span>
      <span className="text-right">{amount}</span>
    </div>
  );
}

export function SlipTotal({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-4 border-t border-ink pt-2">
      <span>{label}</span>
      <span className="display text-31 font-[480] lining-nums">{children}</span>
    </div>
  );
}
