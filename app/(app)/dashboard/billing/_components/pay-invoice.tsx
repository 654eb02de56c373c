"use client";

import { useState, useTransition } from "react";
import { orRefused } from "@/app/(app)/wallet/_components/or-refused";
import { ConfirmPayment } from "@/components/payments/confirm-payment";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import type { Id } from "@/lib/ids";
import type { StripeInBrowser } from "@/lib/stripe/schema";
import { payInvoiceAction } from "../actions";
import { returnUrl } from "./return-url";

type PayInvoiceProps = { id: Id<"invoice">; amount: string; stripe: StripeInBrowser };

/** Charges the default card, and where that does not do it asks for another one or for the bank's word. */
export function PayInvoice({ id, amount, stripe }: PayInvoiceProps) {
  const [secret, setSecret] = useState<string>();
  const [busy, start] = useTransition();
  const pay = () =>
    start(async () => {
      const answer = await orRefused(payInvoiceAction({ id }));
      if (!answer.ok) return toast.loss("Not paid", { body: answer.error.message });
      if (answer.data.confirm) return setSecret(answer.data.confirm.clientSecret);
      toast.settled(`${amount} paid`);
    });
  return (
    <>
      <Button variant="book" onClick={pay} pending={busy && "Paying"}>
        Pay {amount}
      </Button>
      <Dialog open={secret !== undefined} onOpenChange={(next) => !next && setSecret(undefined)}>
        {secret && (
          <DialogContent title={`Pay ${amount}`} onInteractOutside={(event) => event.preventDefault()}>
            <ConfirmPayment
              stripe={stripe}
              clientSecret={secret}
              returnUrl={returnUrl()}
              onDone={() => toast.settled(`${amount} paid`)}
              aside="Declined means not charged."
            />
          </DialogContent>
        )}
      </Dialog>
    </>
  );
}
