import type { ReactNode } from "react";
import { cx } from "./cx";

type EmptyStateProps = {
  title: string;
  /** What this place is for, and what to do next. */
  children: ReactNode;
  action?: ReactNode;
  /** A line drawing; without one, two people not yet here. */
  drawing?: ReactNode;
  /** One below the heading it stands under. */
  heading?: "h2" | "h3";
  className?: string;
};

export function EmptyState({
  title,
  children,
  action,
  drawing = <TwoPlaces />,
  heading: Heading = "h2",
  className,
}: EmptyStateProps) {
  return (
    <div className={cx("border-t border-ink pt-7", className)}>
      {drawing}
      <Heading className="display mt-4 text-20">{title}</Heading>
      <p className="mt-1.5 max-w-[42ch] text-ink-soft">{children}</p>
      {action && <div className="mt-4 flex flex-wrap gap-2">{action}</div>}
    </div>
  );
}

const TwoPlaces = () => (
  <svg
    viewBox="0 0 160 84"
    aria-hidden="true"
    className="w-[132px] fill-none stroke-rule-firm stroke-[1.5] [stroke-dasharray:1_5] [stroke-linecap:round]"
  >
    <path d="M8 82a36 36 0 0 1 72 0M44 40m-16 0a16 16 0 1 1 32 0" />
    <path d="M80 82a36 36 0 0 1 72 0M116 40m-16 0a16 16 0 1 1 32 0" />
  </svg>
);
