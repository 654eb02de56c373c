"use client";

import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { Subscription } from "@/lib/subscriptions/schema";
import type { Stage } from "./plan-desk";
import { nextWords } from "./plan-words";

type PlanDoneProps = Omit<Extract<Stage, { at: "done" }>, "at"> & {
  /** As the page has it by now: only what Stripe confirmed is a plan. */
  now: Subscription | undefined;
  close: () => void;
};

export function PlanDone({ close, ...ended }: PlanDoneProps) {
  return (
    <div className="grid gap-5">
      <Ending {...ended} />
      <div className="flex justify-end">
        <Button onClick={close}>Done</Button>
      </div>
    </div>
  );
}

function Ending({ how, planId, now }: Omit<PlanDoneProps, "close">) {
  const isThere = now && (how === "scheduled" ? now.next?.plan.id : now.plan.id) === planId;
  if (how === "processing" || !isThere)
    return (
      <Notice tone="hold" title="On its way." urgent>
        The plan begins by itself as soon as the payment is confirmed. You are charged once.
      </Notice>
    );
  if (how === "scheduled")
    return (
      <Notice tone="settled" title="Written down." urgent>
        {nextWords(now)}. Until then nothing changes, and you can undo it.
      </Notice>
    );
  return (
    <Notice tone="settled" title={`You have ${now.plan.title}.`} urgent>
      {nextWords(now)}.{now.standing === "good" && now.price.micros > 0 && " The receipt is among your invoices."}
    </Notice>
  );
}
