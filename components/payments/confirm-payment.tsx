"use client";

import { type ReactNode, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { cents, formatMoney } from "@/lib/money";
import type { StripeInBrowser } from "@/lib/stripe/schema";
import { BankQuestion } from "./bank-question";
import type { Outcome } from "./outcome";
import { PaymentForm } from "./payment-form";
import { openStripe } from "./stripe-js";

type ConfirmPaymentProps = {
  stripe: StripeInBrowser;
  /** Of a payment that Stripe made for an invoice. */
  clientSecret: string;
  returnUrl: string;
  onDone: (outcome: Outcome) => void | Promise<void>;
  aside?: ReactNode;
};

type Known = { amount: string; asksTheBank: boolean };
type State = Known | "looking" | "unknown";

/** Takes a payment as it stands at Stripe: the bank's question where a card was charged already, or a form. */
export function ConfirmPayment({ stripe, clientSecret, ...rest }: ConfirmPaymentProps) {
  const [otherCard, setOtherCard] = useState(false);
  const state = useIntent(stripe, clientSecret);
  if (state === "looking") return <Skeleton className="w-40" />;
  if (state === "unknown")
    return (
      <Notice tone="loss" title="The payment could not be looked up." urgent>
        Nothing was charged. Close this and try again.
      </Notice>
    );
  if (!state.asksTheBank || otherCard)
    return <PaymentForm stripe={stripe} clientSecret={clientSecret} amount={state.amount} {...rest} />;
  return (
    <div className="grid justify-items-start gap-4">
      <BankQuestion stripe={stripe} clientSecret={clientSecret} amount={state.amount} onDone={rest.onDone} />
      <Button variant="quiet" size="small" onClick={() => setOtherCard(true)}>
        Pay with another card
      </Button>
    </div>
  );
}

function useIntent(stripe: StripeInBrowser, clientSecret: string): State {
  const [state, setState] = useState<State>("looking");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the Stripe of a page does not change.
  useEffect(() => {
    let isHere = true;
    const look = async (): Promise<State> => {
      const { paymentIntent } = await (await openStripe(stripe)).retrievePaymentIntent(clientSecret);
      if (!paymentIntent) return "unknown";
      const amount = formatMoney(cents(paymentIntent.amount));
      return { amount, asksTheBank: paymentIntent.status === "requires_action" };
    };
    look()
      .then((known) => isHere && setState(known))
      .catch(() => isHere && setState("unknown"));
    return () => {
      isHere = false;
    };
  }, [clientSecret]);
  return state;
}
