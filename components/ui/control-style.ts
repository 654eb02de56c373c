import { cx } from "./cx";

/** 16 px on phones, because smaller text makes iOS zoom into the page. */
export const controlClass = (className?: string): string =>
  cx(
    "w-full min-h-10 rounded-control border border-rule-firm bg-paper-raised px-3 text-16 sm:text-14 touch:min-h-11",
    "transition-[border-color,box-shadow] focus:border-ink focus:shadow-[0_0_0_1px_var(--ink)] focus:outline-none",
    "aria-invalid:border-danger aria-invalid:shadow-[0_0_0_1px_var(--danger)]",
    "disabled:cursor-not-allowed disabled:bg-paper-sunk disabled:text-ink-faint",
    "[&[readonly]]:bg-paper-sunk",
    className,
  );
