import { cx } from "./cx";

export type ButtonVariant = "ink" | "voice" | "book" | "line" | "quiet" | "danger";
export type ButtonSize = "small" | "normal" | "big" | "icon";

/** Ink acts, voice starts people talking, book moves money, danger loses or ends. */
const variants: Record<ButtonVariant, string> = {
  ink: "border-transparent bg-ink text-paper hover:bg-[color-mix(in_oklch,var(--ink)_86%,var(--paper))]",
  voice: "border-transparent bg-voice text-on-voice hover:bg-[color-mix(in_oklch,var(--voice)_90%,var(--ink))]",
  book: "border-transparent bg-book text-on-book hover:bg-[color-mix(in_oklch,var(--book)_88%,var(--ink))]",
  line: "border-rule-firm text-ink hover:border-ink",
  quiet: "border-transparent text-ink-soft hover:bg-paper-sunk hover:text-ink",
  danger:
    "border-transparent bg-danger-fill text-on-danger-fill hover:bg-[color-mix(in_oklch,var(--danger-fill)_88%,black)]",
};

const sizes: Record<ButtonSize, string> = {
  small: "min-h-[30px] px-[11px] text-13 touch:min-h-11",
  normal: "min-h-[38px] px-[15px] text-14 touch:min-h-11",
  big: "min-h-[46px] px-5 text-16",
  icon: "size-[38px] touch:size-11",
};

export type ButtonLook = {
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  wide?: boolean | undefined;
};

export function buttonClass({ variant = "ink", size = "normal", wide }: ButtonLook, className?: string): string {
  return cx(
    "inline-flex shrink-0 items-center justify-center gap-2 rounded-control border text-center font-[550] leading-tight no-underline select-none",
    "transition-[background-color,border-color,color,transform] active:translate-y-px [&_svg]:size-[18px] [&_svg]:shrink-0",
    "disabled:translate-y-0 disabled:cursor-not-allowed disabled:border-transparent disabled:bg-paper-sunk disabled:text-ink-faint",
    variants[variant],
    sizes[size],
    wide && "w-full",
    className,
  );
}
