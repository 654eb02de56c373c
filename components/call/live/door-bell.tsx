"use client";

import { Button } from "@/components/ui/button";
import { useCallState, useRunning } from "../context";
import { KnockAnswers } from "../knock-answers";

/** Somebody stands at the door: let them in without leaving the stage. */
export function DoorBell() {
  const { panel, showPanel } = useRunning();
  const { knocks } = useCallState();
  const [first, ...others] = knocks;
  if (!first || panel === "people") return null;
  const { knockId, name } = first;
  return (
    <div
      role="alert"
      className="pointer-events-auto flex max-w-[92vw] animate-fade flex-wrap items-center gap-x-4 gap-y-2 rounded-media bg-[oklch(.25_.016_168)] py-2.5 pr-3 pl-5 shadow-float"
    >
      <p className="min-w-0">
        <b className="font-semibold [overflow-wrap:anywhere]">{name}</b> is at the door
        {others.length > 0 && ` with ${others.length} more`}
      </p>
      <span className="flex gap-2">
        {others.length > 0 && (
          <Button variant="quiet" size="small" onClick={() => showPanel("people")}>
            See all
          </Button>
        )}
        <KnockAnswers knockId={knockId} name={name} />
      </span>
    </div>
  );
}
