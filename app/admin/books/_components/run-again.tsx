"use client";

import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { verifyBooksAction } from "../actions";

export function RunAgain() {
  const [busy, start] = useTransition();
  const run = () =>
    start(async () => {
      const answer = await verifyBooksAction({});
      if (!answer.ok) return toast.loss(answer.error.message);
      if (answer.data.violations > 0) toast.loss("The books do not hold", { body: "The rows are named in the list." });
      else toast.settled("The books hold");
    });
  return (
    <Button variant="book" onClick={run} pending={busy && "Checking"}>
      Check again
    </Button>
  );
}
