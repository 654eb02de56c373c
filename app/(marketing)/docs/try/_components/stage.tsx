"use client";

import { Volume2, VolumeX } from "lucide-react";
import { useState } from "react";
import { Person } from "@/components/brand/person";
import { Button } from "@/components/ui/button";
import { TRIAL_PEOPLE, type Trial, type TrialPerson } from "@/lib/rooms/schema";
import type { DeskState } from "./desk-model";
import { EndBar } from "./end-bar";
import { SITTERS } from "./sitters";

const QUICK_START = "/examples/quick-start.html";

/** Both ends beside each other. Each is a page of its own that runs the lines above. */
export function Stage({ desk, onSound }: { desk: DeskState; onSound(isOn: boolean): void }) {
  const [isAudible, setAudible] = useState(false);
  const turnSound = () => {
    setAudible(!isAudible);
    onSound(!isAudible);
  };
  const Icon = isAudible ? Volume2 : VolumeX;

  return (
    <section aria-label="Both ends of the call" className="mt-8">
      <div className="stage grid gap-2 rounded-stage bg-[oklch(.165_.013_168)] p-2 max-sm:-mx-3 grid-cols-2">
        {TRIAL_PEOPLE.map((who, at) => (
          <div key={who} className="grid content-start gap-2">
            <div className="relative aspect-video overflow-hidden rounded-media bg-[oklch(.24_.02_165)]">
              {desk.phase === "running" && desk.trial ? (
                <iframe
                  key={desk.run}
                  name={who}
                  title={`${who}’s end of the call`}
                  src={addressOf(desk.trial, who, at)}
                  allow="camera; microphone; autoplay"
                  className="size-full border-0"
                />
              ) : (
                <Person look={SITTERS[who].look} facing={at === 0 ? "right" : "left"} still className="brightness-75" />
              )}
            </div>
            <EndBar key={desk.run} who={who} end={desk.ends[who]} isRunning={desk.phase === "running"} />
          </div>
        ))}
      </div>
      <div className="mt-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <p className="text-13 text-ink-soft">Large is the other one, small is what each one sends.</p>
        <Button size="small" variant="quiet" aria-pressed={isAudible} onClick={turnSound}>
          <Icon aria-hidden="true" strokeWidth={1.6} />
          {isAudible ? "Sound is on" : "Sound is off"}
        </Button>
      </div>
    </section>
  );
}

/** Behind the sign, where no log of a server sees it. */
const addressOf = ({ roomId, tokens }: Trial, name: TrialPerson, at: number): string =>
  `${QUICK_START}#${new URLSearchParams({ room: roomId, token: tokens[at] ?? "", name })}`;
