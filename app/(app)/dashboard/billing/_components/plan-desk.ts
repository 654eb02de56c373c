"use client";

import { useState, useTransition } from "react";
import { orRefused } from "@/app/(app)/wallet/_components/or-refused";
import type { Refused } from "@/components/ui/refusal";
import type { BillingInterval, PlanFamily } from "@/lib/plans/catalogue";
import type { ChangePreview, ToConfirm } from "@/lib/subscriptions/schema";
import { beginPlanAction, changePlanAction, previewPlanAction } from "../actions";

export type Wanted = { planId: string; interval: BillingInterval; promotionCode?: string };
type Confirm = NonNullable<ToConfirm>;

/** Where the counter is: what is chosen, what it would cost, what is to be confirmed, and how it ended. */
export type Stage =
  | { at: "choosing" }
  | { at: "looking"; wanted: Wanted; preview: ChangePreview }
  | { at: "confirming"; planId: string; confirm: Confirm; trialEndsAt: Date | null }
  | { at: "done"; planId: string; how: "paid" | "scheduled" | "processing" };

/** The steps from a chosen plan to a plan. Only Stripe's word makes it one: the page hears of that by itself. */
export function usePlanDesk(family: PlanFamily, isNew: boolean) {
  const [stage, setStage] = useState<Stage>({ at: "choosing" });
  const [refused, setRefused] = useState<Refused>();
  const [busy, start] = useTransition();

  const go = (step: () => Promise<Stage | Refused>) =>
    start(async () => {
      const next = await step();
      setRefused("message" in next ? next : undefined);
      if ("at" in next) setStage(next);
    });

  const choose = (wanted: Wanted) => go(() => (isNew ? begin(family, wanted) : look(family, wanted)));
  const change = ({ wanted, preview }: Extract<Stage, { at: "looking" }>) =>
    go(() => changeTo(family, wanted, preview));
  return { stage, setStage, refused, busy, choose, change };
}

async function begin(family: PlanFamily, wanted: Wanted): Promise<Stage | Refused> {
  const answer = await orRefused(beginPlanAction({ family, ...wanted }));
  if (!answer.ok) return answer.error;
  const { confirm, trialEndsAt } = answer.data;
  const { planId } = wanted;
  return confirm ? { at: "confirming", planId, confirm, trialEndsAt } : { at: "done", planId, how: "paid" };
}

async function look(family: PlanFamily, wanted: Wanted): Promise<Stage | Refused> {
  const answer = await orRefused(previewPlanAction({ family, ...wanted }));
  return answer.ok ? { at: "looking", wanted, preview: answer.data } : answer.error;
}

async function changeTo(family: PlanFamily, wanted: Wanted, { quoteId }: ChangePreview): Promise<Stage | Refused> {
  const asked = { family, ...wanted, ...(quoteId && { quoteId }) };
  const answer = await orRefused(changePlanAction(asked));
  if (!answer.ok) return answer.error;
  const { outcome, confirm } = answer.data;
  const { planId } = wanted;
  if (confirm) return { at: "confirming", planId, confirm, trialEndsAt: null };
  return { at: "done", planId, how: outcome === "scheduled" ? "scheduled" : "paid" };
}
