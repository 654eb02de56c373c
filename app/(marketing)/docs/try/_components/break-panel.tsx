"use client";

import { type ReactNode, useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { Choice } from "@/components/ui/choice";
import { TRIAL_PEOPLE, type TrialPerson } from "@/lib/rooms/schema";
import { seconds } from "@/lib/time";
import type { DeskState } from "./desk-model";
import { type Fault, isMended, type Outage } from "./outage";
import { canLoseFrames } from "./pane/frame-loss";

type BreakPanelProps = {
  desk: DeskState;
  onBreak(who: TrialPerson, fault: Fault): void;
  onLose(who: TrialPerson, rate: number): void;
};

const whole = TRIAL_PEOPLE.map((name) => ({ value: name, label: name }));
const SPANS = [3, 8, 25].map((span) => ({ value: String(span), label: `${span} s` }));
const RATES = [
  { value: "0", label: "None" },
  { value: "0.1", label: "10 %" },
  { value: "0.5", label: "50 %" },
  { value: "1", label: "All" },
];

/** Three things that go wrong in the world, on request. */
export function BreakPanel({ desk, onBreak, onLose }: BreakPanelProps) {
  const [who, setWho] = useState<TrialPerson>(TRIAL_PEOPLE[0]);
  const [span, setSpan] = useState("8");
  const [rates, setRates] = useState<Record<TrialPerson, string>>({ Noor: "0", Dana: "0" });
  const isReady = desk.phase === "running" && Boolean(desk.ends[who]?.sdk);
  const lose = (rate: string) => {
    setRates({ ...rates, [who]: rate });
    onLose(who, Number(rate));
  };

  return (
    <section id="break" aria-labelledby="break-title" className="scroll-mt-6 pt-14">
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-3 border-t border-ink pt-5">
        <h2 id="break-title" className="text-25 sm:text-31">
          Break it.
        </h2>
        <Choice
          label="At whose end"
          options={whole}
          value={who}
          onChange={(value) => setWho(TRIAL_PEOPLE.find((name) => name === value) ?? TRIAL_PEOPLE[0])}
        />
      </div>
      <div className="mt-5 grid divide-rule max-lg:divide-y lg:grid-cols-3 lg:divide-x">
        <Way
          title="Drop signalling"
          says={`${who}’s line to the server is cut. The picture goes on, and so does the place for 20 seconds.`}
        >
          <Choice label="For how long" options={SPANS} value={span} onChange={setSpan} />
          <Button
            variant="danger"
            size="small"
            disabled={!isReady}
            onClick={() => onBreak(who, { kind: "signalling", forMs: seconds(Number(span)) })}
          >
            Drop signalling
          </Button>
        </Way>
        <Way
          title="Kill ICE"
          says={`${who}’s connection is closed without a word. The SDK waits two seconds, and makes another.`}
        >
          <Button
            variant="danger"
            size="small"
            disabled={!isReady}
            onClick={() => onBreak(who, { kind: "connections" })}
          >
            Kill ICE
          </Button>
        </Way>
        <LossWay who={who} rate={rates[who]} isReady={isReady} onLose={lose} />
      </div>
      <p role="status" className="mt-5 min-h-6 text-14 text-ink-soft tabular-nums">
        {desk.phase === "running" ? desk.outage && inWords(desk.outage) : "Run it first."}
      </p>
    </section>
  );
}

type LossWayProps = { who: TrialPerson; rate: string; isReady: boolean; onLose(rate: string): void };

function LossWay({ who, rate, isReady, onLose }: LossWayProps) {
  const isPossible = useSyncExternalStore(neverChanges, canLoseFrames, () => true);
  const says = isPossible
    ? `A page cannot lose packets, but it can lose encoded frames before they become packets. ${who} sends fewer; the other one sees it stutter, and counts no packet as lost.`
    : "This browser lets no page at the frames that it sends, so this one cannot be tried here.";
  return (
    <Way title="Lose frames" says={says}>
      <fieldset disabled={!isReady || !isPossible} className="disabled:opacity-55">
        <legend className="sr-only">How many of {who}’s frames</legend>
        <Choice label="How many are lost" options={RATES} value={rate} onChange={onLose} />
      </fieldset>
    </Way>
  );
}

const neverChanges = () => () => undefined;

const Way = ({ title, says, children }: { title: string; says: string; children: ReactNode }) => (
  <div className="grid content-start gap-3 py-4 lg:px-6 lg:first:pl-0 lg:last:pr-0">
    <h3 className="text-16 font-[550]">{title}</h3>
    <p className="text-14 text-ink-soft">{says}</p>
    <div className="flex flex-wrap items-center gap-3">{children}</div>
  </div>
);

function inWords(outage: Outage): string {
  const { who, fault, lastedMs } = outage;
  const what = fault.kind === "signalling" ? `${who}’s line to the server was cut` : `${who}’s connection was killed`;
  if (isMended(outage)) return `${what}. Both were well again after ${((lastedMs ?? 0) / 1_000).toFixed(1)} s.`;
  return `${what}. Not mended yet.`;
}
