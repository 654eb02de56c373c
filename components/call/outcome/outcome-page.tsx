"use client";

import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { formatClock } from "@/lib/time";
import { accentOf, DoorMark, type Look } from "../brand";
import type { Me } from "../facts";
import { type Outcome, type OutcomeWords, outcomeWords } from "./outcome-words";

/** What a call came to, for whoever was in it. */
export type Summary = { roomName: string; lastedMs: number; messages: number; mostPeople: number };

type OutcomePageProps = {
  outcome: Outcome;
  summary: Summary | null;
  look: Look;
  me: Me | null;
  onAgain: (move: boolean) => void;
};

export function OutcomePage({ outcome, summary, look, me, onAgain }: OutcomePageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { title, words, next } = outcomeWords(outcome, me !== null);
  // The stage is gone and the focus with it.
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="page-wrap flex min-h-dvh flex-col text-ink" style={accentOf(look)}>
      <header className="flex h-19 items-center max-sm:h-16">
        <DoorMark look={look} />
      </header>
      <main className="my-auto max-w-[34rem] pt-8 pb-28">
        <h1 ref={heading} tabIndex={-1} className="text-39 outline-none sm:text-49">
          {title}
        </h1>
        <p className="mt-4 text-16 text-ink-soft">{words}</p>
        {summary && <SummarySlip summary={summary} />}
        <div className="mt-8 flex flex-wrap gap-2">
          {next.map((step, index) => (
            <Next key={step} step={step} isFirst={index === 0} me={me} onAgain={onAgain} />
          ))}
        </div>
      </main>
    </div>
  );
}

const SummarySlip = ({ summary }: { summary: Summary }) => (
  <dl className="mt-8 grid max-w-sm gap-2 border-y border-rule py-4 tabular-nums">
    <Line title={summary.roomName} value={formatClock(summary.lastedMs)} />
    <Line title="Most at once" value={String(summary.mostPeople)} />
    <Line title="Messages" value={String(summary.messages)} />
  </dl>
);

const Line = ({ title, value }: { title: string; value: string }) => (
  <div className="flex justify-between gap-6">
    <dt className="min-w-0 text-ink-soft [overflow-wrap:anywhere]">{title}</dt>
    <dd className="shrink-0 font-medium">{value}</dd>
  </div>
);

type NextProps = {
  step: OutcomeWords["next"][number];
  isFirst: boolean;
  me: Me | null;
  onAgain: (move: boolean) => void;
};

const AGAIN = { rejoin: "Join again", retry: "Try again", move: "Bring it here" };

function Next({ step, isFirst, me, onAgain }: NextProps) {
  switch (step) {
    case "rejoin":
    case "retry":
    case "move":
      return (
        <Button variant={isFirst ? "voice" : "line"} onClick={() => onAgain(step === "move")}>
          {AGAIN[step]}
        </Button>
      );
    case "sign-in":
      return <ButtonLink href={`/login?next=${encodeURIComponent(window.location.pathname)}`}>Sign in</ButtonLink>;
    case "plans":
      return <ButtonLink href="/pricing#rooms">Compare the plans</ButtonLink>;
    case "rooms":
      return (
        <ButtonLink href={me?.roomsHref ?? "/dashboard/rooms"} variant={isFirst ? "ink" : "line"}>
          To the room’s page
        </ButtonLink>
      );
    case "home":
      return (
        <ButtonLink href="/" variant={isFirst ? "ink" : "line"}>
          What Parley is
        </ButtonLink>
      );
  }
}
