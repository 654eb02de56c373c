import type { ReactNode } from "react";
import { cx } from "./cx";

export type TagTone = "live" | "settled" | "held" | "lost" | "draft" | "plain";

const tones: Record<TagTone, string> = {
  live: "text-voice-deep before:animate-breathe before:bg-voice",
  settled: "text-book before:bg-current",
  held: "text-hold before:shadow-[inset_0_0_0_1.5px_currentColor]",
  lost: "text-danger before:h-0.5! before:rounded-[1px]! before:bg-current",
  draft: "text-ink-soft before:rounded-[1px]! before:bg-ink-faint",
  plain: "text-ink-soft before:bg-current",
};

/** A state in one word. Each tone has a shape of its own, so the colour is never the only sign. */
export function Tag({ tone = "plain", children }: { tone?: TagTone; children: ReactNode }) {
  return (
    <span
      className={cx(
        "inline-flex items-center gap-1.5 text-12 leading-none font-[550] whitespace-nowrap",
        "before:size-[7px] before:shrink-0 before:rounded-full before:content-['']",
        tones[tone],
      )}
    >
      {children}
    </span>
  );
}

/** A mark set upon a thing once: "Best value", "Owner". */
export const Stamp = ({ children }: { children: ReactNode }) => (
  <span className="inline-block rounded-[4px] bg-book-wash px-2 py-1 text-12 leading-none font-semibold whitespace-nowrap text-book">
    {children}
  </span>
);
