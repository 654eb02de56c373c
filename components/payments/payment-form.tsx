"use client";

import type { ReactNode } from "react";
import type { StripeInBrowser } from "@/lib/stripe/schema";
import { paid } from "./notices";
import type { Outcome } from "./outcome";
import { StripeProvider } from "./stripe-fields";
import { Till } from "./till";

type PaymentFormProps = {
  stripe: StripeInBrowser;
  /** Of the payment intent that the server made. */
  clientSecret: string;
  /** As it is shown: "$24.99". */
  amount: string;
  /** Where a bank that asks on a page of its own sends the payer back to. */
  returnUrl: string;
  /** Called once the money came or is on its way; the server must still see for itself. */
  onDone: (outcome: Outcome) => void | Promise<void>;
  aside?: ReactNode;
};

/** Takes a payment in the page: card or bank debit, with the bank's question where there is one. */
export function PaymentForm({ stripe, clientSecret, amount, returnUrl, onDone, aside }: PaymentFormProps) {
  return (
    <StripeProvider stripe={stripe} clientSecret={clientSecret}>
      <Till
        purpose="pay"
        action={`Pay ${amount}`}
        pending="Paying"
        aside={aside}
        confirm={(stripe, elements) =>
          stripe.confirmPayment({ elements, confirmParams: { return_url: returnUrl }, redirect: "if_required" })
        }
        onDone={onDone}
        endings={paid(amount)}
      />
    </StripeProvider>
  );
}
