"use client";

import { type ReactNode, useState, useTransition } from "react";
import type { Outcome } from "@/components/payments/outcome";
import { SaveCardForm } from "@/components/payments/save-card-form";
import { Button } from "@/components/ui/button";
import type { ButtonVariant } from "@/components/ui/button-style";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import type { StripeInBrowser } from "@/lib/stripe/schema";
import { beginCardAction, keepCardAction } from "../actions";
import { orRefused } from "./or-refused";

type AddCardProps = { stripe: StripeInBrowser; variant?: ButtonVariant; children: ReactNode };
type Setup = { clientSecret: string; setupIntentId: string };

/** Saves a card or a bank account for payments that nobody sits beside. */
export function AddCard({ stripe, variant = "line", children }: AddCardProps) {
  const [setup, setSetup] = useState<Setup>();
  const [busy, start] = useTransition();

  const begin = () =>
    start(async () => {
      const answer = await orRefused(beginCardAction({}));
      if (answer.ok) return setSetup(answer.data);
      toast.loss("No card can be added just now", { body: answer.error.message });
    });

  return (
    <>
      <Button variant={variant} onClick={begin} pending={busy && "Preparing"}>
        {children}
      </Button>
      <Dialog open={setup !== undefined} onOpenChange={(next) => !next && setSetup(undefined)}>
        {setup && (
          <DialogContent title="Save a card" description="For top-ups, plans and renewals. Nothing is charged now.">
            <SaveCardForm
              stripe={stripe}
              clientSecret={setup.clientSecret}
              returnUrl={`${window.location.origin}/wallet?saved=${setup.setupIntentId}`}
              onDone={keep}
              aside="The card itself is known to Stripe alone."
            />
          </DialogContent>
        )}
      </Dialog>
    </>
  );
}

async function keep({ state, intentId }: Outcome): Promise<void> {
  if (state === "processing") return;
  const answer = await orRefused(keepCardAction({ setupIntentId: intentId }));
  if (!answer.ok) toast.loss("Not saved", { body: answer.error.message });
}
