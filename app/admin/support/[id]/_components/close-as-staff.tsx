"use client";

import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { RequestRef } from "@/lib/support/schema";
import { closeAsStaffAction } from "../../actions";

export function CloseAsStaff({ id }: RequestRef) {
  const [busy, start] = useTransition();
  const close = () =>
    start(async () => {
      const answer = await closeAsStaffAction({ id });
      if (!answer.ok) return toast.loss("Not closed", { body: answer.error.message });
      toast.settled("The request is closed");
    });
  return (
    <Button variant="line" pending={busy && "Closing"} onClick={close}>
      Close without an answer
    </Button>
  );
}
