"use client";

import type { LucideIcon } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "@/components/ui/cx";

type RoundProps = Omit<ComponentProps<"button">, "children"> & {
  /** "Microphone, on" */
  label: string;
  icon: LucideIcon;
  /** Set for what is on or off. */
  pressed?: boolean;
  /** A sign in the corner: something is new. */
  dot?: boolean;
  /** Off is what to notice: a muted microphone, not a lowered hand. */
  offIsLoud?: boolean;
  children?: ReactNode;
};

/** A round control on the dark stage. */
export function Round({ label, icon: Icon, pressed, dot, offIsLoud = true, className, children, ...rest }: RoundProps) {
  const loud = pressed === false && offIsLoud;
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      className={cx(
        "relative grid size-13 shrink-0 place-items-center rounded-full transition-colors max-sm:size-12 focus-visible:outline-[oklch(.95_.009_128)]",
        loud
          ? "bg-[oklch(.95_.009_128)] text-[oklch(.2_.02_168)]"
          : !(pressed && !offIsLoud) &&
              "bg-[oklch(.25_.016_168)] text-[oklch(.95_.009_128)] hover:bg-[oklch(.32_.018_168)]",
        pressed && !offIsLoud && "bg-voice text-on-voice hover:bg-voice",
        className,
      )}
      {...rest}
    >
      <Icon aria-hidden="true" className="size-[22px]" strokeWidth={1.6} />
      {dot && (
        <span className="absolute top-3 right-3 size-2 rounded-full bg-voice shadow-[0_0_0_2px_oklch(.25_.016_168)]" />
      )}
      {children}
    </button>
  );
}
