"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { LandmarkName } from "@/lib/time-machine/schema";
import { LandmarkButton } from "./landmark-button";
import { type Move, useClock } from "./use-clock";

const STEPS = [
  { label: "+1 hour", move: { by: "+1 hour" } },
  { label: "+1 day", move: { by: "+1 day" } },
  { label: "+1 month", move: { by: "+1 month" } },
];

export type Landmark = {
  name: LandmarkName;
  /** When it is. Left out, one cannot go there, and `what` says why. */
  when?: string;
  what: string;
};

const LABELS: Record<LandmarkName, string> = {
  renewal: "Next renewal",
  invoice: "Next invoice",
  card_expiry: "Card expiry",
};

/** The steps of the clock, one to whatever is due next, and what people go to by name. */
export function Steps({ next, landmarks }: { next: string | undefined; landmarks: Landmark[] }) {
  const [busy, move] = useClock();
  const [pressed, setPressed] = useState("");
  const button = (label: string, wanted: Move | undefined) => ({
    pending: busy && pressed === label && "Moving",
    disabled: wanted === undefined || (busy && pressed !== label),
    onClick: () => {
      if (!wanted) return;
      setPressed(label);
      move(wanted);
    },
  });
  return (
    <fieldset className="mt-8">
      <legend className="sr-only">Move the clock</legend>
      <div className="flex flex-wrap gap-3">
        {STEPS.map(({ label, move: wanted }) => (
          <Button key={label} variant="line" size="big" {...button(label, wanted)}>
            {label}
          </Button>
        ))}
        <Button size="big" {...button("next", next === undefined ? undefined : { to: next })}>
          To what is due next
        </Button>
      </div>
      <ul className="mt-6 grid gap-3">
        {landmarks.map(({ name, when, what }) => (
          <LandmarkButton
            key={name}
            label={LABELS[name]}
            when={when}
            what={what}
            {...button(name, when === undefined ? undefined : { next: name })}
          />
        ))}
      </ul>
    </fieldset>
  );
}
