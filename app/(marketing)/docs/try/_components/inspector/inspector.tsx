"use client";

import { Pause, Play, Trash2 } from "lucide-react";
import { useId, useMemo, useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { Choice } from "@/components/ui/choice";
import { CopyButton } from "@/components/ui/copy-button";
import { Input } from "@/components/ui/input";
import { asLines, matching, type Wanted } from "./entries";
import { EntryList } from "./entry-list";
import { type Log, MOST_ENTRIES } from "./log";

const SOURCES = [
  { value: "all", label: "All" },
  { value: "signalling", label: "Signalling" },
  { value: "sdk", label: "SDK events" },
];

/** Every message to and from the server, and every event that an application hears, at both ends. */
export function Inspector({ log }: { log: Log }) {
  const { shown, waiting, isPaused } = useSyncExternalStore(log.subscribe, log.getSnapshot, log.getSnapshot);
  const [wanted, setWanted] = useState<Wanted>({ text: "", source: "all" });
  const found = useMemo(() => matching(shown, wanted), [shown, wanted]);

  return (
    <section id="inspector" aria-labelledby="inspector-title" className="scroll-mt-6 pt-14">
      <div className="border-t border-ink pt-5">
        <h2 id="inspector-title" className="text-25 sm:text-31">
          What passed.
        </h2>
        <p className="mt-2 max-w-measure text-ink-soft">
          The last {MOST_ENTRIES} messages and events of both ends, as{" "}
          <code className="font-mono text-[0.93em]">sdk.debug.inspect</code> tells them. What would open a door to
          others is masked.
        </p>
      </div>
      <div className="mt-5 flex flex-wrap items-center gap-2">
        <FilterField text={wanted.text} onText={(text) => setWanted({ ...wanted, text })} />
        <Choice
          label="Which of them"
          options={SOURCES}
          value={wanted.source}
          onChange={(source) => setWanted({ ...wanted, source: sourceOf(source) })}
        />
        <div className="ml-auto flex items-center gap-1 max-sm:ml-0">
          <Button size="small" variant="quiet" aria-pressed={isPaused} onClick={() => log.pause(!isPaused)}>
            {isPaused ? <Play aria-hidden="true" strokeWidth={1.6} /> : <Pause aria-hidden="true" strokeWidth={1.6} />}
            {isPaused ? `Go on, ${waiting.length} more` : "Pause"}
          </Button>
          <Button size="small" variant="quiet" onClick={() => log.clear()}>
            <Trash2 aria-hidden="true" strokeWidth={1.6} />
            Clear
          </Button>
          <CopyButton text={() => asLines(found)} label="Copy what is listed" word="Copy" />
        </div>
      </div>
      <p role="status" className="mt-3 min-h-5 text-13 text-ink-faint tabular-nums">
        {wanted.text.trim() !== "" && `${found.length} of ${shown.length} have these words.`}
      </p>
      <EntryList entries={found} isEmpty={shown.length === 0} />
    </section>
  );
}

const sourceOf = (value: string): Wanted["source"] => (value === "signalling" || value === "sdk" ? value : "all");

function FilterField({ text, onText }: { text: string; onText(text: string): void }) {
  const id = useId();
  return (
    <div className="w-full sm:w-64">
      <label htmlFor={id} className="sr-only">
        Filter messages and events
      </label>
      <Input
        id={id}
        type="search"
        placeholder="offer, Dana, a word"
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
    </div>
  );
}
