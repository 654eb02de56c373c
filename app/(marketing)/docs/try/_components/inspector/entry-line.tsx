"use client";

import { type KeyboardEvent, memo, useState } from "react";
import { cx } from "@/components/ui/cx";
import { type Entry, secondsAfter, wayOf } from "./entries";

type EntryLineProps = {
  entry: Entry;
  /** The Tab key stops at one line; arrow keys go to the others. */
  isOnTheWay: boolean;
  onUsed(id: number): void;
};

/** One line; opened, it shows all that was said. */
export const EntryLine = memo(function EntryLine({ entry, isOnTheWay, onUsed }: EntryLineProps) {
  const [isOpen, setOpen] = useState(false);
  const { who, seen, afterMs, brief } = entry;
  const { sign, words } = wayOf(seen);

  return (
    <li className="border-b border-rule last:border-b-0">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        tabIndex={isOnTheWay ? 0 : -1}
        onFocus={() => onUsed(entry.id)}
        onKeyDown={walk}
        className="grid w-full grid-cols-[4.25rem_1rem_2.75rem_minmax(0,1fr)] items-baseline gap-x-2 px-1 py-1.5 text-left font-mono text-13 hover:bg-paper-sunk focus-visible:-outline-offset-2 sm:grid-cols-[4.5rem_1rem_3rem_11rem_minmax(0,1fr)] touch:min-h-11 touch:content-center"
      >
        <span className="text-right text-ink-faint tabular-nums">{secondsAfter(afterMs)}</span>
        <span aria-hidden="true" className="text-center text-ink-faint">
          {sign}
        </span>
        <span className={who === "Noor" ? "text-book" : "text-voice-deep"}>{who}</span>
        <span className={cx("truncate", seen.source === "sdk" ? "text-ink-soft" : "text-ink")}>
          {seen.name}
          <span className="sr-only">, {words}</span>
        </span>
        <span className="truncate text-ink-faint max-sm:hidden" aria-hidden="true">
          {brief}
        </span>
      </button>
      {isOpen && (
        <pre
          ref={bringIntoView}
          className="mb-2 rounded-control bg-paper-sunk p-3 font-mono text-12 whitespace-pre-wrap [overflow-wrap:anywhere]"
        >
          {JSON.stringify(
            { direction: words, ...(seen.kind !== "event" && { kind: seen.kind }), body: seen.body },
            null,
            2,
          )}
        </pre>
      )}
    </li>
  );
});

/** What was opened at the end of the list is seen without scrolling. */
const bringIntoView = (opened: HTMLElement | null): void => opened?.scrollIntoView({ block: "nearest" });

/** Arrow keys go from line to line, as in any list. */
function walk(event: KeyboardEvent<HTMLButtonElement>): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  const lines = [...(event.currentTarget.closest("ol")?.querySelectorAll("button") ?? [])];
  const next = lines[lines.indexOf(event.currentTarget) + step];
  if (step === 0 || !next) return;
  event.preventDefault();
  next.focus();
}
