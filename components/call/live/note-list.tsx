"use client";

import { useRunning } from "../context";
import { useReadable } from "../use-readable";

/** Two lines that a screen reader hears, one politely and one at once, and the same words to see. */
export function NoteList() {
  const { notes } = useRunning();
  const shown = useReadable(notes);
  return (
    <div className="pointer-events-none grid justify-items-center gap-2">
      {[false, true].map((urgent) => (
        <div
          key={String(urgent)}
          role={urgent ? "alert" : "status"}
          aria-live={urgent ? "assertive" : "polite"}
          className="grid justify-items-center gap-2 empty:hidden"
        >
          {shown
            .filter((note) => note.urgent === urgent)
            .map(({ id, words, action }) => (
              <p
                key={id}
                className="pointer-events-auto flex max-w-[90vw] animate-fade items-center gap-3 rounded-full bg-[oklch(.25_.016_168)] py-2 pr-4 pl-5 text-13 shadow-float"
              >
                <span className="py-1">{words}</span>
                {action && (
                  <button
                    type="button"
                    onClick={() => {
                      action.run();
                      notes.dismiss(id);
                    }}
                    className="min-h-8 rounded-full px-3 font-semibold underline underline-offset-4 touch:min-h-11"
                  >
                    {action.label}
                  </button>
                )}
              </p>
            ))}
        </div>
      ))}
    </div>
  );
}
