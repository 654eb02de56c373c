"use client";

import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import type { Id } from "@/lib/ids";
import type { StripeInBrowser } from "@/lib/stripe/schema";
import { resumePaymentAction } from "../actions";
import { type Begun, IntentForm } from "./intent-form";
import { orRefused } from "./or-refused";

type ResumePaymentProps = { stripe: StripeInBrowser; paymentId: Id<"payment"> };

/** Takes up the automatic payment that its bank stopped. */
export function ResumePayment({ stripe, paymentId }: ResumePaymentProps) {
  const [begun, setBegun] = useState<Begun>();
  const [busy, start] = useTransition();

  const take = () =>
    start(async () => {
      const answer = await orRefused(resumePaymentAction({ paymentId }));
      if (answer.ok) return setBegun(answer.data);
      toast.plain("It waits no more", { body: answer.error.message });
    });

  return (
    <>
      <Button variant="book" onClick={take} pending={busy && "Preparing"}>
        Confirm the payment
      </Button>
      <Dialog open={begun !== undefined} onOpenChange={(next) => !next && setBegun(undefined)}>
        {begun && (
          <DialogContent title={`Add ${begun.amount}`} description="The top-up that your bank stopped.">
            <IntentForm stripe={stripe} begun={begun} onPaid={() => toast.settled(`${begun.amount} is paid`)} />
          </DialogContent>
        )}
      </Dialog>
    </>
  );
}
