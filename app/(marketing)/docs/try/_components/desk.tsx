"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { CodeBlock } from "@/components/ui/code-block";
import type { TrialDoor } from "@/lib/rooms/schema";
import { BreakPanel } from "./break-panel";
import { DeskModel, type OpenTrial } from "./desk-model";
import { Inspector } from "./inspector/inspector";
import type { PaneWindow } from "./pane/pane-window";
import { RunPanel } from "./run-panel";
import { Stage } from "./stage";

type DeskProps = { door: TrialDoor; lines: string; openTrial: OpenTrial };

/** The quick start, run on the page: what runs, both ends of it, the ways to break it, and what passed. */
export function Desk({ door, lines, openTrial }: DeskProps) {
  const [model] = useState(() => new DeskModel());
  const desk = useSyncExternalStore(model.subscribe, model.getSnapshot, model.getSnapshot);

  useEffect(() => {
    // Each frame says so before its lines run, in an event of its own window, which is no class of this one.
    const adopt = (event: Event) => "detail" in event && model.adopt(event.detail as PaneWindow); // our own page's word
    window.addEventListener("quick-start", adopt);
    return () => {
      window.removeEventListener("quick-start", adopt);
      void model.stop();
    };
  }, [model]);

  return (
    <>
      <section
        aria-label="Quick start"
        className="mt-10 grid items-start gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,1fr)_20rem]"
      >
        <CodeBlock label="the quick start" samples={[{ language: "JavaScript", code: lines }]} />
        <RunPanel
          door={door}
          desk={desk}
          onRun={(choice) => void model.run(openTrial, choice)}
          onStop={() => void model.stop()}
        />
      </section>
      <Stage desk={desk} onSound={(isOn) => model.setSound(isOn)} />
      <BreakPanel
        key={desk.run}
        desk={desk}
        onBreak={(who, fault) => model.break(who, fault)}
        onLose={(who, rate) => model.loseFrames(who, rate)}
      />
      <Inspector log={model.log} />
    </>
  );
}
