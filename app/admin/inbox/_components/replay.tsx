"use client";

import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { replayAction } from "../actions";

export function Replay({ id }: { id: string }) {
  const [busy, start] = useTransition();
  const replay = () =>
    start(async () => {
      const answer = await replayAction({ id });
      if (!answer.ok) return toast.loss("Not replayed", { body: answer.error.message });
      toast.settled("It is worked off once more", { body: "What it brought about before does not happen again." });
    });
  return (
    <Button variant="line" size="small" pending={busy && "Replaying"} onClick={replay} aria-label={`Replay ${id}`}>
      Replay
    </Button>
  );
}
