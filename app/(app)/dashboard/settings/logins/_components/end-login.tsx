"use client";

import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { focusHeading, partInUse } from "@/components/ui/return-focus";
import { toast } from "@/components/ui/toast";
import type { Id } from "@/lib/ids";
import { revokeLoginAction } from "../actions";

export function EndLogin({ id, device }: { id: Id<"login">; device: string }) {
  const [busy, start] = useTransition();

  const end = () => {
    const part = partInUse();
    start(async () => {
      const answer = await revokeLoginAction({ id });
      if (!answer.ok) return toast.loss("Not signed out", { body: answer.error.message });
      focusHeading(part);
      toast.settled("Signed out there", { body: `${device} has to sign in again.` });
    });
  };

  return (
    <Button size="small" variant="line" pending={busy && "Ending"} onClick={end}>
      Sign out<span className="sr-only"> {device}</span>
    </Button>
  );
}
