import { cx } from "./cx";

/** Stands where a word will stand, at its size. The words "Loading" belong to the region around it. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cx(
        "block h-[0.72em] animate-skeleton rounded-[3px] bg-[linear-gradient(90deg,var(--paper-sunk),var(--rule),var(--paper-sunk))] bg-[length:300%_100%]",
        className,
      )}
    />
  );
}
