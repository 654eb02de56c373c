"use client";

import { Button } from "@/components/ui/button";
import { useClock } from "./use-clock";

export function GoThere({ name, at }: { name: string; at: string }) {
  const [busy, move] = useClock();
  return (
    <Button
      size="small"
      variant="line"
      aria-label={`Move the clock to ${name}`}
      pending={busy && "Moving"}
      onClick={() => move({ to: at })}
    >
      Go there
    </Button>
  );
}
