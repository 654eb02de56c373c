"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { Entry } from "./entries";
import { EntryLine } from "./entry-line";

/** So close to the end counts as being there. */
const END_PX = 24;

/** The lines in their order, the last one in sight until somebody scrolls up. One of them is on the way of the Tab key. */
export function EntryList({ entries, isEmpty }: { entries: readonly Entry[]; isEmpty: boolean }) {
  const box = useRef<HTMLOListElement>(null);
  const isAtEnd = useRef(true);
  const [used, setUsed] = useState<number>();
  const last = entries.at(-1)?.id;
  const onTheWay = entries.some(({ id }) => id === used) ? used : last;

  useEffect(() => {
    if (last !== undefined && isAtEnd.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [last]);

  /** Whoever is at a line reads it. */
  const use = useCallback((id: number) => {
    isAtEnd.current = false;
    setUsed(id);
  }, []);
  const noteScroll = () => {
    if (!box.current) return;
    const { scrollTop, scrollHeight, clientHeight } = box.current;
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < END_PX;
  };

  if (entries.length === 0)
    return (
      <p className="border-y border-rule py-8 text-ink-faint">
        {isEmpty ? "Nothing has passed yet." : "Nothing in the list is like that."}
      </p>
    );
  return (
    <ol
      ref={box}
      aria-label="Messages and events"
      onScroll={noteScroll}
      className="relative max-h-[32rem] overflow-y-auto border-y border-ink"
    >
      {entries.map((entry) => (
        <EntryLine key={entry.id} entry={entry} isOnTheWay={entry.id === onTheWay} onUsed={use} />
      ))}
    </ol>
  );
}
