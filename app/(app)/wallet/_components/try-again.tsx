"use client";

import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { changeAutoTopUpAction } from "../actions";
import type { AutoValues } from "./auto-top-up";
import { orRefused } from "./or-refused";

/** Ends the pause with nothing changed. */
export function TryAgain({ values }: { values: AutoValues }) {
  const [busy, start] = useTransition();
  const again = () =>
    start(async () => {
      const answer = await orRefused(changeAutoTopUpAction({ autoTopUp: values }));
      if (!answer.ok) return toast.loss("Not tried again", { body: answer.error.message });
      toast.plain("The card is tried again", { body: "Within a minute, while the balance is that low." });
    });
  return (
    <Button variant="quiet" onClick={again} pending={busy && "Trying"}>
      Try again
    </Button>
  );
}
