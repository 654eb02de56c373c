import { useTransition } from "react";
import { toast } from "@/components/ui/toast";
import type { LandmarkName } from "@/lib/time-machine/schema";
import { moveClockAction } from "../actions";

export type Move = { by: string } | { to: string } | { next: LandmarkName };

/** Moves the clock, and whether it is doing so. What goes wrong is said aloud. */
export function useClock(): [busy: boolean, move: (move: Move) => void] {
  const [busy, start] = useTransition();
  const move = (wanted: Move) =>
    start(async () => {
      const answer = await moveClockAction(wanted);
      if (!answer.ok) toast.loss(answer.error.message);
    });
  return [busy, move];
}
