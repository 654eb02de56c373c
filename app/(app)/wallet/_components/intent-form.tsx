"use client";

import { BankQuestion } from "@/components/payments/bank-question";
import type { Outcome } from "@/components/payments/outcome";
import { PaymentForm } from "@/components/payments/payment-form";
import { toast } from "@/components/ui/toast";
import type { Id } from "@/lib/ids";
import type { StripeInBrowser } from "@/lib/stripe/schema";
import { confirmPaymentAction } from "../actions";
import { orRefused } from "./or-refused";

export type Begun = { paymentId: Id<"payment">; clientSecret: string; status: string; amount: string };

type IntentFormProps = { stripe: StripeInBrowser; begun: Begun; onPaid: () => void };

/** Takes a payment that was begun: by the bank's question where a card is chosen already, by a form otherwise. */
export function IntentForm({ stripe, begun: { paymentId, clientSecret, status, amount }, onPaid }: IntentFormProps) {
  const done = async ({ state }: Outcome) => {
    onPaid();
    const answer = await orRefused(confirmPaymentAction({ paymentId }));
    if (answer.ok || state === "processing") return;
    toast.plain(`${amount} is paid`, { body: "It shows here as soon as it is booked." });
  };
  if (status === "requires_action")
    return <BankQuestion stripe={stripe} clientSecret={clientSecret} amount={amount} onDone={done} />;
  return (
    <PaymentForm
      stripe={stripe}
      clientSecret={clientSecret}
      amount={amount}
      returnUrl={`${window.location.origin}/wallet?paid=${paymentId}`}
      onDone={done}
      aside="Declined means not charged."
    />
  );
}
