"use client";

import { Play, Square } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Choice } from "@/components/ui/choice";
import type { TrialDoor } from "@/lib/rooms/schema";
import type { DeskState } from "./desk-model";
import type { PictureChoice } from "./pane/pane-window";

const PICTURES = [
  { value: "camera", label: "Your camera" },
  { value: "drawn", label: "A drawing" },
];

type RunPanelProps = { door: TrialDoor; desk: DeskState; onRun(choice: PictureChoice): void; onStop(): void };

export function RunPanel({ door, desk, onRun, onStop }: RunPanelProps) {
  const [choice, setChoice] = useState<PictureChoice>("camera");
  const isRunning = desk.phase === "running";

  return (
    <div className="grid justify-items-start gap-4">
      <div className="grid justify-items-start gap-2">
        <p className="text-13 font-[550]">What Noor sends</p>
        <Choice
          label="What Noor sends"
          options={PICTURES}
          value={choice}
          onChange={(value) => setChoice(value === "camera" ? "camera" : "drawn")}
        />
        <p className="text-13 text-ink-faint">
          Dana always sends a drawing and a tone. So does Noor where there is no camera, or you say no.
        </p>
      </div>
      {isRunning ? (
        <Button size="big" variant="line" onClick={onStop}>
          <Square aria-hidden="true" strokeWidth={1.6} />
          Stop
        </Button>
      ) : (
        <RunButton door={door} isOpening={desk.phase === "opening"} onRun={() => onRun(choice)} />
      )}
      <p role="alert" className="text-13 text-danger empty:hidden">
        {desk.refusal && <Refused {...desk.refusal} />}
      </p>
      <Terms door={door} endsAt={isRunning ? (desk.trial?.endsAt ?? null) : null} />
    </div>
  );
}

function RunButton({ door, isOpening, onRun }: { door: TrialDoor; isOpening: boolean; onRun(): void }) {
  if (door === "sign-in" || door === "no-plan")
    return (
      <Button size="big" asChild>
        <Link href={door === "sign-in" ? "/login?next=%2Fdocs%2Ftry" : "/pricing#rooms"}>
          {door === "sign-in" ? "Sign in to run it" : "See the plans"}
        </Link>
      </Button>
    );
  return (
    <Button size="big" variant="voice" pending={isOpening && "Opening a room"} onClick={onRun}>
      <Play aria-hidden="true" strokeWidth={1.6} />
      Run
    </Button>
  );
}

const Refused = ({ code, message }: { code: string; message: string }) => (
  <>
    {message} {code === "plan_limit" && <Link href="/dashboard/billing">See your plan</Link>}
    {code === "unauthenticated" && <Link href="/login?next=%2Fdocs%2Ftry">Sign in</Link>}
    {code === "subscription_required" && <Link href="/pricing#rooms">See the plans</Link>}
  </>
);

const TERMS: Record<TrialDoor, string> = {
  plan: "It runs in a room of your account, “SDK trial”, which counts once against your plan. Its minutes count too.",
  sandbox: "It runs in a room of ours for two. It ends after ten minutes, and counts against nobody’s plan.",
  "sign-in": "It runs in a room of your own account, and you come back here afterwards.",
  "no-plan": "It runs in a room of your own account, and your account has no rooms plan yet.",
};

const Terms = ({ door, endsAt }: { door: TrialDoor; endsAt: Date | null }) => (
  <p className="text-13 text-ink-soft">
    {TERMS[door]}
    {endsAt && ` This one ends at ${clock.format(endsAt)}.`}
  </p>
);

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
