"use client";

import { useTransition } from "react";
import { orRefused } from "@/app/(app)/wallet/_components/or-refused";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { PlanFamily } from "@/lib/plans/catalogue";
import { undoChangeAction } from "../actions";

export function UndoChange({ family }: { family: PlanFamily }) {
  const [busy, start] = useTransition();
  const undo = () =>
    start(async () => {
      const answer = await orRefused(undoChangeAction({ family }));
      if (!answer.ok) return toast.loss("Not undone", { body: answer.error.message });
      toast.settled("Undone. The plan stays.");
    });
  return (
    <Button variant="line" size="small" onClick={undo} pending={busy && "Undoing"}>
      Undo
    </Button>
  );
}
