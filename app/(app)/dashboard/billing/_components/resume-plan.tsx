"use client";

import { useState, useTransition } from "react";
import { orRefused } from "@/app/(app)/wallet/_components/or-refused";
import { ConfirmPayment } from "@/components/payments/confirm-payment";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import type { PlanFamily } from "@/lib/plans/catalogue";
import type { StripeInBrowser } from "@/lib/stripe/schema";
import { resumePlanAction } from "../actions";
import { returnUrl } from "./return-url";

export function ResumePlan({ family, stripe }: { family: PlanFamily; stripe: StripeInBrowser }) {
  const [secret, setSecret] = useState<string>();
  const [busy, start] = useTransition();
  const resume = () =>
    start(async () => {
      const answer = await orRefused(resumePlanAction({ family }));
      if (!answer.ok) return toast.loss("It stays paused", { body: answer.error.message });
      if (answer.data.confirm) return setSecret(answer.data.confirm.clientSecret);
      toast.settled("The plan goes on");
    });
  return (
    <>
      <Button variant="book" size="small" onClick={resume} pending={busy && "Resuming"}>
        Let it go on
      </Button>
      <Dialog open={secret !== undefined} onOpenChange={(next) => !next && setSecret(undefined)}>
        {secret && (
          <DialogContent title="Pay to go on" description="The plan goes on once this is paid.">
            <ConfirmPayment
              stripe={stripe}
              clientSecret={secret}
              returnUrl={returnUrl()}
              onDone={() => toast.settled("Paid. The plan goes on in a moment.")}
            />
          </DialogContent>
        )}
      </Dialog>
    </>
  );
}
