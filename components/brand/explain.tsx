import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";

export type Step = { label: string; value: string };

type ExplainProps = {
  /** The number itself. */
  children: ReactNode;
  steps: Step[];
  sum: Step;
  open?: boolean;
  className?: string;
};

/** A computed number. Press it and its formula unfolds in place, line by line. */
export function Explain({ children, steps, sum, open, className }: ExplainProps) {
  return (
    <details open={open} className={cx("group/explain", className)}>
      <summary className="inline-block rounded-[3px] pb-1">
        <span className="border-b-[1.5px] border-dotted border-rule-firm pb-0.5 transition-colors group-open/explain:border-ink hover:border-ink">
          {children}
        </span>
        <span className="sr-only">, how it was computed</span>
      </summary>
      <Formula steps={steps} sum={sum} className="mt-3" />
    </details>
  );
}

export function Formula({ steps, sum, className }: { steps: Step[]; sum: Step; className?: string }) {
  return (
    <dl className={cx("grid gap-1 font-mono text-13 tracking-[-0.015em] tabular-nums", className)}>
      {steps.map((step) => (
        <div key={step.label} className="flex justify-between gap-4">
          <dt className="text-ink-faint">{step.label}</dt>
          <dd className="text-right">{step.value}</dd>
        </div>
      ))}
      <div className="mt-px flex justify-between gap-4 border-t border-current pt-1">
        <dt>{sum.label}</dt>
        <dd className="text-right">{sum.value}</dd>
      </div>
    </dl>
  );
}
