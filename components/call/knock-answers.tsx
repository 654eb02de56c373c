"use client";

import { Button } from "@/components/ui/button";
import { useRunning } from "./context";
import { said } from "./use-acts";

/** What can be said to somebody at the door. */
export function KnockAnswers({ knockId, name }: { knockId: string; name: string }) {
  const { call, notes } = useRunning();
  return (
    <>
      <Button
        variant="line"
        size="small"
        aria-label={`Turn away ${name}`}
        onClick={() => void call.reject(knockId).catch(said(notes))}
      >
        Turn away
      </Button>
      <Button
        variant="voice"
        size="small"
        aria-label={`Let in ${name}`}
        onClick={() => void call.admit(knockId).catch(said(notes))}
      >
        Let in
      </Button>
    </>
  );
}
