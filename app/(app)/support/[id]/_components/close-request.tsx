"use client";

import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { RequestRef } from "@/lib/support/schema";
import { closeRequestAction } from "../../actions";

export function CloseRequest({ id }: RequestRef) {
  const [busy, start] = useTransition();
  const close = () =>
    start(async () => {
      const answer = await closeRequestAction({ id });
      if (!answer.ok) return toast.loss("Not closed", { body: answer.error.message });
      toast.settled("The request is closed", { body: "Write in it and it is open again." });
    });
  return (
    <Button variant="line" pending={busy && "Closing"} onClick={close}>
      Close
    </Button>
  );
}
